// Invoices as plain text, for the mail to the customer.

function money(cents, currency) {
  const digits = currency === "JPY" ? 0 : 2;
  const symbol = { EUR: "€", USD: "$", GBP: "£", JPY: "¥" }[currency] ?? `${currency} `;
  const [whole, rest] = (Math.abs(cents) / 100).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const amount = symbol + (rest ? `${grouped}.${rest}` : grouped);
  return cents < 0 ? `-${amount}` : amount;
}

export function invoice(order) {
  const lines = [`Invoice ${order.number} for ${order.customer}`, ""];
  let total = 0;
  for (const item of order.items) {
    const sum = item.cents * item.count;
    total += sum;
    lines.push(`${item.count} x ${item.name}: ${money(sum, order.currency)}`);
  }
  if (order.discountCents) {
    total -= order.discountCents;
    lines.push(`Discount: ${money(-order.discountCents, order.currency)}`);
  }
  lines.push("", `Total: ${money(total, order.currency)}`);
  return lines.join("\n");
}
