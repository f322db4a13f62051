"""The values of the parser: what goes in, what comes out, and what passes between its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ...messages import ToolCall

if TYPE_CHECKING:
    from .context import Context

ProblemKind = Literal["cut", "unknown tool", "arguments", "unreadable"]


@dataclass(frozen=True, slots=True)
class CallProblem:
    """What was wrong with a call that the model meant; ``message`` is a sentence for the model.

    ``cut``: the reply ended inside the call. ``unknown tool``: no offered tool has the name.
    ``arguments``: the tool is known and what it was given has no single reading. ``unreadable``: the rest.
    """

    kind: ProblemKind
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Parsed:
    """A reply taken apart.

    ``calls`` can be validated and run. ``text`` is the prose for the user, without the markup of the calls.
    ``problems`` say what was wrong with a call that the model meant, and the right form. ``thoughts`` is
    what stood in think blocks.
    """

    calls: tuple[ToolCall, ...] = ()
    text: str = ""
    problems: tuple[CallProblem, ...] = ()
    thoughts: str = ""

    @property
    def cut(self) -> bool:
        """Whether a call broke off: less text in one call is the remedy, not another form of it."""
        return any(problem.kind == "cut" for problem in self.problems)


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
    """What a region of the text came to; ``end`` is the offset behind it. ``start`` is where it begins if
    that is before the opener, as with a name in front of a token. Neither drafts nor problems: markup that
    says nothing."""

    end: int
    drafts: tuple[Draft, ...] = ()
    problems: tuple[CallProblem, ...] = ()
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A way of writing calls that begins with markup of its own, so that it may stand anywhere outside
    quotations.

    ``opener`` is the source of a regular expression without groups, for the place where a call or a list
    of calls begins. ``read(text, start, context)`` is given the start of the opener and gives None where it
    turns out to be prose, or another family's.
    """

    name: str
    opener: str
    read: Callable[[str, int, Context], Reading | None]


@dataclass(frozen=True, slots=True)
class PlainFamily:
    """A way of writing calls that looks like other text, so that they count only where nothing marked
    does, where they are not quoted, and where they name a tool and satisfy its schema.

    ``opener`` is as for ``Family``. ``read(text, start, context)`` gives the calls that begin there, or None.
    ``fences`` are the info words, in small letters, of the fences that may hold one. ``inside`` says
    whether prose may stand around it on the same line, ``whole`` that it takes all of the text.
    """

    name: str
    opener: str
    fences: frozenset[str]
    read: Callable[[str, int, Context], Reading | None]
    inside: bool = False
    whole: bool = False
