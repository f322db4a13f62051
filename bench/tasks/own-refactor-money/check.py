import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_node, expect, fail, main

RENDERERS = ("invoice", "receipt", "statement")

# What the three modules printed before, for amounts of every kind.
INPUTS = """
const orders = [
  { number: 1, customer: "Bo", currency: "EUR", discountCents: 700,
    items: [{ name: "Pen", cents: 199, count: 3 }] },
  { number: 2, customer: "Cy", currency: "JPY", items: [{ name: "Bed", cents: 123456789, count: 1 }] },
  { number: 3, customer: "Di", currency: "CHF", discountCents: 1, items: [] },
];
const sales = [
  { currency: "USD", paidCents: 100000000,
    items: [{ name: "Tea", cents: 350 }, { name: "Bottle", cents: -25 }] },
  { currency: "JPY", paidCents: 50000,
    items: [{ name: "A very long name of a thing to sell", cents: 123400 }] },
  { currency: "SEK", paidCents: 0, items: [] },
];
const accounts = [
  { currency: "GBP", openingCents: -5, bookings: [{ date: "d1", text: "Rent", cents: -123456 }] },
  { currency: "JPY", openingCents: 100000, bookings: [{ date: "d2", text: "Ink", cents: -250000 }] },
  { currency: "NOK", openingCents: 0, bookings: [{ date: "d3", text: "Tip", cents: 99999999 }] },
];
const modules = {
  invoice: [(await load("src/invoice.js")).invoice, orders],
  receipt: [(await load("src/receipt.js")).receipt, sales],
  statement: [(await load("src/statement.js")).statement, accounts],
};
"""
TEXTS = (
    INPUTS
    + """
return Object.fromEntries(Object.entries(modules).map(([name, [render, all]]) => [name, all.map(render)]));
"""
)
# Every function of src/money.js counts its calls, then each text is rendered again.
WRAP = """
const fs = require("node:fs");
const names = Object.entries(await load("src/money.js"));
fs.renameSync("src/money.js", "src/money.original.js");
const wrapped = names.map(([name, value]) => name === "default" || typeof value !== "function" ? "" :
  `export const ${name} = (...all) => { globalThis.calls += 1; return original.${name}(...all); };`);
fs.writeFileSync("src/money.js", [
  'import * as original from "./money.original.js";',
  'export * from "./money.original.js";',
  names.some(([name]) => name === "default") ?
    `export default typeof original.default !== "function" ? original.default :
      (...all) => { globalThis.calls += 1; return original.default(...all); };` : "",
  ...wrapped,
].join("\\n"));
return typeof Object.fromEntries(names).formatMoney;
"""
COUNTS = (
    INPUTS
    + """
const counts = {};
for (const [name, [render, all]] of Object.entries(modules)) {
  globalThis.calls = 0;
  all.forEach((one) => render(one));
  counts[name] = globalThis.calls;
}
return counts;
"""
)
DIRECT = """
const { formatMoney } = await load("src/money.js");
const amounts = [[123456, "EUR"], [-123456, "EUR"], [5, "USD"], [100, "JPY"], [-100000, "CHF"]];
return amounts.map((one) => formatMoney(...one));
"""
LINE = "-" * 32
WANTED = {
    "invoice": [
        "Invoice 1 for Bo\n\n3 x Pen: €5.97\nDiscount: -€7.00\n\nTotal: -€1.03",
        "Invoice 2 for Cy\n\n1 x Bed: ¥1,234,568\n\nTotal: ¥1,234,568",
        "Invoice 3 for Di\n\nDiscount: -CHF 0.01\n\nTotal: -CHF 0.01",
    ],
    "receipt": [
        "\n".join(
            [
                f"{'Tea':<27}$3.50",
                f"{'Bottle':<26}-$0.25",
                LINE,
                f"{'TOTAL':<27}$3.25",
                f"{'CHANGE':<21}$999,996.75",
            ]
        ),
        "\n".join(
            [
                "A very long name of a thi ¥1,234",
                LINE,
                f"{'TOTAL':<26}¥1,234",
                f"{'CHANGE':<27}-¥734",
            ]
        ),
        "\n".join([LINE, f"{'TOTAL':<24}SEK 0.00", f"{'CHANGE':<24}SEK 0.00"]),
    ],
    "statement": [
        "Opening balance  (£0.05)\nd1  Rent  (£1,234.56)\nClosing balance  (£1,234.61)",
        "Opening balance  ¥1,000\nd2  Ink  (¥2,500)\nClosing balance  (¥1,500)",
        "Opening balance  NOK 0.00\nd3  Tip  NOK 999,999.99\nClosing balance  NOK 999,999.99",
    ],
}
# One call for each amount that is printed.
AMOUNTS = {"invoice": 7, "receipt": 9, "statement": 9}


def verify(workspace: Path) -> None:
    texts = evaluate_node(workspace, TEXTS)
    for name in RENDERERS:
        expect(f"what src/{name}.js prints", texts[name], WANTED[name])
    expect("formatMoney of src/money.js", evaluate_node(workspace, WRAP), "function")
    expect(
        "formatMoney",
        evaluate_node(workspace, DIRECT),
        ["€1,234.56", "-€1,234.56", "$0.05", "¥1", "-CHF 1,000.00"],
    )
    counts = evaluate_node(workspace, COUNTS)
    for name in RENDERERS:
        if counts[name] < AMOUNTS[name]:
            fail(f"src/{name}.js prints {AMOUNTS[name]} amounts and calls src/money.js {counts[name]} times")


if __name__ == "__main__":
    main(verify)
