"""What the old tills call. They are not updated any more: this file stays as it is.

Every request is a line such as "RESERVE A1 3" or "RELEASE A1 3" and gets one line back.
"""


def handle(stock, line):
    verb, sku, quantity = line.split()
    if verb == "RESERVE":
        return "OK" if stock.reserve(sku, int(quantity)) else "NO"
    if verb == "RELEASE":
        stock.release(sku, int(quantity))
        return "OK"
    return "WHAT"


def handle_many(stock, lines):
    """One answer for a whole basket: a digit for each line, 1 for what was reserved."""
    return "".join(f"{stock.reserve(*_pair(line)):d}" for line in lines)


def _pair(line):
    sku, quantity = line.split()
    return sku, int(quantity)
