"""What the tools that ask the code graph have in common."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.graph.graph import Symbol
from ..core.graph.lookup import Lookup
from ..core.line_ends import to_lf
from ..core.room import Room
from ..core.textdiff import split_lines
from ..errors import SmallCodeError
from ..messages import Text
from ..ports import CodeGraph
from .base import ToolContext, ToolOutput

PATIENCE = 5.0
"""Seconds that a question waits for the graph to take in what has just changed."""

RELATIONS = (
    r"\bcall(?:s|ers?|ed by|sites?)\b|\bcall sites?|\busages?\b|\buse[sd]? by\b|\bdepend(?:s|ent|encies)\b"
    r"|\binherit|\bsubclass|\boverrid|\bderive[sd]? from|\bimplementations?\b|\bwho (?:calls|uses)\b"
    r"|\bhow (?:does|do|is|are)\b"
)
"""Words of a request that is about what is connected, though it asks for a change."""

NO_GRAPH = ToolOutput(
    "There is no code graph of this project. Use search and read_file instead.",
    ok=False,
)


async def current(context: ToolContext) -> Lookup | None:
    """What answers questions, with all changes until now in it; None where there is no graph."""
    if context.graph is None:
        return None
    await context.graph.current(PATIENCE)
    return context.graph.lookup


def room(context: ToolContext, max_tokens: int = 0) -> Room:
    """What the model asked for, within the budget and the setting; counted by what the server's counts have
    taught where that is more."""
    whole = context.budget.room("graph", context.settings.max_result_chars)
    tokens = min(whole.tokens, max_tokens) if max_tokens > 0 else whole.tokens
    return Room(tokens, whole.chars, context.measure)


def told(context: ToolContext, text: str, within: Room, *, ok: bool = True) -> ToolOutput:
    """With a word where the index is still being made and there is room for it."""
    unfinished = _unfinished(context.graph)
    whole = f"{text}\n{unfinished}"
    return ToolOutput(whole if unfinished and within.holds(whole) else text, ok=ok)


def _unfinished(graph: CodeGraph | None) -> str:
    if graph is None or graph.indexing.complete:
        return ""
    done, total = graph.indexing.done, graph.indexing.total
    return f"(The index is still being made, {done} of {total} files: there may be more.)"


async def bodies_of(context: ToolContext, symbols: Sequence[Symbol]) -> dict[int, tuple[Text, str]]:
    """The lines of these definitions as they stand now, by symbol id, with the text that they are of; those
    of a file that cannot be read or does not say the same as the graph are left out."""
    texts: dict[str, Text | None] = {}
    found: dict[int, tuple[Text, str]] = {}
    for symbol in symbols:
        if symbol.path not in texts:
            try:
                texts[symbol.path] = await context.workspace.read(symbol.path)
            except SmallCodeError:
                texts[symbol.path] = None
        text = texts[symbol.path]
        body = "" if text is None else _body(text, symbol)
        if text is not None and body:
            found[symbol.id] = text, body
    return found


def _body(text: Text, symbol: Symbol) -> str:
    one = symbol.definition
    lines = split_lines(to_lf(text.content))
    if one.last > len(lines) or one.name not in lines[one.at - 1]:
        return ""
    return "".join(lines[one.first - 1 : one.last]).rstrip("\n")
