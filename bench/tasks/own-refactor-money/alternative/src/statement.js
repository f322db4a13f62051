// Account statements for the accountant, who wants negative amounts in parentheses.

import { formatAccounting } from "./money.js";

export function statement(account) {
  let balance = account.openingCents;
  const rows = [`Opening balance  ${formatAccounting(balance, account.currency)}`];
  for (const booking of account.bookings) {
    balance += booking.cents;
    rows.push(`${booking.date}  ${booking.text}  ${formatAccounting(booking.cents, account.currency)}`);
  }
  rows.push(`Closing balance  ${formatAccounting(balance, account.currency)}`);
  return rows.join("\n");
}
