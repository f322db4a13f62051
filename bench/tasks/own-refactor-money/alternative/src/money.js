const symbols = new Map([["EUR", "€"], ["USD", "$"], ["GBP", "£"], ["JPY", "¥"]]);

function unsigned(cents, currency) {
  const decimals = currency === "JPY" ? 0 : 2;
  const text = (Math.abs(cents) / 100).toFixed(decimals).replace(/\d(?=(\d{3})+(\.|$))/g, "$&,");
  return (symbols.get(currency) || currency + " ") + text;
}

export const formatMoney = (cents, currency) => (cents < 0 ? "-" : "") + unsigned(cents, currency);

export const formatAccounting = (cents, currency) =>
  cents < 0 ? "(" + unsigned(cents, currency) + ")" : formatMoney(cents, currency);
