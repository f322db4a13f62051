"""From the signals of a message to its category.

Each clause is judged by the first row of the table that matches its beginning, else by the first that finds
something inside it; rows of the whole message are added. The largest sum wins; where two are nearly tied, the
one does whose tools can do most of the other's work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from types import MappingProxyType

from .affirm import is_yes, names_only, says_act, says_same
from .judge import UNKNOWN, Scores, is_general, is_mine, judge
from .prose import prose
from .routing import PRIORITY, Category, Routing
from .spelling import mended

SHORT_CHARS = 10
LONG_CHARS = 200
LONG = 1.5
"""What a long message adds to plan."""

NEAR_TIE = 0.1
"""Share of the larger score by which two have to differ, or the priority decides."""

LEAST_TOP = 6.0
"""A lead counts for at most its share of this, so that a single weak signal is never sure."""

CARRIED, SAME = 3.0, 9.0
"""What the category before weighs where nothing else is said, and where the same is asked for elsewhere."""

_SAID = re.compile(r"\b(?:i|i'm|you|that|was|am)\b")
_PAGE = re.compile(
    r"\b(?:the|that|this) (?:page|article|site|post|release|changelog|documentation|docs|link|result)\b"
)
_OF_THE = re.compile(r"\bthe \w+|\b(?:for|in|on|to|of) (?:all|every|each)\b")


def classify(message: str, previous: Category | Routing | None = None) -> Routing:
    """The category of a message. ``previous`` is what the message before it came to: "yes" keeps that. Raises
    nothing, and looks at a bounded part of the message."""
    before = previous.category if isinstance(previous, Routing) else previous
    text = mended(prose(message))
    if before is not None and is_yes(text):
        before = "write" if before == "plan" and says_act(text) else before
        return Routing(before, 1.0, MappingProxyType({before: CARRIED}))
    scores: Scores = defaultdict(float)
    known = judge(text, scores)
    if before is not None:
        _carry_on(text, before, scores, known)
    if not any(score > 0 for score in scores.values()):
        scores[_unknown(text)] += UNKNOWN
    if len(message) > LONG_CHARS:
        scores["plan"] += LONG
    return _decide(scores)


def _unknown(text: str) -> Category:
    """The category of what no row knows: something said of the project is a wish for another state of it,
    something else talk, and what cannot be told is looked at."""
    if not any(map(str.isalnum, text)):
        return "respond"
    if is_general(text):
        return "respond"
    if text.endswith(("?", "？")) or not text.isascii():
        return "read"
    if is_mine(text) or _OF_THE.search(text):
        return "write"
    if 2 <= len(text.split()) <= 5 and not _SAID.search(text):
        return "write"  # "dark mode toggle"
    return "respond" if len(text) <= SHORT_CHARS or _SAID.search(text) else "read"


def _carry_on(text: str, before: Category, scores: Scores, known: bool) -> None:
    """The previous category, as far as the message takes it up."""
    if says_same(text) or (names_only(text) and not known):
        scores[before] += CARRIED if known else SAME
    elif not any(score > 0 for score in scores.values()):
        scores[before] += CARRIED
    elif before == "web" and _PAGE.search(text):
        scores["web"] += SAME


def _decide(scores: Scores) -> Routing:
    kept = {category: score for category in PRIORITY if (score := scores.get(category, 0.0)) > 0}
    top = max(kept.values())
    best = next(one for one, score in kept.items() if score >= top * (1 - NEAR_TIE))
    others = max((score for one, score in kept.items() if one != best), default=0.0)
    lead = max(kept[best] - others, 0.0) / max(top, LEAST_TOP)
    return Routing(best, round(min(lead, 1.0), 3), MappingProxyType(kept))
