// Invoices as plain text, for the mail to the customer.

import { formatMoney } from "./money.js";

export function invoice(order) {
  const lines = [`Invoice ${order.number} for ${order.customer}`, ""];
  let total = 0;
  for (const item of order.items) {
    const sum = item.cents * item.count;
    total += sum;
    lines.push(`${item.count} x ${item.name}: ${formatMoney(sum, order.currency)}`);
  }
  if (order.discountCents) {
    total -= order.discountCents;
    lines.push(`Discount: ${formatMoney(-order.discountCents, order.currency)}`);
  }
  lines.push("", `Total: ${formatMoney(total, order.currency)}`);
  return lines.join("\n");
}
