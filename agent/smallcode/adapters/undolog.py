"""The undo log: what each turn found and what it left, so that a turn can be taken back as a whole."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..core.textdiff import minimal_edits
from ..core.turnlog import Accepted, Began, Segment, Turn, Undone
from ..core.undo import Conflict, plan
from ..errors import DiskFailed, SmallCodeError, WorkspaceError
from ..messages import Edit, SearchMatch, SearchQuery, Text
from ..ports import RestorableWorkspace
from .blocking import with_deadline
from .memory import MemorySnapshots
from .recorder import REMEDY, Recorder
from .snapshots import Kept, Snapshots, printable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UndoReport:
    """``turn_id`` is None where there was nothing to undo. Nothing was changed in a file that is listed
    under ``conflicts``."""

    turn_id: str | None
    restored: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class UndoLog:
    """A workspace around another one that keeps what stood there before each change. Implements
    ``ports.Workspace``.

    It stands below the write guard, so that what is undone asks no permission: the user asks for it. Without
    ``snapshots`` what was found is kept in memory.
    """

    def __init__(
        self, inner: RestorableWorkspace, snapshots: Snapshots | None = None, session_id: str = ""
    ) -> None:
        self._inner = inner
        self._snapshots = MemorySnapshots() if snapshots is None else snapshots
        self._session_id = session_id
        self._recorder: Recorder | None = None

    @property
    def root(self) -> str:
        return self._inner.root

    @property
    def revision(self) -> int:
        return self._inner.revision

    def locate(self, path: str) -> str:
        return self._inner.locate(path)

    # --- turns -------------------------------------------------------------------------------------------

    def begin_turn(self, turn_id: str) -> None:
        """What is changed from now on belongs to this turn. Changes before the first turn are nobody's
        and are not remembered."""
        self.end_turn()
        began = Began(turn_id, self._session_id, printable(self.root), time.time())
        self._recorder = Recorder(self._inner, self._snapshots, began)

    def end_turn(self) -> None:
        """The turn under way has come to its end."""
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            recorder.end()

    async def turns(self) -> list[Kept]:
        """The turns of this folder, whoever's they were, oldest first. Raises DiskFailed."""
        return await self._blocking(lambda: self._snapshots.turns(self.root))

    async def last(self, session_id: str | None = None) -> str | None:
        """The newest turn that changed something and is not undone yet, of one session or of any; None
        where there is none. Raises DiskFailed."""
        for kept in reversed(await self.turns()):
            ours = session_id in (None, kept.turn.began.session)
            if ours and kept.turn.undoable and not kept.under_way:
                return kept.turn.id
        return None

    async def accept(self, turn_id: str) -> None:
        """Keep what a turn that was cut off did: it is not offered again. It can be undone all the same.
        Raises SmallCodeError for a turn that is unknown or under way."""

        def work() -> Turn:
            with self._snapshots.held(self.root, turn_id) as turn:
                self._snapshots.record(turn.id, [Accepted()])
                return turn

        turn = await self._blocking(work)
        for path in turn.files:
            with contextlib.suppress(WorkspaceError):
                await self._inner.capture(path)  # Removes what the cut off write has left beside the file.

    async def undo(self, turn_id: str | None = None) -> UndoReport:
        """Take a turn back, without ``turn_id`` this session's last one that can be.

        What somebody changed since stays, where it does not touch what the turn changed; a file where it
        does is a conflict: it stays, and is told. A turn of which nothing could be restored for conflicts
        counts as not undone. Raises SmallCodeError for a turn that is unknown, under way or undone already,
        DiskFailed.
        """
        self.end_turn()
        turn_id = await self.last(self._session_id) if turn_id is None else turn_id
        if turn_id is None:
            return UndoReport(None)
        holding = self._snapshots.held(self.root, turn_id)
        turn = await self._blocking(holding.__enter__)
        try:
            return await self._undo(turn)
        finally:
            holding.__exit__(None, None, None)

    async def _undo(self, turn: Turn) -> UndoReport:
        if turn.closed and not turn.remaining():
            raise SmallCodeError(f"The turn {turn.id} is undone already.", "Undo without naming a turn.")
        changed = set(turn.remaining())
        restored: list[str] = []
        conflicts: list[Conflict] = []
        for path in reversed([one for one in turn.files if one not in turn.undone]):
            try:
                outcome = await self._restore(path, turn.files[path])
            except WorkspaceError as error:
                outcome = Conflict(path, str(error))
            if isinstance(outcome, Conflict):
                conflicts.append(outcome)
            elif outcome and path in changed:
                restored.append(path)
        left_alone = {conflict.path for conflict in conflicts}
        done = Undone(
            tuple(path for path in turn.files if path not in left_alone), bool(restored) or not conflicts
        )
        await self._blocking(lambda: self._snapshots.record(turn.id, [done]))
        conflicts.sort(key=lambda conflict: conflict.path)
        return UndoReport(turn.id, tuple(sorted(restored)), tuple(conflicts))

    async def _restore(self, path: str, segments: Sequence[Segment]) -> bool | Conflict:
        """Bring one file back. Whether there was something to do. Raises WorkspaceError."""
        current = await self._inner.capture(path)
        steps = await with_deadline(path, lambda: plan(path, segments, current, self._snapshots.load))
        if isinstance(steps, Conflict):
            return steps
        if steps.disk is not None:
            await self._inner.restore(current, steps.disk)
        text = current.buffer or ""
        base = Text(path, text, "")
        if steps.remove:
            await self._inner.remove(base)
        if steps.text is not None:
            await self._inner.apply_edit(Edit(path, base, minimal_edits(text, steps.text), steps.text))
        return not steps.empty

    async def _blocking(self, work: Callable[[], T]) -> T:
        """Raises DiskFailed."""
        where = self._snapshots.where
        try:
            return await with_deadline(where, work)
        except OSError as error:
            raise DiskFailed(
                where, f"The snapshots in {where} cannot be used: {error.strerror or error}.", REMEDY
            ) from error

    # --- the workspace -----------------------------------------------------------------------------------

    async def apply_edit(self, edit: Edit) -> Text:
        """As in the port. Raises DiskFailed where the snapshot cannot be kept; nothing is changed then."""
        return await (self._recorder or self._inner).apply_edit(edit)

    async def remove(self, base: Text) -> None:
        await (self._recorder or self._inner).remove(base)

    async def read(self, path: str) -> Text:
        return await self._inner.read(path)

    async def files(self, under: str = "") -> Sequence[str]:
        return await self._inner.files(under)

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        return await self._inner.search(query)

    async def save(self) -> None:
        await self._inner.save()
