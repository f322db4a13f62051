"use strict";

const { slugify } = require("./slug.js");
const { articleUrl } = require("./urls.js");

module.exports = { slugify, articleUrl };
