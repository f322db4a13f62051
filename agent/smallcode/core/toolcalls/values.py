"""The values of the parser: what goes in, what comes out, and what passes between its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...messages import ToolCall

if TYPE_CHECKING:
    from .offered import Offered


@dataclass(frozen=True, slots=True)
class Parsed:
    """A reply taken apart.

    ``calls`` can be validated and run. ``text`` is the prose for the user, without the markup of the calls.
    ``problems`` are sentences for the model: what was wrong with a call that it meant, and the right form.
    ``thoughts`` is what stood in think blocks.
    """

    calls: tuple[ToolCall, ...] = ()
    text: str = ""
    problems: tuple[str, ...] = ()
    thoughts: str = ""


@dataclass(frozen=True, slots=True)
class NativeCall:
    """A call that the server handed over as one, or a piece of it: pieces share ``index``."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A call as it was read, before it has an id."""

    name: str
    arguments: Mapping[str, Any]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a marked region of the text came to; ``end`` is the offset behind it."""

    end: int
    drafts: tuple[Draft, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedDialect:
    """Calls that begin with a token of their own, so that they may stand anywhere outside quotations.

    ``opener`` is the source of a regular expression without groups. ``read(text, after_opener, offered)``
    gives None where the token turns out to be prose.
    """

    name: str
    opener: str
    read: Callable[[str, int, Offered], Reading | None]


@dataclass(frozen=True, slots=True)
class UnmarkedDialect:
    """Calls that look like other text, so that they count only as a whole reply or as the fence that
    ends one, and only where they name a tool and satisfy its schema.

    ``fences`` are the info words, in small letters, of the fences that may hold one.
    ``read(body, offered)`` gives all calls of the body, or nothing where any part of it is something else.
    """

    name: str
    fences: frozenset[str]
    read: Callable[[str, Offered], tuple[Draft, ...]]
