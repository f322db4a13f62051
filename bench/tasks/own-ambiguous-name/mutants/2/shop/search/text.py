"""Texts of the search: what people type, and the words of the index."""

import re
import unicodedata


def normalize(text):
    """One blank between words, none around them, all in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", plain).strip()


def words(text):
    """The words of a text for the index, normalized: ["café", "au", "lait"]."""
    return re.findall(r"\w+", normalize(text))


def highlight(text, query):
    """`text` with * around every word that `query` has too; the text itself stays as it is written."""
    wanted = set(words(query))
    return re.sub(r"\w+", lambda match: f"*{match[0]}*" if set(words(match[0])) & wanted else match[0], text)
