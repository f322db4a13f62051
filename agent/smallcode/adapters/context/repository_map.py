"""The definitions next to what a request is about, for a question about code that begins a conversation."""

from __future__ import annotations

from ...core import prompt
from ...core.gathered import Gathered
from ...core.graph.repomap import FEATURE, repository_map
from ...core.router import Category, classify
from ...tools.code_graph import current
from .base import NOTHING, Found, Request, Source

MAPPED: frozenset[Category] = frozenset(("code_intel", "read", "plan"))
"""Kinds of requests that a map helps: who changes or runs something looks at its place first."""


async def _look(request: Request) -> Found:
    """Nothing while there is no index yet, for nobody is to wait for a map; and once in a session."""
    context = request.context
    graph = context.graph
    if graph is None or not graph.indexing.complete or FEATURE in context.retrieval.by_tool:
        return NOTHING
    if classify(request.ask.prompt).category not in MAPPED:
        return NOTHING
    lookup = await current(context)
    if lookup is None:
        return NOTHING
    room = context.budget.room("map", context.settings.max_result_chars)
    told = repository_map(lookup, prompt.names(request.ask), room, context.focus.code_names)
    if told:
        context.retrieval.note(FEATURE, context.budget.measure(told))
    return Found(Gathered(parts=(told,)) if told else Gathered())


REPOSITORY_MAP = Source("the repository map", FEATURE, _look)
