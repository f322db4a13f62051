"""What the rows of the table say of a message, clause by clause."""

from __future__ import annotations

import re
from typing import Literal

from .clauses import Clause, clauses, orders_after_question
from .phrases.general import GENERAL, MINE, NOT_MINE, PERHAPS_MINE, SURELY_GENERAL
from .routing import Category
from .signal import Signal, Where
from .table import SIGNALS
from .tongues import TONGUES

Scores = dict[Category, float]

LATER = 0.5
"""What an order in a later clause weighs: the first says what is wanted."""

_WHENEVER = ("write", "plan", "web")
"""Orders that weigh the same wherever they stand."""

UNKNOWN = 2.0
"""The weight of what no row knows."""

STEPS, WORLD = 9.0, 4.0

_HEADS = tuple(row for row in SIGNALS if row.where is Where.HEAD)
_INSIDES = tuple(row for row in SIGNALS if row.where is Where.INSIDE)
_ENGLISH_INSIDES = tuple(row for row in _INSIDES if row not in TONGUES)
_WHOLES = tuple(row for row in SIGNALS if row.where is Where.WHOLE)
_ADDED = tuple(row for row in SIGNALS if row.where is Where.MESSAGE)
_GENERAL, _SURELY_GENERAL = re.compile(GENERAL), re.compile(SURELY_GENERAL)
_MINE, _PERHAPS_MINE, _NOT_MINE = re.compile(MINE), re.compile(PERHAPS_MINE), re.compile(NOT_MINE)
_ENGLISH = re.compile(r"\b(?:the|is|are|and|of|this|what|how|with|please|you|my|it|that|can|where|which)\b")
# A look at what was told before is asked for so that it is mended.
_LOOKS = re.compile(
    r"(?:(?:take|have) a (?:\w+ )?look|look|check|see|investigate|figure|find)(?: into| at| out)?"
    r"(?: (?:it|this|that|them|what(?:'s| is) (?:going on|wrong|up|happening)|why))?\W*"
)
_STEP = re.compile(r"(?:^|\s)(?:\(?(\d)[.)]|step (\d):?)\s+(?=[a-zA-Z])")


def judge(text: str, scores: Scores) -> bool:
    """Adds what the signals say to the scores. Returns whether a clause had an order or a question at its
    head."""
    bare = text.strip(" .!?…:;,)(-*")
    talk = _first(_WHOLES, bare, "fullmatch")
    if talk is not None:
        scores[talk.category] = talk.weight
        return True
    known = _clauses(text, scores)
    for row in _ADDED:
        if row.pattern.search(text):
            scores[row.category] += row.weight
    if _steps(text) and scores["write"] > 0:
        scores["plan"] += STEPS
    others = any(score > 0 for category, score in scores.items() if category not in ("read", "respond"))
    if scores["read"] > 0 and not others and is_general(text):
        scores["respond"] += scores["read"] + WORLD
    return known


def is_general(text: str) -> bool:
    """Whether a question is about something else than this project."""
    if _NOT_MINE.search(text):
        return True
    if is_mine(text):
        return False
    if _SURELY_GENERAL.search(text):
        return True
    return _GENERAL.search(text) is not None and not _PERHAPS_MINE.search(text)


def is_mine(text: str) -> bool:
    """Whether prose names something of this project."""
    return _MINE.search(text) is not None


def _clauses(text: str, scores: Scores) -> bool:
    insides = _ENGLISH_INSIDES if _ENGLISH.search(text) else _INSIDES
    # The question that the clauses stand behind, in which verbs are no orders.
    asked, known = "", False
    for clause in clauses(text):
        row = _first(_HEADS, clause.text, "match")
        if row is None:
            asked = "" if clause.opens else asked
            _said(clause, insides, scores, known)
        elif not asked or clause.opens or orders_after_question(clause.text, asked):
            first = not known and (clause.opens or not scores)
            _add(row, scores, first=first or (clause.ordered and not _LOOKS.fullmatch(clause.text)))
            asked, known = (clause.text if row.asks else ""), True
    return known


def _said(clause: Clause, insides: tuple[Signal, ...], scores: Scores, known: bool) -> None:
    """A clause without an order or a question at its head."""
    row = _first(insides, clause.text, "search")
    if row is not None:
        _add(row, scores, first=not known and (clause.opens or not scores))
    elif clause.ordered:
        scores["write"] = max(scores["write"], UNKNOWN)


def _first(
    rows: tuple[Signal, ...], text: str, how: Literal["match", "search", "fullmatch"]
) -> Signal | None:
    return next((row for row in rows if getattr(row.pattern, how)(text)), None)


def _add(row: Signal, scores: Scores, *, first: bool) -> None:
    weight = row.weight if first or row.category in _WHENEVER else row.weight * LATER
    scores[row.category] = max(scores[row.category], weight)


def _steps(text: str) -> bool:
    """Whether three steps are counted."""
    numbers = [int(found.group(1) or found.group(2)) for found in _STEP.finditer(text)]
    return numbers[:3] == [1, 2, 3]
