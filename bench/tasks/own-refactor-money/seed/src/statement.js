// Account statements for the accountant, who wants negative amounts in parentheses.

function formatAmount(cents, currency) {
  const digits = currency === "JPY" ? 0 : 2;
  const symbol = { EUR: "€", USD: "$", GBP: "£", JPY: "¥" }[currency] ?? `${currency} `;
  const [whole, rest] = (Math.abs(cents) / 100).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const amount = symbol + (rest ? `${grouped}.${rest}` : grouped);
  return cents < 0 ? `(${amount})` : amount;
}

export function statement(account) {
  let balance = account.openingCents;
  const rows = [`Opening balance  ${formatAmount(balance, account.currency)}`];
  for (const booking of account.bookings) {
    balance += booking.cents;
    rows.push(`${booking.date}  ${booking.text}  ${formatAmount(booking.cents, account.currency)}`);
  }
  rows.push(`Closing balance  ${formatAmount(balance, account.currency)}`);
  return rows.join("\n");
}
