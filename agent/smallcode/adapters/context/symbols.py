"""Symbols that the user points at: their definitions, and what they are connected with."""

from __future__ import annotations

from ...core.gathered import Gathered
from ...core.graph.listing import render, worth_reading
from ...core.graph.mentioned import symbol_of
from ...core.mentions import FEATURE, Mention
from ...tools.code_graph import bodies_of, current
from .base import NOTHING, Found, Request, Source

MOST_SYMBOLS = 5


async def _look(request: Request) -> Found:
    context = request.context
    wanted = [mention for mention in request.paths() if mention.first is None][:MOST_SYMBOLS]
    lookup = await current(context) if wanted else None
    if lookup is None:
        return NOTHING
    room = context.budget.room("attached", context.settings.max_result_chars)
    parts: list[str] = []
    taken: list[Mention] = []
    for mention in wanted:
        found = symbol_of(lookup, mention.name)
        if found is None:
            continue
        bodies = await bodies_of(context, worth_reading(found))
        heading = f"{mention.name}, pointed at by the user:"
        # Each takes a share of what is left, the later ones what the first did not need.
        share = room.part(1 / (len(wanted) - len(taken))).beside(heading + "\n")
        listing = render(found, {id: body for id, (_, body) in bodies.items()}, share)
        if not listing.text:
            continue
        for symbol in listing.whole:
            context.workspace.shown(bodies[symbol.id][0], symbol.definition.first, symbol.definition.last)
        parts.append(f"{heading}\n{listing.text}")
        taken.append(mention)
        room = room.beside(parts[-1])
    return Found(Gathered(parts=tuple(parts)), frozenset(taken))


SYMBOLS = Source("symbols", FEATURE, _look)
