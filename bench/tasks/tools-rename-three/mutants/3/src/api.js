import * as pricing from "./pricing.js";

/**
 * Answers `GET /quote?from=2024-05-03&to=2024-05-05&extra=helmet`.
 *
 * The till and two partner shops read the field `calcTot`.
 */
export function quote(url) {
  const query = new URL(url, "http://localhost").searchParams;
  const rental = {
    from: Date.parse(query.get("from")),
    to: Date.parse(query.get("to")),
    extras: query.getAll("extra"),
  };
  try {
    return { status: 200, body: { calcTot: pricing.rentalPrice(rental), currency: "EUR" } };
  } catch (error) {
    return { status: 422, body: { error: error.message } };
  }
}
