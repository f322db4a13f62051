// Account statements for the accountant, who wants negative amounts in parentheses.

import { formatMoney } from "./money.js";

export function statement(account) {
  let balance = account.openingCents;
  const rows = [`Opening balance  ${formatMoney(balance, account.currency, { negative: "parentheses" })}`];
  for (const booking of account.bookings) {
    balance += booking.cents;
    rows.push(`${booking.date}  ${booking.text}  ${formatMoney(booking.cents, account.currency, { negative: "parentheses" })}`);
  }
  rows.push(`Closing balance  ${formatMoney(balance, account.currency, { negative: "parentheses" })}`);
  return rows.join("\n");
}
