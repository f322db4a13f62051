"""Orders from the web shop: all lines are reserved, or none."""


def place_order(stock, lines):
    """Reserve every (sku, quantity) of `lines`.

    Returns the lines that could not be reserved, as a list of {"sku", "quantity", "reason"}; it is empty if the order
    stands. If a line is refused, nothing of the order stays reserved.
    """
    refused, reserved = [], []
    for sku, quantity in lines:
        reason = stock.refusal(sku, quantity)
        if stock.reserve(sku, quantity):
            reserved.append((sku, quantity))
        else:
            refused.append({"sku": sku, "quantity": quantity, "reason": reason})
    if refused:
        for sku, quantity in reserved:
            stock.release(sku, quantity)
    return refused


def cancel_order(stock, lines):
    for sku, quantity in lines:
        stock.release(sku, quantity)
