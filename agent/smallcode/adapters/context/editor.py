"""``#selection`` and ``#diagnostics``: what the editor knows."""

from __future__ import annotations

from ...core.gathered import Gathered
from ...core.mentions import FEATURE
from .base import NOTHING, Found, Request, Source


async def _selection(request: Request) -> Found:
    """The selection stands in every request that has one; said is where there is none."""
    named = frozenset(one for one in request.mentions if one.kind == "selection")
    if not named or request.ask.selection is not None:
        return Found(taken=named)
    return Found(Gathered(notes=("#selection: nothing is selected in the editor.",)), named)


async def _diagnostics(request: Request) -> Found:
    """All that the editor reports, of the document in front first."""
    named = frozenset(one for one in request.mentions if one.kind == "diagnostics")
    if not named:
        return NOTHING
    ask = request.ask
    if ask.reported is None and not ask.problems:
        return Found(Gathered(notes=("#diagnostics: there is no editor here that reports any.",)), named)
    known = dict.fromkeys([*ask.problems, *(ask.reported or ())])
    ordered = sorted(known, key=lambda one: (one.path != ask.active_path, one.path, one.line))
    if not ordered:
        return Found(Gathered(notes=("#diagnostics: the editor reports no problem.",)), named)
    return Found(Gathered(problems=ordered), named)


SELECTION = Source("selection", FEATURE, _selection)
DIAGNOSTICS = Source("diagnostics", FEATURE, _diagnostics)
