// Amounts of money as text.

const SYMBOLS = { EUR: "€", USD: "$", GBP: "£", JPY: "¥" };

/**
 * An amount in hundredths as text: formatMoney(123456, "EUR") is "€1,234.56". A negative amount has a minus sign in
 * front, or stands in parentheses if `negative` is "parentheses". Yen have no decimals.
 */
export function formatMoney(cents, currency, { negative = "minus" } = {}) {
  const digits = currency === "JPY" ? 0 : 2;
  const symbol = SYMBOLS[currency] ?? `${currency} `;
  const [whole, rest] = (Math.abs(cents) / 100).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const amount = symbol + (rest ? `${grouped}.${rest}` : grouped);
  if (cents >= 0) return amount;
  return negative === "parentheses" ? `(${amount})` : `-${amount}`;
}
