"use strict";

const LETTERS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", å: "aa" };

/**
 * The words of a headline in lower case, joined by hyphens, with ASCII letters and digits only.
 *
 * @param {string} title
 * @param {number} [maxLength] the longest slug wanted; the last words are left out until it fits
 * @returns {string}
 */
function slugify(title, maxLength) {
  const plain = title
    .toLowerCase()
    .replace(/[äöüßæøå]/g, (letter) => LETTERS[letter])
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  const words = plain.match(/[a-z0-9]+/g) || [];
  if (maxLength === undefined) return words.join("-");
  while (words.length > 1 && words.join("-").length > maxLength) words.pop();
  return words.join("-").substring(0, maxLength);
}

module.exports = { slugify };
