"""Calls that the server took out of the reply itself: joined, read, and checked for a name we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...messages import ToolCall, well_formed
from .arguments import fit, missing
from .json_body import Broken, Value, read_object
from .offered import Offered
from .params import read_params
from .parse import NO_ALIASES, made_id
from .shape import cut_call
from .values import CallProblem, Draft, NativeCall, Parsed


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
    problems: list[CallProblem] = []
    taken: set[str] = set()
    for number, whole in enumerate(join(calls)):
        draft = _read(whole, offered)
        if isinstance(draft, CallProblem):
            problems.append(draft)
            continue
        call_id = whole.id
        if not call_id or call_id in taken:
            call_id = made_id(whole.name.strip(), whole.arguments, salt, str(number))
        taken.add(call_id)
        made.append(ToolCall(call_id, draft.name, draft.arguments, draft.repairs))
    return Parsed(tuple(made), "", tuple(problems))


def _read(call: NativeCall, offered: Offered) -> Draft | CallProblem:
    name = call.name.strip()
    if not name:
        return CallProblem("unreadable", "A tool call has no name.")
    known = offered.resolve(name)
    if known is None:
        return offered.unknown(name)
    found = _arguments(call.arguments, offered.schema(known[0]))
    if isinstance(found, Broken):
        return _unreadable(known[0], found)
    draft = fit(known[0], found.value, offered, (*known[1], *found.repairs))
    if isinstance(draft, Draft) and found.open and missing(draft.name, draft.arguments, offered):
        return cut_call(draft.name)
    return draft


def _arguments(raw: str, schema: Mapping[str, Any]) -> Value | Broken:
    """The arguments as an object or, where they are plain text, as that text for the sole parameter."""
    bare = raw.strip()
    if bare.startswith("<"):
        params = read_params(bare, 0, schema.get("properties") or {})
        if params.values and params.end == len(bare):
            return params.found(open_=False)
    if bare and bare[0] not in "{[\"'`(" and bare not in ("null", "None"):
        return Value(bare, len(raw))
    return Value({}, len(raw)) if bare == "None" else read_object(raw)


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


def _unreadable(name: str, broken: Broken) -> CallProblem:
    if broken.cut:
        return cut_call(name)
    said = f"The arguments of {name} could not be read: {broken.why}. They must be one valid JSON object."
    return CallProblem("unreadable", said)
