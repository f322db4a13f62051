"""Orders of the shop's page."""

from depot.payments import settle
from depot.pricing import quote
from depot.stock import reserve

HOME = "EUR"


def place_order(item, count):
    """Reserves, prices and settles."""
    order = reserve(item, count)
    amount = quote(item, count, HOME)
    order["fee"] = settle(order, amount)
    order["amount"] = amount
    return order


def describe(order):
    return f"{order['count']} x {order['item']}"
