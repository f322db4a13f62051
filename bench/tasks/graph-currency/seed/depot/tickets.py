"""Seats of the house."""

SOLD = set()


def reserve(seat):
    """One seat."""
    if seat in SOLD:
        return False
    SOLD.add(seat)
    return True


def sell_row(row, seats):
    """All seats of a row, as far as they are free."""
    return [seat for seat in seats if reserve((row, seat))]
