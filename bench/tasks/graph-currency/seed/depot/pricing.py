"""What things cost, in cents."""

BASE = {"mug": 900, "poster": 1500, "score": 4200}
RATES = {"EUR": 1.0, "CHF": 0.95}


def bulk_share(count):
    """From ten pieces on a tenth is taken off."""
    return 0.9 if count >= 10 else 1.0


def quote(item, count):
    """The price of some pieces of an item, in euro cents."""
    return round(BASE[item] * count * bulk_share(count))
