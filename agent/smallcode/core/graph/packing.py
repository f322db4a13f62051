"""Facts and edges as bytes: for the store, for the way between processes, and for memory.

marshal is the fastest of what Python brings along, and its format is bound to the version of Python: bytes
are for the same installation.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar

from .facts import Assignment, Base, Call, Definition, Edge, FileFacts, Import
from .mentions import mentioned

T = TypeVar("T")

_REST: tuple[tuple[str, type[Any]], ...] = (
    ("imports", Import),
    ("bases", Base),
    ("assignments", Assignment),
)
_KINDS = (Definition, Call, Import, Base, Assignment, Edge)
_ROWS = {kind: attrgetter(*(one.name for one in fields(kind))) for kind in _KINDS}


class Damaged(ValueError):
    """Bytes that are not what was packed."""


@dataclass(frozen=True, slots=True)
class PackedFacts:
    """The facts of one file. What is read apart is packed apart: ``definitions`` and ``words`` (those that
    the file mentions) when it goes into a graph, ``calls`` and ``rest`` when it is resolved."""

    path: str
    language: str
    package: str
    error: str
    definitions: bytes
    calls: bytes
    rest: bytes
    words: bytes
    call_count: int


def layout() -> str:
    """Names what packed bytes look like: other fields or another Python make another."""
    shapes = [
        (kind.__name__, [one.name for one in fields(kind)]) for kind in (FileFacts, PackedFacts, *_KINDS)
    ]
    text = repr((shapes, sys.version_info[:2], marshal.version))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def pack_facts(facts: FileFacts) -> PackedFacts:
    return PackedFacts(
        facts.path,
        facts.language,
        facts.package,
        facts.error,
        pack(Definition, facts.definitions),
        pack(Call, facts.calls),
        marshal.dumps([[_ROWS[kind](one) for one in getattr(facts, name)] for name, kind in _REST]),
        marshal.dumps(sorted(mentioned(facts))),
        len(facts.calls),
    )


def unpack_facts(packed: PackedFacts, definitions: tuple[Definition, ...] | None = None) -> FileFacts:
    """``definitions`` are the packed ones where they are at hand. Raises Damaged."""
    try:
        rows = marshal.loads(packed.rest)
        rest: dict[str, Any] = {
            name: tuple([kind(*row) for row in some]) for (name, kind), some in zip(_REST, rows, strict=True)
        }
    except (EOFError, TypeError, ValueError) as error:
        raise Damaged(str(error)) from error
    return FileFacts(
        packed.path,
        packed.language,
        unpack(Definition, packed.definitions) if definitions is None else definitions,
        unpack(Call, packed.calls),
        package=packed.package,
        error=packed.error,
        **rest,
    )


def unpack_words(packed: PackedFacts) -> list[str]:
    """Raises Damaged."""
    try:
        words: list[str] = marshal.loads(packed.words)
    except (EOFError, TypeError, ValueError) as error:
        raise Damaged(str(error)) from error
    return words


def pack(kind: type[Any], values: Iterable[Any]) -> bytes:
    """Values of one of the kinds of facts, or edges, as rows."""
    return marshal.dumps([_ROWS[kind](one) for one in values])


def unpack(kind: type[T], data: bytes) -> tuple[T, ...]:
    """Raises Damaged."""
    try:
        return tuple([kind(*row) for row in marshal.loads(data)])
    except (EOFError, TypeError, ValueError) as error:
        raise Damaged(str(error)) from error


def unpack_named(kind: type[T], data: bytes, name: str) -> list[T]:
    """Those whose first field is ``name``; the others are not made."""
    return [kind(*row) for row in marshal.loads(data) if row[0] == name]
