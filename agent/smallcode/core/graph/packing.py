"""Facts and edges as bytes, for the store and for the way between processes.

marshal is the fastest of what Python brings along, and its format is bound to the version of Python: bytes
are for the same installation, and begin with a digest, so that damaged ones are told before they are read.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from .facts import Assignment, Base, Call, Definition, Edge, FileFacts, Import

T = TypeVar("T")

_DIGEST = 8
_LISTS: tuple[tuple[str, type[Any]], ...] = (
    ("definitions", Definition),
    ("calls", Call),
    ("imports", Import),
    ("bases", Base),
    ("assignments", Assignment),
)
_PLAIN = ("path", "language", "package", "error")


def _row(kind: type[Any]) -> attrgetter[Any]:
    return attrgetter(*(one.name for one in fields(kind)))


_ROWS = {kind: _row(kind) for kind in (*(kind for _, kind in _LISTS), Edge)}


class Damaged(ValueError):
    """Bytes that are not what was packed."""


def layout() -> str:
    """Names what packed bytes look like: other fields or another Python make another."""
    shapes = [(kind.__name__, [one.name for one in fields(kind)]) for kind in (FileFacts, *_ROWS)]
    text = repr((shapes, sys.version_info[:2], marshal.version))
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).hexdigest()


def pack(kind: type[Any], values: Iterable[Any]) -> bytes:
    """Values of one of the kinds of facts, as rows and without a digest: for memory."""
    return marshal.dumps([_ROWS[kind](one) for one in values])


def unpack(kind: type[T], data: bytes) -> tuple[T, ...]:
    return tuple([kind(*row) for row in marshal.loads(data)])


def pack_facts(facts: FileFacts) -> bytes:
    plain = tuple(getattr(facts, name) for name in _PLAIN)
    lists = tuple([_ROWS[kind](one) for one in getattr(facts, name)] for name, kind in _LISTS)
    return _sealed((plain, lists))


def unpack_facts(data: bytes) -> FileFacts:
    """Raises Damaged."""
    try:
        plain, lists = _opened(data)
        made: dict[str, Any] = {
            name: tuple([kind(*row) for row in rows])
            for (name, kind), rows in zip(_LISTS, lists, strict=True)
        }
        return FileFacts(**dict(zip(_PLAIN, plain, strict=True)), **made)
    except (TypeError, ValueError) as error:
        raise Damaged(str(error)) from error


def pack_edges(edges: tuple[Edge, ...]) -> bytes:
    return _sealed([_ROWS[Edge](edge) for edge in edges])


def unpack_edges(data: bytes) -> tuple[Edge, ...]:
    """Raises Damaged."""
    try:
        return tuple([Edge(*row) for row in _opened(data)])
    except (TypeError, ValueError) as error:
        raise Damaged(str(error)) from error


def _sealed(value: Any) -> bytes:
    body = marshal.dumps(value)
    return hashlib.blake2b(body, digest_size=_DIGEST).digest() + body


def _opened(data: bytes) -> Any:
    body = memoryview(data)[_DIGEST:]
    if hashlib.blake2b(body, digest_size=_DIGEST).digest() != data[:_DIGEST]:
        raise Damaged("the digest is another")
    try:
        return marshal.loads(body)
    except (EOFError, TypeError, ValueError) as error:
        raise Damaged(str(error)) from error
