"""What lies on the shelves."""

LEVELS = {"mug": 12, "poster": 40, "score": 3}


class OutOfStock(Exception):
    pass


def reserve(item, count):
    """Sets some of an item aside."""
    if LEVELS.get(item, 0) < count:
        raise OutOfStock(item)
    LEVELS[item] -= count
    return {"item": item, "count": count}


def release(item, count):
    """Puts them back."""
    LEVELS[item] = LEVELS.get(item, 0) + count
