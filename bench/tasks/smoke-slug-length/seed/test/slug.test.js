"use strict";

const assert = require("node:assert");
const { test } = require("node:test");
const { articleUrl, slugify } = require("../src/index.js");

test("words are joined by hyphens", () => {
  assert.strictEqual(slugify("Rain, again!"), "rain-again");
});

test("umlauts and accents become ASCII", () => {
  assert.strictEqual(slugify("Größere Cafés"), "groessere-cafes");
});

test("the address holds the month and the number", () => {
  const date = new Date(Date.UTC(2024, 4, 3));
  assert.strictEqual(articleUrl({ id: 17, title: "Rain again", date }), "/2024/05/rain-again-17");
});
