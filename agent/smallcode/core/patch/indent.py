"""How the indentation of a text maps to that of the place it stands for.

Indentations are compared by their width in columns, with tabs of a width that has to fit all lines. Where
several readings fit and would indent the new text differently, none is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .fold import fold

Remap = Callable[[str], str | None]

_TAB_WIDTHS = (4, 2, 8, 3)
_LEVELS = (2, 4, 8)
_RATIOS = ((2, 1), (1, 2))


@dataclass(frozen=True, slots=True)
class Style:
    """How the file is indented: by tabs or by spaces, and by how many columns a level."""

    tabs: bool
    unit: int


@dataclass(frozen=True, slots=True)
class _Mapping:
    """Columns of the old text → columns of the file, and the characters that the file has for them."""

    tab: int
    shift: int
    ratio: tuple[int, int]
    known: dict[int, str | None]
    tabs: bool

    @property
    def likely(self) -> bool:
        """Whether the file is indented by whole levels; else the two would have to differ twice over."""
        return not self.shift or not any(column % self.tab for column in self.known)

    def __call__(self, indent: str) -> str | None:
        scaled, rest = divmod(_width(indent, self.tab) * self.ratio[0], self.ratio[1])
        column = scaled + self.shift
        if rest or column < 0:
            return None
        if column in self.known:
            return self.known[column]
        if self.tabs:
            return "\t" * (column // self.tab) + " " * (column % self.tab)
        return " " * column


def remapped(old: Sequence[str], found: Sequence[str], new: Sequence[str], style: Style) -> Remap | None:
    """The mapping that takes each of ``old`` to its counterpart in ``found``, or None where there is none or
    where it is not clear what it makes of ``new``."""
    if len(old) > 1 and not old[0] and list(old[1:]) == list(found[1:]):
        return _first_line_apart(old[0], found[0])
    fits = _shifts(old, found, new, style)
    if not fits:
        return _scaled(old, found)
    likely = _likely_tab(old, new, style)
    preferred = [fit for fit in fits if fit.tab == likely and fit.likely]
    preferred = preferred or [fit for fit in fits if not fit.shift][:1]
    if not preferred and len({tuple(map(fit, new)) for fit in fits}) > 1:
        return None
    chosen = (preferred or fits)[0]
    rival = _scaled(old, found) if _steps(old, new) not in (0, style.unit) else None
    if rival is not None and [rival(one) for one in new] != [chosen(one) for one in new]:
        return None
    return chosen


def _first_line_apart(old: str, found: str) -> Remap:
    """The first line lost its indentation, the others did not."""
    return lambda indent: found if indent == old else indent


def _shifts(old: Sequence[str], found: Sequence[str], new: Sequence[str], style: Style) -> list[_Mapping]:
    some_tabs = style.tabs or any("\t" in indent for indent in (*old, *found, *new))
    fits = []
    for tab in dict.fromkeys((_likely_tab(old, new, style), *_TAB_WIDTHS)) if some_tabs else (4,):
        shifts = {_width(b, tab) - _width(a, tab) for a, b in zip(old, found, strict=True)}
        if len(shifts) == 1:
            fits.append(_mapping(found, style, tab, shifts.pop()))
    return fits


def _scaled(old: Sequence[str], found: Sequence[str]) -> Remap | None:
    """Levels of two columns for levels of four, or the other way round; spaces alone."""
    if any("\t" in indent for indent in (*old, *found)) or not any(old):
        return None
    for up, down in _RATIOS:
        if all(_width(a, 4) * up == _width(b, 4) * down for a, b in zip(old, found, strict=True)):
            return _mapping(found, Style(False, 4), 4, 0, (up, down))
    return None


def _mapping(
    found: Sequence[str], style: Style, tab: int, shift: int, ratio: tuple[int, int] = (1, 1)
) -> _Mapping:
    # Of a column that is written in two ways it is not known which one a new line would have.
    known: dict[int, str | None] = {}
    for indent in found:
        column = _width(indent, tab)
        known[column] = indent if known.get(column, indent) == indent else None
    indented = [indent for indent in found if indent]
    tabs = any(indent.startswith("\t") for indent in indented) if indented else style.tabs
    return _Mapping(tab, shift, ratio, known, tabs)


def _likely_tab(old: Sequence[str], new: Sequence[str], style: Style) -> int:
    """Tabs of the old text are levels of the file; spaces of the old text that are tabs there, its own."""
    if any("\t" in indent for indent in old):
        return style.unit
    return _steps(old, new) or _TAB_WIDTHS[0]


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """The smallest step between two indentations that is a usual level; 0 where there is none."""
    columns = sorted({_width(indent, 4) for indent in (*old, *new)})
    return min((b - a for a, b in pairwise(columns) if b - a in _LEVELS), default=0)


def _width(indent: str, tab: int) -> int:
    return len(fold(indent).expandtabs(tab))
