"""The function has its new name everywhere; what others read has its old one."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_node, expect, main

PROBE = """
const pricing = await load("src/pricing.js");
const { quote } = await load("src/api.js");
const { receipt } = await load("src/receipt.js");
const { meanDays } = await load("src/stats.js");
const day = 86_400_000;
const week = { bike: "Tandem", from: 0, to: 9 * day, extras: ["helmet", "lock"] };
return {
  names: Object.keys(pricing).sort(),
  prices: [1, 3, 4, 6, 7, 8].map((days) => pricing.rentalPrice({ from: 0, to: days * day })),
  receipt: receipt(week).split("\\n"),
  quote: quote("/quote?from=2024-05-03&to=2024-05-05&extra=helmet"),
  refused: quote("/quote?from=2024-05-03&to=2024-05-03"),
  mean: meanDays([week, { from: 0, to: day }]),
};
"""

WANTED = {
    "names": ["DAY", "LATER_DAY", "WEEK_CAP", "calcTotDays", "rentalPrice"],
    "prices": [1400, 4200, 5100, 6900, 7000, 8400],
    "receipt": ["Tandem, 9 days", "+ helmet", "+ lock", "Total 116.00 EUR", "of which tax 18.52 EUR"],
    "quote": {"status": 200, "body": {"calcTot": 3200, "currency": "EUR"}},
    "refused": {"status": 422, "body": {"error": "a rental lasts at least a day"}},
    "mean": 5,
}


def verify(workspace: Path) -> None:
    found = evaluate_node(workspace, PROBE)
    for case, wanted in WANTED.items():
        expect(case, found.get(case), wanted)


if __name__ == "__main__":
    main(verify)
