"""The write guard: no text is changed that the model has not seen, and no change is made unasked.

Permission for edits is asked here and not by a governor. A governor judges a call by its arguments, before
the text is known that they meet; only this door holds the exact change, and what the user allows has to be
what happens. Every tool that writes passes through it, so that none can forget to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.excerpt import Excerpt, excerpt
from ..core.paths import needs_person
from ..core.seen import Seen, mask_of, named, stretches
from ..core.textdiff import apply_edits, line_changes, minimal_edits, split_lines, unified_diff
from ..errors import BatchFailed, PermissionDenied, SmallCodeError, StaleEdit, WorkspaceError, WriteRefused
from ..messages import Edit, SearchMatch, SearchQuery, Text
from ..ports import Approver, PermissionRequest, ShownText, Workspace
from .shown import ShownTexts

SHOWN_CHARS = 2000
"""Longest excerpt in a refusal; a file up to this size is shown whole."""

FEWEST_UNREAD = 10
"""Where at least so many lines were never shown, a change that drops most of these alone is refused too."""

_CONTEXT = 8


class WriteGuard:
    """A workspace around another one, for one session. Implements ``ports.GuardedWorkspace``.

    It remembers for each file the digest of the text that the model was shown last, and which of its lines.
    The digest decides and not ``Text.version``: a version that moves on while the text stays is no change,
    and a buffer that is opened again counts its versions from the start. A change of a file that was never
    shown, or whose text is another one now, is refused with WriteRefused, whose message holds the current
    text of the place. That text counts as shown, so that the next try is an informed one and passes; a
    change that would drop most of the file unread passes only once those lines were shown. New files need
    no guard.
    """

    def __init__(self, inner: Workspace, approver: Approver) -> None:
        self._inner = inner
        self._approver = approver
        self._shown = ShownTexts()

    @property
    def root(self) -> str:
        return self._inner.root

    @property
    def revision(self) -> int:
        return self._inner.revision

    def locate(self, path: str) -> str:
        return self._inner.locate(path)

    def shown(self, text: Text, first: int = 1, last: int | None = None) -> None:
        self._shown.note(text, first, last)

    def seen(self, text: Text) -> Seen:
        return self._shown.seen(text)

    def earlier(self, current: Text) -> Sequence[ShownText]:
        return self._shown.earlier(current)

    async def read(self, path: str) -> Text:
        """Reading alone does not count as shown: tools read more than they show."""
        return await self._inner.read(path)

    async def apply_edit(self, edit: Edit) -> Text:
        """As in the port; raises WriteRefused and PermissionDenied as well, and ValueError where the edits
        do not give the content: the user would be shown another change than the editor makes."""
        path = self._checked(edit)
        if edit.base is not None:
            await self._require_shown(path, edit.base, edit)
            if edit.content == edit.base.content:
                return await self._inner.read(path)
            self._require_read(path, edit.base, edit)
        await self._ask([_Change.of(path, edit)])
        result = await self._inner.apply_edit(edit)
        self._made(edit.base, result)
        return result

    async def apply_edits(self, edits: Sequence[Edit]) -> Sequence[Text]:
        changes = [_Change.of(self._checked(edit), edit) for edit in edits]
        if len({change.path for change in changes}) < len(changes):
            raise ValueError("A batch holds two edits of one file.")
        for edit in edits:
            if edit.base is not None:
                await self._require_current(edit.base)
        await self._ask(changes)
        made: list[tuple[Edit, Text]] = []
        for edit in edits:
            try:
                made.append((edit, await self._inner.apply_edit(edit)))
            except SmallCodeError as error:
                raise await self._broken_off(edit, error, made) from error
        for edit, result in made:
            self._made(edit.base, result)
        return [result for _, result in made]

    async def remove(self, base: Text) -> None:
        path = self.locate(base.path)
        await self._require_shown(path, base, None)
        await self._ask([_Change(path, base.content, None)])
        await self._inner.remove(base)
        self._shown.forget(path)

    async def files(self, under: str = "") -> Sequence[str]:
        return await self._inner.files(under)

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        return await self._inner.search(query)

    async def save(self) -> None:
        await self._inner.save()

    def _checked(self, edit: Edit) -> str:
        """The path. Raises ValueError for an edit whose parts disagree."""
        path = self.locate(edit.path)
        before = "" if edit.base is None else edit.base.content
        if apply_edits(before, edit.edits) != edit.content:
            raise ValueError(f"The edits of {path} do not lead to its new content.")
        return path

    def _made(self, base: Text | None, result: Text) -> None:
        if base is None:
            self.shown(result)
        else:
            self._shown.moved(base, result)

    async def _require_shown(self, path: str, base: Text, edit: Edit | None) -> None:
        current = await self._inner.read(path)
        if not self._shown.is_current(current):
            why = "changed since it was read" if self._shown.known(path) else "was not read yet"
            place = _place(current, edit)
            self.shown(current, place.first, place.last)
            raise WriteRefused(
                path,
                f"{path} {why}, so nothing was written.",
                "This is its current text; send the change again if it still fits.\n" + place.text,
            )
        if current.content != base.content:
            raise StaleEdit(path, f"{path} was changed after it was read.", "Read it again.")

    async def _require_current(self, base: Text) -> None:
        current = await self._inner.read(base.path)
        if current.content != base.content:
            raise StaleEdit(base.path, f"{base.path} was changed after it was read.", "Try it again.")

    def _require_read(self, path: str, base: Text, edit: Edit) -> None:
        """Refuse to drop, unread, more than half of the file, or of what the model has not seen of it: it
        writes the whole from the part that it knows."""
        seen = self._shown.seen(base).lines
        total = len(split_lines(base.content))
        dropped = 0
        for change in line_changes(base.content, edit.content):
            dropped |= mask_of(change.a0, change.a1)
        unread = dropped & ~seen
        count, never_shown = unread.bit_count(), (mask_of(0, total) & ~seen).bit_count()
        if 2 * count <= total and (never_shown < FEWEST_UNREAD or 2 * count <= never_shown):
            return
        first, _ = next(stretches(unread))
        # Nothing is shown here: a model that sends the same again and again would be shown the file piece by
        # piece, and get its way in the end.
        raise WriteRefused(
            path,
            f"{path} was not written: {named(unread)} would be lost, and you have not read them.",
            "Change the place that you mean with a smaller edit; to write the whole file, read these first "
            f"(read_file start_line={first + 1}).",
        )

    async def _ask(self, changes: Sequence[_Change]) -> None:
        """One question for all of them. Raises PermissionDenied."""
        request = PermissionRequest(
            kind="edit",
            title=changes[0].title if len(changes) == 1 else f"Edit {len(changes)} files",
            detail="".join(unified_diff(change.path, change.old, change.new) for change in changes),
            protected=any(needs_person(change.path) for change in changes),
        )
        if await self._approver.ask(request) not in {"allow_once", "allow_always"}:
            what = changes[0].path if len(changes) == 1 else f"{len(changes)} files"
            raise PermissionDenied(
                f"The change of {what} was not allowed; nothing was written.",
                "Do not try it again unless the user asks for it.",
            )

    async def _broken_off(
        self, failed: Edit, error: SmallCodeError, made: Sequence[tuple[Edit, Text]]
    ) -> BatchFailed:
        """Take back what a batch has changed so far; the error that says what became of it."""
        kept: list[str] = []
        for edit, result in reversed(made):
            try:
                await self._take_back(edit, result)
            except WorkspaceError:
                kept.append(result.path)
                self._made(edit.base, result)
        return BatchFailed(self.locate(failed.path), error, tuple(sorted(kept)))

    async def _take_back(self, edit: Edit, result: Text) -> None:
        if edit.base is None:
            await self._inner.remove(result)
            return
        back = minimal_edits(result.content, edit.base.content)
        await self._inner.apply_edit(Edit(result.path, result, back, edit.base.content))


@dataclass(frozen=True, slots=True)
class _Change:
    """``old`` is None for a file that is made, ``new`` for one that is deleted."""

    path: str
    old: str | None
    new: str | None

    @classmethod
    def of(cls, path: str, edit: Edit) -> _Change:
        return cls(path, None if edit.base is None else edit.base.content, edit.content)

    @property
    def title(self) -> str:
        verb = "Create" if self.old is None else "Delete" if self.new is None else "Edit"
        return f"{verb} {self.path}"


def _place(text: Text, edit: Edit | None) -> Excerpt:
    """The lines around a change."""
    first, last = 0, len(split_lines(text.content))
    if len(text.content) > SHOWN_CHARS and edit is not None and edit.edits:
        # The edit counts in its base, which is the current text but for a change in these moments.
        first = _line_of(text.content, edit.edits[0].start) - _CONTEXT
        last = _line_of(text.content, edit.edits[-1].end) + 1 + _CONTEXT
    return excerpt(text, first, last, SHOWN_CHARS)


def _line_of(content: str, offset: int) -> int:
    """The line that holds an offset, counted from 0."""
    return len(split_lines(content[:offset] + ".")) - 1
