"""Texts of the search: what people type, and the words of the index."""

import re


def normalize(text):
    """One blank between words, none around them, all in lower case."""
    return re.sub(r"\s+", " ", text).strip().casefold().translate(str.maketrans("éèêáàâíóúñ", "eeeaaaioun"))


def words(text):
    """The words of a text for the index, normalized: ["café", "au", "lait"]."""
    return re.findall(r"\w+", normalize(text))


def highlight(text, query):
    """`text` with * around every word that `query` has too; the text itself stays as it is written."""
    wanted = set(words(query))
    return re.sub(r"\w+", lambda match: f"*{match[0]}*" if set(words(match[0])) & wanted else match[0], text)
