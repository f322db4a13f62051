// Receipts for the till's printer, 32 characters wide.

import { formatMoney } from "./money.js";

const WIDTH = 32;

function row(left, right) {
  return left.slice(0, WIDTH - right.length - 1).padEnd(WIDTH - right.length) + right;
}

export function receipt(sale) {
  const total = sale.items.reduce((sum, item) => sum + item.cents, 0);
  return [
    ...sale.items.map((item) => row(item.name, formatMoney(item.cents, sale.currency))),
    "-".repeat(WIDTH),
    row("TOTAL", formatMoney(total, sale.currency)),
    row("CHANGE", formatMoney(sale.paidCents - total, sale.currency)),
  ].join("\n");
}
