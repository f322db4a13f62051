"""What the editor's other language servers report about its documents, and for which version of them."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from . import uris
from .mirror import State, state_of

if TYPE_CHECKING:
    from smallcode.core.problems import Found
    from smallcode.messages import Text

    from . import wire

# Reports kept of one document: its errors before a change are in the newest one from before it.
KEPT = 8

# Documents whose reports are kept; who opens more works with the newest.
MOST_DOCUMENTS = 2000

# A document whose servers were awaited in vain so often is not waited for again until they are faster: some
# look at a file only when it is saved.
MOST_MISSES = 2


@dataclass(frozen=True, slots=True)
class Report:
    """``state`` is the version that it is about, None for a document that is not open here; ``errors`` are
    those of ``diagnostics`` that are errors, with the text of their lines when they came."""

    state: State | None
    diagnostics: Sequence[wire.WireDiagnostic]
    errors: tuple[Found, ...] = ()


@dataclass(slots=True)
class _Known:
    """``awaited`` is the state that was waited for last and the time until which a report of it counts as
    in time; ``misses`` is how often in a row none came."""

    reports: deque[Report] = field(default_factory=lambda: deque(maxlen=KEPT))
    waiting: list[asyncio.Future[Report]] = field(default_factory=list)
    awaited: tuple[State, float] | None = None
    misses: int = 0


class Reports:
    """By the key of the file (``uris.file_key``)."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def current(self, key: str) -> Sequence[wire.WireDiagnostic]:
        """What was reported last, of whatever severity."""
        known = self._known.get(key)
        return known.reports[-1].diagnostics if known and known.reports else ()

    def all(self) -> Mapping[str, Sequence[wire.WireDiagnostic]]:
        """What was reported last of each document, by its key, in the order in which they came."""
        return {key: known.reports[-1].diagnostics for key, known in self._known.items() if known.reports}

    def add(self, key: str, report: Report) -> None:
        known = self._known.pop(key, None) or _Known()
        self._known[key] = known
        if len(self._known) > MOST_DOCUMENTS:
            del self._known[next(iter(self._known))]
        known.reports.append(report)
        if known.awaited is not None and _is_about(report, known.awaited[0]):
            if asyncio.get_running_loop().time() <= known.awaited[1]:
                known.misses = 0
            for future in known.waiting:
                if not future.done():
                    future.set_result(report)

    def before(self, key: str, state: State) -> Report | None:
        """The newest about this state or an earlier one."""
        known = self._known.get(key)
        reports = reversed(known.reports) if known else ()
        return next((one for one in reports if one.state is not None and one.state <= state), None)

    async def about(self, key: str, state: State, timeout: float) -> Report | None:
        """The newest about this state or a later one; waits ``timeout`` seconds for it at most, and not at
        all where nothing has been reported of the document yet."""
        known = self._known.get(key)
        if known is None:
            return None
        there = next((one for one in reversed(known.reports) if _is_about(one, state)), None)
        if there is not None:
            return there
        loop = asyncio.get_running_loop()
        known.awaited = (state, loop.time() + timeout)
        if known.misses >= MOST_MISSES:
            return None
        future: asyncio.Future[Report] = loop.create_future()
        known.waiting.append(future)
        try:
            async with asyncio.timeout(timeout):
                return await future
        except TimeoutError:
            known.misses += 1
            return None
        finally:
            known.waiting.remove(future)


class EditorReports:
    """Implements ``adapters.validation.EditorDiagnostics`` for the workspace at ``root``."""

    def __init__(self, reports: Reports, root: str) -> None:
        self._reports = reports
        self._root = root

    async def errors(
        self, before: Text | None, after: Text, timeout: float
    ) -> tuple[Sequence[Found], Sequence[Found]] | None:
        """Only of a document that is open, and whose errors before the change are known."""
        then = None if before is None else state_of(before.version)
        now = state_of(after.version)
        if then is None or now is None:
            return None
        key = uris.file_key(os.path.join(self._root, *after.path.split("/")))  # noqa: PTH118 - a key is a string
        known = self._reports.before(key, then)
        if known is None:
            return None
        fresh = await self._reports.about(key, now, timeout)
        if fresh is None:
            return None
        return known.errors, [_named(found, after.path) for found in fresh.errors]


def _named(found: Found, path: str) -> Found:
    return replace(found, problem=replace(found.problem, path=path))


def _is_about(report: Report, state: State) -> bool:
    return report.state is not None and report.state >= state
