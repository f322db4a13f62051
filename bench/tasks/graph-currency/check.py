"""Every caller passes its own currency."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main

PROBE = """
import inspect
from depot import kiosk, ledger, orders, preorder, pricing, returns, stock
stock.LEVELS.update(mug=100, poster=100, score=100)
try:
    pricing.quote("mug", 2)
    required = False
except TypeError:
    required = True
result = {
    "required": required,
    "name": list(inspect.signature(pricing.quote).parameters)[2:],
    "euro": pricing.quote("mug", 2, "EUR"),
    "francs": pricing.quote("poster", 10, "CHF"),
    "till": kiosk.checkout([("mug", 1), ("poster", 2)]),
    "order": orders.place_order("mug", 2)["amount"],
    "deposit": preorder.set_aside("score", 1)["deposit"],
    "refund": [returns.refund("mug", 1, "CHF"), returns.refund("mug", 1, "EUR")],
    "balance": ledger.balance(),
}
"""
WANTED = {
    "required": True,
    "name": ["currency"],
    "euro": 1800,
    "francs": 12825,
    "till": 3705,
    "order": 1800,
    "deposit": 1995,
    "refund": [855, 900],
    "balance": 18,
}


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE)
    if not isinstance(found, dict):
        fail("the modules give no result")
    for name, wanted in WANTED.items():
        expect(name, found[name], wanted)


if __name__ == "__main__":
    main(verify)
