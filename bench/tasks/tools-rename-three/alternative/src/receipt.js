import { rentalPrice, calcTotDays } from "./pricing.js";

const euros = (cents) => `${(cents / 100).toFixed(2)} EUR`;

/** The receipt that the shop prints. */
export function receipt(rental) {
  const days = calcTotDays(rental.from, rental.to);
  const rows = [`${rental.bike}, ${days} ${days === 1 ? "day" : "days"}`];
  for (const extra of rental.extras ?? []) rows.push(`+ ${extra}`);
  const price = rentalPrice(rental);
  rows.push(`Total ${euros(price)}`);
  rows.push(`of which tax ${euros(Math.round((price * 19) / 119))}`);
  return rows.join("\n");
}
