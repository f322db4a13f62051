import assert from "node:assert";
import { test } from "node:test";
import { quote } from "../src/api.js";

test("two days with a helmet", () => {
  const { status, body } = quote("/quote?from=2024-05-03&to=2024-05-05&extra=helmet");
  assert.strictEqual(status, 200);
  assert.deepStrictEqual(body, { calcTot: 3200, currency: "EUR" });
});
