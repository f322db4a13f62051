"""Facts of a file as lines of text, all that they say: to be compared, and read by people."""

from __future__ import annotations

from collections.abc import Iterator

from smallcode.core.graph.facts import NOWHERE, FileFacts


def rendered(facts: FileFacts) -> str:
    return "\n".join(_lines(facts))


def _lines(facts: FileFacts) -> Iterator[str]:
    if facts.package:
        yield f"package {facts.package}"
    for index, one in enumerate(facts.definitions):
        ordinal = f" #{one.ordinal}" if one.ordinal else ""
        yield (
            f"{index} {one.kind} {one.qualified}{ordinal}{_in(one.parent)}{'' if one.exported else ' hidden'}"
            f" {one.first}-{one.last} at {one.at}:{one.column} | {one.signature}"
            + (f" | {one.docstring}" if one.docstring else "")
        )
        assert one.name == one.qualified.rpartition(".")[2] or "." in one.name or one.kind == "selector"
    for call in facts.calls:
        receiver = f"{call.receiver}." if call.receiver else ""
        new = "new " if call.constructs else ""
        yield f"call {new}{receiver}{call.name} at {call.line}:{call.column}{_in(call.within)}"
    for one in facts.imports:
        dots = "." * one.level
        flag = " again" if one.reexport else ""
        place = f"at {one.line}{_in(one.within)}{flag}"
        yield f"import {one.name!r} of '{dots}{one.module}' as {one.alias!r} {place}"
    for base in facts.bases:
        yield f"base {base.name} of {base.definition}"
    for one in facts.assignments:
        yield f"let {one.target} {'= made' if one.called else '='} {one.value} at {one.line}{_in(one.within)}"


def _in(index: int) -> str:
    return "" if index == NOWHERE else f" in {index}"
