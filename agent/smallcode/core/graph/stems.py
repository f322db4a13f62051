"""Words of names and of prose, in the form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_RUN = re.compile(r"[^\W\d_]+|\d+")
_HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_NAME = re.compile(r"[^\W\d$][\w$]*(?:(?:\.|::|#|->)[^\W\d$][\w$]*)*")
_CODE = re.compile(r"`([^`\n]+)`|([\w.$:]+)\(")
_PATH = re.compile(r"[\w@+-][\w.@+-]*(?:/[\w.@+-]+)+|[\w@+-][\w@+-]*\.[a-z]{1,4}\b")

# Words of questions that say nothing of what is looked for; others that are frequent weigh little anyway.
_EMPTY = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "class", "code", "do", "does", "file",
    "find", "for", "from", "function", "get", "given", "has", "have", "how", "i", "if", "in", "is", "it",
    "its", "me", "method", "of", "on", "or", "show", "that", "the", "their", "there", "this", "to", "use",
    "used", "uses", "using", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with",
))  # fmt: skip

# Longer words are data, not language.
LONGEST_WORD = 40
SHORTEST_STEM = 3

_VOWEL = re.compile(r"[aeiouy]")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in camel or snake case, or of a text, in small letters and reduced to their stems:
    ``HTTPServerError`` gives http, server, error."""
    return tuple([word for run in _RUN.findall(name) for word in _stems(run)])


def query_words(query: str) -> tuple[str, ...]:
    """Each word of a question once, without those that say nothing; all of them where no other is left."""
    plain = [word for run in _RUN.findall(query) for word in _plain(run)]
    telling = [word for word in plain if word not in _EMPTY and stem(word) not in _EMPTY_STEMS] or plain
    return tuple(dict.fromkeys(stem(word) for word in telling))


def query_names(query: str) -> tuple[str, ...]:
    """What may be names of code in a question, as they are written, dotted ones whole."""
    return tuple(dict.fromkeys(_NAME.findall(query)))


def marked_names(query: str) -> frozenset[str]:
    """Those that the question shows to be code: called, or in backticks."""
    marked = (quoted or called for quoted, called in _CODE.findall(query))
    return frozenset(name for text in marked for name in _NAME.findall(text))


@lru_cache(maxsize=1 << 13)
def _stems(run: str) -> tuple[str, ...]:
    return tuple([stem(word) for word in _plain(run)])


def _plain(run: str) -> list[str]:
    """In small letters. Humps are for names in ASCII; other runs of letters are one word."""
    found = _HUMP.findall(run) if run.isascii() and run.isalpha() else [run]
    return [word.casefold() for word in found if len(word) <= LONGEST_WORD]


def query_paths(query: str) -> tuple[str, ...]:
    """What may be names of files in a question."""
    return tuple(dict.fromkeys(match.removeprefix("./") for match in _PATH.findall(query)))


def folded(name: str) -> str:
    """The form in which names are the same that differ by case and underscores alone."""
    return name.replace("_", "").replace("$", "").casefold() or name


def stem(word: str) -> str:
    """Step 1 of Porter's algorithm (1980) without its repairs: plurals, -ed, -ing and a final -y, and an -e
    at the end, so that parse, parses, parsed and parsing are one word, as carry and carried are."""
    for ending, instead in _endings(word):
        left = word.removesuffix(ending)
        if len(left) >= SHORTEST_STEM and _VOWEL.search(left):
            word = left + instead
            break
    if len(word) > SHORTEST_STEM and word.endswith("y") and not _VOWEL.match(word[-2]):
        return f"{word[:-1]}i"
    return word[:-1] if len(word) > SHORTEST_STEM and word.endswith("e") else word


def _endings(word: str) -> Iterator[tuple[str, str]]:
    """Endings, the longest first, and what stands instead of each."""
    if word.endswith(("ies", "ied")):
        yield word[-3:], "i"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith(("sses", "ches", "shes", "xes")):
            yield "es", ""
        yield "s", ""
    if word.endswith("ing"):
        yield "ing", ""
    if word.endswith("ed") and not word.endswith("eed"):
        yield "ed", ""


_EMPTY_STEMS = frozenset(stem(word) for word in _EMPTY)
