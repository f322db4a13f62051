"use strict";

const { slugify } = require("./slug.js");

/** The path of an article, for example /2024/05/rain-again-17. */
function articleUrl({ id, title, date }) {
  const month = String(date.getUTCMonth() + 1).padStart(2, "0");
  return `/${date.getUTCFullYear()}/${month}/${slugify(title)}-${id}`;
}

module.exports = { articleUrl };
