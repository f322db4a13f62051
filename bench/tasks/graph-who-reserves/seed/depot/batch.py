"""What runs at night."""

from depot import ledger, stock

STANDING = (("mug", 2), ("poster", 1))


def nightly(day):
    """Reserves the standing orders."""
    done = []
    for item, count in STANDING:
        try:
            done.append(stock.reserve(item, count))
        except stock.OutOfStock:
            ledger.record("missed", 0, f"{day}: {item}")
    return done


def monthly():
    return ledger.balance()
