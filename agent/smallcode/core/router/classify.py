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
from .clauses import clauses, mended, orders_after_question
from .prose import prose
from .routing import PRIORITY, Category, Routing
from .signal import Signal, Where
from .table import GENERAL, MINE, PERHAPS_MINE, SIGNALS, SURELY_GENERAL
from .tongues import TONGUES

SHORT_CHARS = 10
LONG_CHARS = 200
NEAR_TIE = 0.1
"""Share of the larger score by which two have to differ, or the priority decides."""

LEAST_TOP = 3.0
"""A lead counts for at most its share of this, so that a single weak signal is never sure."""

LATER = 0.5
"""What an order in a later clause weighs: the first says what is wanted."""

_WHENEVER = ("write", "plan", "web")
"""Orders that weigh the same wherever they stand."""

UNKNOWN, LONG, STEPS, TALK = 2.0, 1.5, 9.0, 4.0

_HEADS = tuple(row for row in SIGNALS if row.where is Where.HEAD)
_INSIDES = tuple(row for row in SIGNALS if row.where is Where.INSIDE)
_ENGLISH_INSIDES = tuple(row for row in _INSIDES if row not in TONGUES)
_WHOLES = tuple(row for row in SIGNALS if row.where is Where.WHOLE)
_ADDED = tuple(row for row in SIGNALS if row.where is Where.MESSAGE)
_GENERAL, _SURELY_GENERAL = re.compile(GENERAL), re.compile(SURELY_GENERAL)
_MINE, _PERHAPS_MINE = re.compile(MINE), re.compile(PERHAPS_MINE)
_ENGLISH = re.compile(r"\b(?:the|is|are|and|of|this|what|how|with|please|you|my|it|that|can|where|which)\b")
_SAID = re.compile(r"\b(?:i|i'm|you|that|was|am)\b")
_PAGE = re.compile(
    r"\b(?:the|that|this) (?:page|article|site|post|release|changelog|documentation|docs|link|result)\b"
)
_OF_THE = re.compile(r"\bthe \w+|\b(?:for|in|on|to|of) (?:all|every|each)\b")
_STEP = re.compile(r"(?:^|\s)(?:\(?(\d)[.)]|step (\d):?)\s+(?=[a-zA-Z])")

Scores = dict[Category, float]


def classify(message: str, previous: Category | Routing | None = None) -> Routing:
    """The category of a message. ``previous`` is what the message before it came to: "yes" keeps that. Raises
    nothing, and looks at a bounded part of the message."""
    before = previous.category if isinstance(previous, Routing) else previous
    text = mended(prose(message))
    if before is not None and is_yes(text):
        before = "write" if before == "plan" and says_act(text) else before
        return Routing(before, 1.0, MappingProxyType({before: LEAST_TOP}))
    scores: Scores = defaultdict(float)
    known = _judge(text, scores)
    if before is not None:
        _carry_on(text, before, scores, known)
    if not any(score > 0 for score in scores.values()):
        scores[_unknown(text)] += UNKNOWN
    if len(message) > LONG_CHARS:
        scores["plan"] += LONG
    return _decide(scores)


def _judge(text: str, scores: Scores) -> bool:
    """Adds what the signals say. Returns whether a clause had an order or a question at its head."""
    bare = text.strip(" .!?…:;,)(-*")
    talk = next((row for row in _WHOLES if row.pattern.fullmatch(bare)), None)
    if talk is not None:
        scores[talk.category] = talk.weight
        return True
    insides = _ENGLISH_INSIDES if _ENGLISH.search(text) else _INSIDES
    asked = known = False
    for clause in clauses(text):
        row = next((row for row in _HEADS if row.pattern.match(clause.text)), None)
        if row is not None and asked and not clause.opens and not orders_after_question(clause.text):
            continue
        headed = row is not None
        row = row or next((row for row in insides if row.pattern.search(clause.text)), None)
        if row is not None:
            _add(row, scores, first=not known)
        elif clause.ordered:
            scores["write"] = max(scores["write"], UNKNOWN)
        known |= headed
        asked = row is not None and row.asks if headed else asked and not clause.opens
    for row in _ADDED:
        if row.pattern.search(text):
            scores[row.category] += row.weight
    if _steps(text) and scores["write"] > 0:
        scores["plan"] += STEPS
    others = any(score > 0 for category, score in scores.items() if category not in ("read", "respond"))
    if scores["read"] > 0 and not others and _is_general(text):
        scores["respond"] += scores["read"] + TALK
    return known


def _unknown(text: str) -> Category:
    """The category of what no row knows: something said of the project is a wish for another state of it,
    something else talk, and what cannot be told is looked at."""
    if not any(map(str.isalnum, text)):
        return "respond"
    if _is_general(text):
        return "respond"
    if text.endswith(("?", "？")) or not text.isascii():
        return "read"
    if _MINE.search(text) or _OF_THE.search(text):
        return "write"
    if 2 <= len(text.split()) <= 5 and not _SAID.search(text):
        return "write"  # "dark mode toggle"
    return "respond" if len(text) <= SHORT_CHARS or _SAID.search(text) else "read"


def _is_general(text: str) -> bool:
    """Whether a question is about something else than this project."""
    if _MINE.search(text):
        return False
    if _SURELY_GENERAL.search(text):
        return True
    return _GENERAL.search(text) is not None and not _PERHAPS_MINE.search(text)


def _add(row: Signal, scores: Scores, *, first: bool) -> None:
    weight = row.weight if first or row.category in _WHENEVER else row.weight * LATER
    scores[row.category] = max(scores[row.category], weight)


def _steps(text: str) -> bool:
    """Whether three steps are counted."""
    numbers = [int(found.group(1) or found.group(2)) for found in _STEP.finditer(text)]
    return numbers[:3] == [1, 2, 3]


def _carry_on(text: str, before: Category, scores: Scores, known: bool) -> None:
    """The previous category, as far as the message takes it up."""
    if says_same(text) or (names_only(text) and not known):
        scores[before] += LEAST_TOP * (1 if known else 3)
    elif not any(score > 0 for score in scores.values()):
        scores[before] += LEAST_TOP
    elif before == "web" and _PAGE.search(text):
        scores["web"] += TALK + LEAST_TOP


def _decide(scores: Scores) -> Routing:
    kept = {category: score for category in PRIORITY if (score := scores.get(category, 0.0)) > 0}
    top = max(kept.values())
    best = next(one for one, score in kept.items() if score >= top * (1 - NEAR_TIE))
    others = max((score for one, score in kept.items() if one != best), default=0.0)
    lead = max(kept[best] - others, 0.0) / max(top, LEAST_TOP)
    return Routing(best, round(min(lead, 1.0), 3), MappingProxyType(kept))
