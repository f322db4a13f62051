export { invoice } from "./invoice.js";
export { receipt } from "./receipt.js";
export { statement } from "./statement.js";
