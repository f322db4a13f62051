import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main

LEGACY = Path(__file__).resolve().parent / "seed" / "warehouse" / "legacy_api.py"
PROBE = """
import inspect
from warehouse.legacy_api import handle, handle_many
from warehouse.mail import order_mail
from warehouse.orders import cancel_order, place_order
from warehouse.stock import Stock

def fresh():
    return Stock({"A1": 5, "B2": 1, "C3": 0})

def placed(*lines):
    stock = fresh()
    refused = place_order(stock, list(lines))
    return [refused, [stock.available(sku) for sku in ("A1", "B2", "C3", "Z9")]]

tills = fresh()
cancelled = fresh()
place_order(cancelled, [("A1", 4)])
cancel_order(cancelled, [("A1", 4)])
kept = fresh()
place_order(kept, [("A1", 4)])
parameters = [
    [p.name, None if p.default is p.empty else p.default, p.kind.name]
    for p in inspect.signature(Stock.reserve).parameters.values()
]
requests = ("RESERVE A1 3", "RESERVE A1 3", "RESERVE Z9 1", "RELEASE A1 3", "RESERVE B2 0", "COUNT A1 1")
reservations = (("A1",), ("A1", 5), ("A1", 6), ("Z9", 1), ("A1", 0), ("C3",))
result = {
    "orders": [placed(*lines) for lines in %r],
    "after another order": [place_order(kept, [("A1", 2), ("Z9", 0)]), kept.available("A1")],
    "mails": [order_mail(fresh(), lines) for lines in %r],
    "parameters of reserve": parameters,
    "reserve": [fresh().reserve(*one) for one in reservations],
    "the tills": [handle(tills, line) for line in requests],
    "a till's basket": handle_many(fresh(), ["A1 2", "Z9 1", "A1 4", "B2 1"]),
    "cancelled": cancelled.available("A1"),
}
"""
TOO_MANY = "not enough, {} left"
UNKNOWN = "unknown sku"
NO_QUANTITY = "quantity must be at least 1"


def line(sku: str, quantity: int, reason: str) -> dict[str, object]:
    return {"sku": sku, "quantity": quantity, "reason": reason}


ORDERS = {
    (("A1", 2), ("B2", 1)): [[], [3, 0, 0, 0]],
    (("A1", 2), ("B2", 3)): [[line("B2", 3, TOO_MANY.format(1))], [5, 1, 0, 0]],
    (("Z9", 1), ("A1", 5), ("C3", 1)): [
        [line("Z9", 1, UNKNOWN), line("C3", 1, TOO_MANY.format(0))],
        [5, 1, 0, 0],
    ],
    (("A1", 3), ("A1", 3)): [[line("A1", 3, TOO_MANY.format(2))], [5, 1, 0, 0]],
    (("A1", 0), ("B2", -1)): [[line("A1", 0, NO_QUANTITY), line("B2", -1, NO_QUANTITY)], [5, 1, 0, 0]],
    (("Z9", 0),): [[line("Z9", 0, UNKNOWN)], [5, 1, 0, 0]],
    (): [[], [5, 1, 0, 0]],
}
MAILS = {
    (("A1", 1),): "Thank you for your order.",
    (("A1", 6), ("B2", 1), ("Z9", 2)): "We are sorry: A1 (not enough, 5 left), Z9 (unknown sku).",
}
WANTED = {
    "orders": list(ORDERS.values()),
    "after another order": [[line("A1", 2, TOO_MANY.format(1)), line("Z9", 0, UNKNOWN)], 1],
    "mails": list(MAILS.values()),
    "parameters of reserve": [
        ["self", None, "POSITIONAL_OR_KEYWORD"],
        ["sku", None, "POSITIONAL_OR_KEYWORD"],
        ["quantity", 1, "POSITIONAL_OR_KEYWORD"],
    ],
    "reserve": [True, True, False, False, False, False],
    "the tills": ["OK", "NO", "NO", "OK", "NO", "WHAT"],
    "a till's basket": "1001",
    "cancelled": 5,
}


def verify(workspace: Path) -> None:
    legacy = workspace / "warehouse" / "legacy_api.py"
    if not legacy.is_file() or legacy.read_bytes() != LEGACY.read_bytes():
        fail("warehouse/legacy_api.py was to stay as it is")
    found = evaluate_python(workspace, PROBE % (list(ORDERS), list(MAILS)))
    for name, wanted in WANTED.items():
        expect(name, found[name], wanted)


if __name__ == "__main__":
    main(verify)
