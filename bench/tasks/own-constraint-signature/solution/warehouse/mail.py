"""The mail to a customer whose order was refused."""

from warehouse.orders import place_order


def order_mail(stock, lines):
    """Place an order; the text of the mail about it."""
    refused = place_order(stock, lines)
    if not refused:
        return "Thank you for your order."
    return "We are sorry: " + ", ".join(f"{line['sku']} ({line['reason']})" for line in refused) + "."
