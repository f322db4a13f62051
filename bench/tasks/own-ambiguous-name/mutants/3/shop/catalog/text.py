"""Texts of the catalogue: what is printed on labels and used as file names."""

import re


from shop.search.text import normalize


def title_case(text):
    """Each word with a capital: "crème brûlée" becomes "Crème Brûlée"."""
    return " ".join(word[:1].upper() + word[1:] for word in normalize(text).split(" "))


def file_name(text):
    """The name of an article's picture: "Crème Brûlée" becomes "crème-brûlée.jpg"."""
    return normalize(text).replace(" ", "-") + ".jpg"
