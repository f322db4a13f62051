"""How customers pay."""

from depot import ledger


def fee(amount):
    """What the card company keeps."""
    return round(amount * 0.015)


def settle(order, amount):
    """Takes the payment of an order."""
    kept = fee(amount)
    post(order, amount - kept)
    return kept


def post(order, amount):
    """Books what is left of a payment."""
    ledger.record("sale", amount, order["item"])
