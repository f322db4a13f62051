"""Calls that the server took out of the reply itself: joined, read, and checked for a name we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...messages import ToolCall, well_formed
from .json_body import Broken, read_object
from .offered import Offered
from .parse import NO_ALIASES, made_id
from .shape import cut_call
from .values import NativeCall, Parsed


def read_native(
    calls: Sequence[NativeCall],
    tools: Sequence[Mapping[str, Any]],
    aliases: Mapping[str, str] = NO_ALIASES,
    salt: str = "",
) -> Parsed:
    """Native calls as ToolCalls; ``text`` of the result is empty. Never raises.

    ``calls`` may be whole or pieces as they streamed. Arguments that end too early are never run: they
    become a problem, as an unknown name does. A missing id, or one that occurs twice, is replaced.
    """
    offered = Offered(tools, aliases)
    made: list[ToolCall] = []
    problems: list[str] = []
    taken: set[str] = set()
    for number, whole in enumerate(join(calls)):
        name = whole.name.strip()
        known = offered.resolve(name)
        if known is None:
            problems.append(offered.unknown(name) if name else "A tool call has no name.")
            continue
        found = read_object(whole.arguments)
        if isinstance(found, Broken):
            problems.append(_unreadable(known[0], found))
            continue
        call_id = whole.id
        if not call_id or call_id in taken:
            call_id = made_id(name, whole.arguments, salt, str(number))
        taken.add(call_id)
        made.append(ToolCall(call_id, known[0], found.value, (*known[1], *found.repairs)))
    return Parsed(tuple(made), "", tuple(problems))


def join(pieces: Sequence[NativeCall]) -> list[NativeCall]:
    """Whole calls in the order in which they began.

    Pieces of one call share ``index``. Some servers repeat the name on every piece, and some give every
    call of a reply the index 0: a piece with another id and a name begins a new call.
    """
    whole: list[NativeCall] = []
    place: dict[int, int] = {}
    parts: list[list[str]] = []
    for piece in pieces:
        at = place.get(piece.index)
        if at is None or (piece.name and piece.id and whole[at].id not in ("", piece.id)):
            place[piece.index] = len(whole)
            whole.append(piece)
            parts.append([piece.arguments])
            continue
        known = whole[at]
        name = known.name if piece.name == known.name else known.name + piece.name
        whole[at] = replace(known, id=known.id or piece.id, name=name)
        parts[at].append(piece.arguments)
    joined = (well_formed("".join(part)) for part in parts)
    return [replace(call, arguments=text) for call, text in zip(whole, joined, strict=True)]


def _unreadable(name: str, broken: Broken) -> str:
    if broken.cut:
        return cut_call(name)
    return f"The arguments of {name} could not be read: {broken.why}. They must be one valid JSON object."
