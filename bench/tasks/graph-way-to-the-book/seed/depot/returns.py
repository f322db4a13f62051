"""What comes back."""

from depot import ledger, pricing, stock


def refund(item, count, currency):
    """Takes items back and pays their price out, in the currency that they were bought in."""
    stock.release(item, count)
    amount = pricing.quote(item, count)
    ledger.record("refund", -amount, item)
    return amount
