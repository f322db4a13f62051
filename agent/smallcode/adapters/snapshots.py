"""The undo log: what each turn found and what it left, so that a turn can be taken back as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..core.textdiff import minimal_edits
from ..errors import NoSuchFile, SmallCodeError, WorkspaceError
from ..messages import Edit, SearchMatch, SearchQuery, Text
from ..ports import Workspace

TURNS_KEPT = 50
"""Older turns are forgotten, since their texts are kept in memory."""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """``turn_id`` is None where there was nothing to undo. Nothing was changed in a file that is listed
    under ``conflicts``, as (path, reason)."""

    turn_id: str | None
    restored: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()


class _State(NamedTuple):
    """Hashes of a file's text: of all of it, and without its last line end."""

    exact: str
    loose: str


@dataclass(frozen=True, slots=True)
class _Change:
    """``before`` is None where the turn made the file. ``after`` are the states that the turn may have
    left, None for a deleted file: two of them while an edit is under way, or where it was cancelled and
    may or may not have happened."""

    before: Text | None
    after: tuple[_State | None, ...]

    @property
    def changes(self) -> bool:
        return any(state != _state(self.before) for state in self.after)

    def left(self, current: _State | None) -> bool:
        """Whether the turn left the file so. A last line end does not count: editors add one when they
        save, and a turn that cannot be undone for that would help nobody."""
        if current is None:
            return None in self.after
        return any(state is not None and state.loose == current.loose for state in self.after)


@dataclass(slots=True)
class _Turn:
    changes: dict[str, _Change] = field(default_factory=dict)
    undone: bool = False


class UndoLog:
    """A workspace around another one that remembers what it changes. Implements ``ports.Workspace``.

    It stands below the write guard, so that what is undone asks no permission: the user asks for it.
    """

    def __init__(self, inner: Workspace) -> None:
        self._inner = inner
        self._turns: dict[str, _Turn] = {}
        self._turn = _Turn()

    @property
    def root(self) -> str:
        return self._inner.root

    def locate(self, path: str) -> str:
        return self._inner.locate(path)

    def begin_turn(self, turn_id: str) -> None:
        """What is changed from now on belongs to this turn. Changes before the first turn are nobody's
        and are not remembered."""
        self._turn = self._turns.setdefault(turn_id, _Turn())
        while len(self._turns) > TURNS_KEPT:
            del self._turns[next(iter(self._turns))]

    def changed(self, turn_id: str) -> list[str]:
        """Sorted paths of the files that the turn left different from how it found them."""
        turn = self._turns.get(turn_id)
        return sorted(path for path, change in turn.changes.items() if change.changes) if turn else []

    async def undo(self, turn_id: str | None = None) -> UndoReport:
        """Take a turn back, without ``turn_id`` the last one that changed something and is not undone yet.

        A file that is not as the turn left it is a conflict: it stays, and is told. A turn of which
        nothing could be restored for conflicts counts as not undone. Raises SmallCodeError for a turn that
        is unknown or undone already.
        """
        turn_id = self._last_undoable() if turn_id is None else turn_id
        if turn_id is None:
            return UndoReport(None)
        turn = self._turns.get(turn_id)
        if turn is None:
            raise SmallCodeError(f"There is no turn {turn_id} to undo.", "Undo the last one instead.")
        if turn.undone:
            raise SmallCodeError(f"The turn {turn_id} is undone already.", "Undo without naming a turn.")
        restored: list[str] = []
        conflicts: list[tuple[str, str]] = []
        for path, change in reversed(turn.changes.items()):
            try:
                reason = await self._restore(path, change, restored)
            except WorkspaceError as error:
                reason = str(error)
            if reason:
                conflicts.append((path, reason))
        turn.undone = bool(restored) or not conflicts
        return UndoReport(turn_id, tuple(sorted(restored)), tuple(sorted(conflicts)))

    async def read(self, path: str) -> Text:
        return await self._inner.read(path)

    async def apply_edit(self, edit: Edit) -> Text:
        path = self.locate(edit.path)
        turn = self._turn
        known = turn.changes.get(path)
        before = known.before if known else edit.base
        self._expect(turn, path, before, known, _state_of(edit.content))
        try:
            result = await self._inner.apply_edit(edit)
        except asyncio.CancelledError:
            raise  # It may still happen: both states stay possible.
        except BaseException:
            self._forget(turn, path, known)
            raise
        turn.changes[path] = _Change(before, (_state_of(result.content),))
        return result

    async def remove(self, base: Text) -> None:
        path = self.locate(base.path)
        turn = self._turn
        known = turn.changes.get(path)
        before = known.before if known else base
        self._expect(turn, path, before, known, None)
        try:
            await self._inner.remove(base)
        except asyncio.CancelledError:
            raise
        except BaseException:
            self._forget(turn, path, known)
            raise
        turn.changes[path] = _Change(before, (None,))

    async def files(self, under: str = "") -> Sequence[str]:
        return await self._inner.files(under)

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        return await self._inner.search(query)

    async def save(self) -> None:
        await self._inner.save()

    def _expect(
        self, turn: _Turn, path: str, before: Text | None, known: _Change | None, state: _State | None
    ) -> None:
        turn.changes[path] = _Change(before, (*(known.after if known else ()), state))

    def _forget(self, turn: _Turn, path: str, known: _Change | None) -> None:
        if known is None:
            del turn.changes[path]
        else:
            turn.changes[path] = known

    def _last_undoable(self) -> str | None:
        for turn_id, turn in reversed(self._turns.items()):
            if not turn.undone and any(change.changes for change in turn.changes.values()):
                return turn_id
        return None

    async def _restore(self, path: str, change: _Change, restored: list[str]) -> str:
        """Bring one file back and note it in ``restored``. Returns why it is a conflict, else ""."""
        current = await self._current(path)
        state = _state(current)
        if state == _state(change.before):
            return ""
        if not change.left(state):
            return "deleted since" if current is None else "changed since"
        before = change.before
        if before is None:
            if current is not None:
                await self._inner.remove(current)
        elif current is None:
            edits = minimal_edits("", before.content)
            edit = Edit(path, None, edits, before.content, before.bom, before.encoding)
            await self._inner.apply_edit(edit)
        else:
            edits = minimal_edits(current.content, before.content)
            await self._inner.apply_edit(Edit(path, current, edits, before.content))
        restored.append(path)
        return ""

    async def _current(self, path: str) -> Text | None:
        try:
            return await self._inner.read(path)
        except NoSuchFile:
            return None


def _state(text: Text | None) -> _State | None:
    return None if text is None else _state_of(text.content)


def _state_of(content: str) -> _State:
    without_end = content.removesuffix("\n").removesuffix("\r")
    return _State(Text("", content, "").digest, Text("", without_end, "").digest)
