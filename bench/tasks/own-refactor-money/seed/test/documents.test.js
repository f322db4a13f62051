import assert from "node:assert/strict";
import test from "node:test";

import { invoice, receipt, statement } from "../src/index.js";

test("an invoice adds up", () => {
  const text = invoice({
    number: 17,
    customer: "Ada",
    currency: "EUR",
    discountCents: 500,
    items: [{ name: "Desk", cents: 123450, count: 2 }],
  });
  assert.equal(text, "Invoice 17 for Ada\n\n2 x Desk: €2,469.00\nDiscount: -€5.00\n\nTotal: €2,464.00");
});

test("a statement ends with the closing balance", () => {
  const text = statement({
    currency: "GBP",
    openingCents: 10000,
    bookings: [{ date: "2026-03-01", text: "Sale", cents: 250 }],
  });
  assert.equal(text.split("\n").at(-1), "Closing balance  £102.50");
});

test("a receipt is 32 wide", () => {
  const text = receipt({ currency: "USD", paidCents: 1000, items: [{ name: "Tea", cents: 350 }] });
  assert.ok(text.split("\n").every((line) => line.length === 32));
});
