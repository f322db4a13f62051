import { rentalPriceDays as calcTotDays } from "./pricing.js";

/** The mean length of the rentals in days, 0 if there are none. */
export function meanDays(rentals) {
  if (rentals.length === 0) return 0;
  const total = rentals.reduce((sum, { from, to }) => sum + calcTotDays(from, to), 0);
  return total / rentals.length;
}
