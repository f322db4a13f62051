"""Those who know what a change of code comes to, or was meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..core.outline import Definition
from ..messages import Problem, Text


class Validator(Protocol):
    """Looks at a file after a change."""

    async def new_problems(self, before: Text | None, after: Text) -> Sequence[Problem]:
        """Errors that ``after`` has and ``before`` (None for a new file) had not, by line. Only errors;
        empty also where nobody can judge the file. Never raises; bounded in time."""
        ...


class Syntax(Protocol):
    """Reads code by the grammar of its language."""

    def definitions(self, path: str, content: str) -> Sequence[str] | None:
        """The names that a file defines, as often as it does; None where no grammar reads it."""
        ...


class Outliner(Protocol):
    """Tells what a file defines."""

    async def outline(self, path: str, content: str) -> Sequence[Definition]:
        """In the order of the file, the outer before the inner; empty where nobody can read it. Never raises;
        bounded in time."""
        ...


@dataclass(frozen=True, slots=True)
class MergeQuestion:
    """``old`` should become ``new`` in ``region``, a whole stretch of the file ``path``, where ``old`` does
    not stand as it is. All three have plain line ends."""

    path: str
    region: str
    old: str
    new: str


class Merger(Protocol):
    """Finds what an edit meant whose old text is not in the file."""

    async def merge(self, question: MergeQuestion) -> str | None:
        """The region with the edit in it, to be judged before it is used; None where there is no answer.
        Never raises; bounded in time and in requests."""
        ...
