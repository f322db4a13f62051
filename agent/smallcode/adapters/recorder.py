"""What one turn changes, kept before and noted after each change."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ..core.turnlog import (
    Began,
    Ended,
    Found,
    Intended,
    Left,
    Record,
    State,
    Turn,
    form_of,
    snapshot,
    state_at,
    state_of,
    text_bytes,
)
from ..errors import DiskFailed, EditRejected, NoSuchFile, NotAFile, SmallCodeError, WorkspaceError
from ..messages import Edit, FileState, Text
from ..ports import RestorableWorkspace
from .blocking import to_its_end
from .snapshots import Snapshots, printable

log = logging.getLogger(__name__)

T = TypeVar("T")

REMEDY = "Free some space there and check its permissions."


class Recorder:
    """Makes the changes of one turn in ``inner``. Before the first change of a file its content is with
    ``snapshots``, for good; a change whose snapshot cannot be kept is not made. Nothing is kept of a turn
    that changes nothing."""

    def __init__(self, inner: RestorableWorkspace, snapshots: Snapshots, began: Began) -> None:
        self._inner = inner
        self._snapshots = snapshots
        self._turn = Turn(began)
        self._is_open = False
        self._changing = asyncio.Lock()

    def end(self) -> None:
        """The turn has come to its end. A turn that is never told so was cut off."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            self._snapshots.note(self._turn.id, Ended(time.time()))
        except OSError as error:
            log.warning(
                "The end of turn %s cannot be noted in %s: %s", self._turn.id, self._snapshots.where, error
            )
        self._snapshots.close(self._turn.id)

    async def apply_edit(self, edit: Edit) -> Text:
        path = self._inner.locate(edit.path)
        form = form_of(edit.encoding, bom=edit.bom)
        return await self._change(path, edit.base, edit.content, form, lambda: self._inner.apply_edit(edit))

    async def remove(self, base: Text) -> None:
        path = self._inner.locate(base.path)
        await self._change(path, base, None, "", lambda: self._inner.remove(base))

    async def _change(
        self,
        path: str,
        base: Text | None,
        content: str | None,
        new_form: str,
        make: Callable[[], Awaitable[T]],
    ) -> T:
        """Keep what stands there, then make the change and note what came of it. ``new_form`` is that of a
        file that the change makes."""
        async with self._changing:
            found = None if self._follows(path, base) else await self._inner.capture(path)
            form = self._form(path, base, found, new_form)
            earlier = None if found is not None else self._turn.files[path][-1]
            to = None if content is None else state_of(content, form)
            await to_its_end(path, lambda: self._keep(path, found, to, content))
            try:
                result = await make()
            except (asyncio.CancelledError, EditRejected):
                raise  # It may have happened all the same, in part or yet to come: both states stay possible.
            except SmallCodeError as error:
                if not isinstance(error, DiskFailed) or await self._stands(path, base):
                    await self._note(
                        Left(path, earlier.after, earlier.removed) if earlier else Left(path, ())
                    )
                raise
            removed = content is None or (earlier is not None and earlier.removed)
            state = state_of(result.content, form) if isinstance(result, Text) else None
            spare = result.content if isinstance(result, Text) and result.content != content else None
            await self._note(Left(path, (state,), removed), spare)
            return result

    def _keep(self, path: str, found: FileState | None, to: State | None, content: str | None) -> None:
        """Blocks. Raises DiskFailed."""
        _require_unicode(path)
        records: list[Record] = []
        contents: list[bytes] = []
        if found is not None:
            before, contents = snapshot(found)
            records.append(Found(path, before))
        records.append(Intended(path, to))
        spare = None if content is None else text_bytes(content)
        try:
            if not self._is_open:
                self._snapshots.open(self._turn.began)
                self._is_open = True
            self._snapshots.record(self._turn.id, records, contents, spare)
        except OSError as error:
            where, reason = self._snapshots.where, error.strerror or error
            raise DiskFailed(
                path, f"{path} was not changed: its snapshot cannot be kept in {where}: {reason}.", REMEDY
            ) from error
        for record in records:
            self._turn.add(record)

    async def _note(self, left: Left, spare: str | None = None) -> None:
        self._turn.add(left)
        content = None if spare is None else text_bytes(spare)
        try:
            await to_its_end(left.path, lambda: self._snapshots.note(self._turn.id, left, content))
        except (OSError, DiskFailed) as error:
            # Without the note one state more stays possible; the change itself stands.
            log.warning("A note on %s cannot be kept in %s: %s", left.path, self._snapshots.where, error)

    async def _stands(self, path: str, base: Text | None) -> bool:
        """Whether the file is as it was before a change that failed."""
        try:
            current = await self._inner.read(path)
        except NoSuchFile:
            return base is None
        except WorkspaceError:
            return False
        return base is not None and current.content == base.content

    def _follows(self, path: str, base: Text | None) -> bool:
        """Whether the change comes right after the turn's last one of this file, nobody's in between."""
        segments = self._turn.files.get(path)
        return segments is not None and segments[-1].left(None if base is None else state_of(base.content))

    def _form(self, path: str, base: Text | None, found: FileState | None, new_form: str) -> str:
        """The form of the file that the change leaves."""
        if found is not None:
            if found.buffer is not None:
                return ""
            state = state_at(found)
            return new_form if state is None else state.form
        if base is None:
            return new_form
        last = self._turn.files[path][-1]
        known = [state for state in (last.before.state, *last.after) if state is not None]
        return known[-1].form if known else new_form


def _require_unicode(path: str) -> None:
    """Raises NotAFile."""
    if printable(path) != path:
        raise NotAFile(path, f"The name {printable(path)} is no Unicode, so it is not written.", "Rename it.")
