/** Prices in cents. A day costs less from the fourth on; a week is never dearer than its cap. */
export const DAY = 1400;
export const LATER_DAY = 900;
export const WEEK_CAP = 7000;

const EXTRAS = { helmet: 200, lock: 0, "child seat": 350, panniers: 300 };

/** The days of a rental; a day that has begun counts in full. */
export function calcTotDays(from, to) {
  const days = Math.ceil((to - from) / 86_400_000);
  if (!(days >= 1)) throw new RangeError("a rental lasts at least a day");
  return days;
}

/** The whole price of a rental, extras included. */
export function rentalPrice(rental) {
  const days = calcTotDays(rental.from, rental.to);
  const weeks = Math.floor(days / 7);
  const rest = days % 7;
  const restPrice = Math.min(WEEK_CAP, Math.min(rest, 3) * DAY + Math.max(0, rest - 3) * LATER_DAY);
  return weeks * WEEK_CAP + restPrice + extras(rental.extras ?? [], days);
}

function extras(names, days) {
  return names.reduce((sum, name) => {
    if (!(name in EXTRAS)) throw new Error(`no such extra: ${name}`);
    return sum + EXTRAS[name] * days;
  }, 0);
}
