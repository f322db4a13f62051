// Receipts for the till's printer, 32 characters wide.

import { formatMoney } from "./money.js";

const WIDTH = 32;
const SYMBOLS = { EUR: "€", USD: "$", GBP: "£", JPY: "¥" };

function price(cents, currency) {
  const digits = currency === "JPY" ? 0 : 2;
  const text = (Math.abs(cents) / 100).toFixed(digits);
  const dot = text.indexOf(".");
  let whole = dot < 0 ? text : text.slice(0, dot);
  let grouped = "";
  while (whole.length > 3) {
    grouped = "," + whole.slice(-3) + grouped;
    whole = whole.slice(0, -3);
  }
  const sign = cents < 0 ? "-" : "";
  return sign + (SYMBOLS[currency] ?? currency + " ") + whole + grouped + (dot < 0 ? "" : text.slice(dot));
}

function row(left, right) {
  return left.slice(0, WIDTH - right.length - 1).padEnd(WIDTH - right.length) + right;
}

export function receipt(sale) {
  const total = sale.items.reduce((sum, item) => sum + item.cents, 0);
  return [
    ...sale.items.map((item) => row(item.name, price(item.cents, sale.currency))),
    "-".repeat(WIDTH),
    row("TOTAL", formatMoney(total, sale.currency)),
    row("CHANGE", formatMoney(sale.paidCents - total, sale.currency)),
  ].join("\n");
}
