"""Slips of the pen: words that differ by one letter from those that the table looks for."""

from __future__ import annotations

import re
from functools import cache

from .words import CHANGE, READ, RUN, SEARCH

_WORD = re.compile(r"\b[a-z]{2,16}\b")


def mended(text: str) -> str:
    """Prose whose words are spelled as the table spells them, where a slip of the pen is all that differs."""
    return _WORD.sub(_mended_word, text)


def _mended_word(found: re.Match[str]) -> str:
    """A word further on, as one that the table looks for, if it is that with a slip."""
    word = found.group()
    if (slip := _COMMON_SLIPS.get(word)) is not None:
        return slip
    words, near = _nouns()
    if word in words:
        return word
    if len(word) < 4:
        return word
    if len(word) < 6:
        meant = near.get(word, "")
        return meant if sorted(meant) == sorted(word) else word
    forms = (near.get(one) for one in (word, *_deletions(word)))
    return next((one for one in forms if one and one[0] == word[0] and one[-1] == word[-1]), word)


def mended_verb(word: str) -> str:
    """The word that begins an order, as the table spells it: without -ing and without a slip."""
    verbs, near = _spellings()
    word = _SLIPS.get(word, word)
    if word in verbs or word in _WORDS or len(word) < 3 or _derived(word, verbs):
        return word
    if word.endswith("ing") and (base := next((one for one in _without_ing(word) if one in verbs), "")):
        return base
    if len(word) < _SHORTEST_SLIP:
        return near.get(word, word) if sorted(near.get(word, "")) == sorted(word) else word
    found = (near.get(one) for one in (word, *_deletions(word)))
    meant = next((one for one in found if one and one[0] == word[0]), None)
    return meant or word


def _derived(word: str, verbs: frozenset[str]) -> bool:
    """Whether a word is made of a verb, as "parser" and "builds" are."""
    return any(
        f"{word.removesuffix(end)}{more}" in verbs
        for end in _ENDINGS
        if word.endswith(end)
        for more in ("", "e")
    )


_SHORTEST_SLIP = 5
_ENDINGS = ("s", "er", "ers", "or", "ed", "ion")


def _without_ing(word: str) -> tuple[str, ...]:
    stem = word[:-3]
    return stem, f"{stem}e", stem[:-1]


def _deletions(word: str) -> tuple[str, ...]:
    return tuple(word[:at] + word[at + 1 :] for at in range(len(word)))


@cache
def _spellings() -> tuple[frozenset[str], dict[str, str]]:
    """The verbs of the table, and what each may look like when a letter is left out or two are swapped (after
    W. Garbe's symmetric deletes: a word and a verb that share a deletion differ by one edit)."""
    verbs = frozenset(word for word in "|".join((CHANGE, RUN, READ, SEARCH)).split("|") if word.isalpha())
    verbs |= _EXTRA
    return verbs, _near(verbs)


@cache
def _nouns() -> tuple[frozenset[str], dict[str, str]]:
    return _NOUNS, _near(_SOUGHT)


def _near(words: frozenset[str]) -> dict[str, str]:
    near: dict[str, str] = {}
    for verb in sorted(words):
        if len(verb) < _SHORTEST_SLIP:
            for at in range(len(verb) - 1):
                near.setdefault(verb[:at] + verb[at + 1] + verb[at] + verb[at + 2 :], verb)
            continue
        for form in (verb, *_deletions(verb)):
            near.setdefault(form, verb)
    return near


def _slips(rows: str) -> dict[str, str]:
    """Of "word: slip slip; word: slip"."""
    pairs = (row.split(":") for row in rows.split(";"))
    return {slip: word.strip() for word, slips in pairs for slip in slips.split()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SLIPS = _slips(
    "what: whats wtf waht hwat wat whta wht; where: wheres wher whre wheer wehre; which: "
    "wich whcih wihch whihc; "
    "how: hows hwo; who: whos whho; why: wyh; hello: helo hllo; thanks: thnks thx thanx tanks; run: rnu ru; "
    "fix: fxi fx ffix; add: ad addd; show: shwo sow; rename: rname; write: wirte; "
    "make: amke; update: udpate; "
    "test: tset; find: fnd; is: si"
)
"""Of words that begin a clause; some are words of their own elsewhere."""

_COMMON_SLIPS = _slips(
    "the: teh hte; call: cal; calls: cals; which: wich; what: waht; and: adn; plan: "
    "pln; you: yuo; your: yuor; "
    "that: taht; this: thsi tihs; file: fiel; files: fiels; tests: tets; test: tset; step: setp"
)
_SOUGHT = _set(
    "defined declared called calls callers references usages version latest tests plan roadmap strategy "
    "overview difference between implemented definition online documentation steps imported"
)
_NOUNS = _SOUGHT | _set(
    "call caller define defines refined version versions reference usage declare declares strategies "
    "import imports implement implements overviews definitions latency latent lates plain plane plans "
    "step stops"
)
_EXTRA = frozenset(
    ("optimize", "normalize", "initialize", "summarize", "analyze", "plan", "design", "propose", "google")
)
# Words that begin a clause, are spelled right, and differ from a verb by one letter.
_WORDS = _set(
    "there these their where which while those three other after every still spell stale state stare "
    "store shore shall small since given being login tests builds files lists finds reads writes rules "
    "makes moves users index apply later laser layer paper water wrong world words would could should "
    "might never class close clone cover color count court cause clear check chess cheap cheers purpose "
    "usages what was the this that with when who whose than then them they thing things first last form "
    "from"
)
