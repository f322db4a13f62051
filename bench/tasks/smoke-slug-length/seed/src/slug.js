"use strict";

const LETTERS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", å: "aa" };

/**
 * The words of a headline in lower case, joined by hyphens, with ASCII letters and digits only.
 *
 * @param {string} title
 * @returns {string}
 */
function slugify(title) {
  const plain = title
    .toLowerCase()
    .replace(/[äöüßæøå]/g, (letter) => LETTERS[letter])
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  const words = plain.match(/[a-z0-9]+/g) || [];
  return words.join("-");
}

module.exports = { slugify };
