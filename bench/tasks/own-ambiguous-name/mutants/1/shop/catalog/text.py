"""Texts of the catalogue: what is printed on labels and used as file names."""

import re
import unicodedata


def normalize(text):
    """One blank between words, none around them, all in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", plain).strip()


def title_case(text):
    """Each word with a capital: "crème brûlée" becomes "Crème Brûlée"."""
    return " ".join(word[:1].upper() + word[1:] for word in normalize(text).split(" "))


def file_name(text):
    """The name of an article's picture: "Crème Brûlée" becomes "crème-brûlée.jpg"."""
    return normalize(text).replace(" ", "-") + ".jpg"
