"""A row of the table: where it looks, and what it says if it finds its pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from .routing import Category


class Where(Enum):
    """``WHOLE``: all of the message, which is nothing else then. ``HEAD``: at the beginning of a clause,
    politeness taken off; the first row that matches counts, so that the special stand before the general.
    ``INSIDE``: anywhere in a clause that no head row matches, likewise the first. ``MESSAGE``: anywhere in
    the message; all of these add up."""

    WHOLE = "whole"
    HEAD = "head"
    INSIDE = "inside"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Signal:
    """``weight`` below zero speaks against the category. ``asks``: the clause is a question or asks for an
    account, so that verbs further on in it are no orders."""

    category: Category
    weight: float
    where: Where
    pattern: re.Pattern[str]
    asks: bool = False


def whole(category: Category, weight: float, *patterns: str) -> Signal:
    return _signal(category, weight, Where.WHOLE, patterns, False)


def head(category: Category, weight: float, *patterns: str, asks: bool = False) -> Signal:
    return _signal(category, weight, Where.HEAD, patterns, asks)


def inside(category: Category, weight: float, *patterns: str, asks: bool = False) -> Signal:
    return _signal(category, weight, Where.INSIDE, patterns, asks)


def message(category: Category, weight: float, *patterns: str) -> Signal:
    return _signal(category, weight, Where.MESSAGE, patterns, False)


def _signal(category: Category, weight: float, where: Where, patterns: tuple[str, ...], asks: bool) -> Signal:
    return Signal(category, weight, where, re.compile("|".join(patterns)), asks)
