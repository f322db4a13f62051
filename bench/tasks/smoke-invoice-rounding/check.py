"""Amounts are rounded half away from zero; everything else is as it was."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main

PROBE = """
from billing.invoice import Invoice
from billing.report import render

def totals(*lines):
    invoice = Invoice("1", "Ada")
    for line in lines:
        invoice.add("x", *line)
    return [str(invoice.net()), str(invoice.tax()), str(invoice.gross())]

invoice = Invoice("7", "Ada")
invoice.add("Hose", "1.5", "0.37")
result = {
    "half up": totals(("1", "0.125")),
    "half up, even cent": totals(("1", "0.135"), ("1", "0.145")),
    "below half": totals(("1", "0.1249")),
    "above half": totals(("1", "0.126")),
    "credit note": totals(("-1", "0.125")),
    "discount": totals(("3", "9.99", "15")),
    "each line": totals(*[("1", "0.005")] * 3),
    "text": [row.split()[-1] for row in render(invoice).splitlines() if row][1:],
}
"""

WANTED = {
    "half up": ["0.13", "0.02", "0.15"],
    "half up, even cent": ["0.29", "0.06", "0.35"],
    "below half": ["0.12", "0.02", "0.14"],
    "above half": ["0.13", "0.02", "0.15"],
    "credit note": ["-0.13", "-0.02", "-0.15"],
    "discount": ["25.47", "4.84", "30.31"],
    "each line": ["0.03", "0.01", "0.04"],
    "text": ["0.56", "0.56", "0.11", "0.67"],
}


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE)
    for case, wanted in WANTED.items():
        expect(case, found.get(case), wanted)


if __name__ == "__main__":
    main(verify)
