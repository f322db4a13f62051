"""The write guard: no text is changed that the model has not seen, and no change is made unasked.

Permission for edits is asked here and not by a governor. A governor judges a call by its arguments, before
the text is known that they meet; only this door holds the exact change, and what the user allows has to be
what happens. Every tool that writes passes through it, so that none can forget to ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.paths import needs_person
from ..core.textdiff import apply_edits, split_lines, unified_diff
from ..errors import PermissionDenied, StaleEdit, WriteRefused
from ..messages import Edit, SearchMatch, SearchQuery, Text
from ..ports import Approver, PermissionRequest, Workspace

SHOWN_CHARS = 2000
"""Longest excerpt in a refusal; a file up to this size is shown whole."""

_CONTEXT = 8


class WriteGuard:
    """A workspace around another one, for one session. Implements ``ports.GuardedWorkspace``.

    It remembers for each file the digest of the text that the model was shown last. The digest decides and
    not ``Text.version``: a version that moves on while the text stays is no change, and a buffer that is
    opened again counts its versions from the start. A change of a file that was never shown, or whose text
    is another one now, is refused with WriteRefused, whose message holds the current text of the place.
    That text counts as shown, so that the next try is an informed one and passes. New files need no guard.
    """

    def __init__(self, inner: Workspace, approver: Approver) -> None:
        self._inner = inner
        self._approver = approver
        self._shown: dict[str, str] = {}

    @property
    def root(self) -> str:
        return self._inner.root

    def locate(self, path: str) -> str:
        return self._inner.locate(path)

    def shown(self, text: Text) -> None:
        self._shown[text.path] = text.digest

    async def read(self, path: str) -> Text:
        """Reading alone does not count as shown: tools read more than they show."""
        return await self._inner.read(path)

    async def apply_edit(self, edit: Edit) -> Text:
        """As in the port; raises WriteRefused and PermissionDenied as well, and ValueError where the edits
        do not give the content: the user would be shown another change than the editor makes."""
        path = self.locate(edit.path)
        before = "" if edit.base is None else edit.base.content
        if apply_edits(before, edit.edits) != edit.content:
            raise ValueError(f"The edits of {path} do not lead to its new content.")
        if edit.base is not None:
            await self._require_shown(path, edit.base, edit)
            if edit.content == before:
                return await self._inner.read(path)
        await self._ask(path, None if edit.base is None else before, edit.content)
        result = await self._inner.apply_edit(edit)
        self.shown(result)
        return result

    async def remove(self, base: Text) -> None:
        path = self.locate(base.path)
        await self._require_shown(path, base, None)
        await self._ask(path, base.content, None)
        await self._inner.remove(base)
        self._shown.pop(path, None)

    async def files(self, under: str = "") -> Sequence[str]:
        return await self._inner.files(under)

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        return await self._inner.search(query)

    async def save(self) -> None:
        await self._inner.save()

    async def _require_shown(self, path: str, base: Text, edit: Edit | None) -> None:
        current = await self._inner.read(path)
        seen = self._shown.get(path)
        if current.digest != seen:
            self.shown(current)
            why = "was not read yet" if seen is None else "changed since it was read"
            raise WriteRefused(
                path,
                f"{path} {why}, so nothing was written.",
                "This is its current text; send the change again if it still fits.\n"
                + _excerpt(current, edit),
            )
        if current.content != base.content:
            raise StaleEdit(path, f"{path} was changed after it was read.", "Read it again.")

    async def _ask(self, path: str, old: str | None, new: str | None) -> None:
        """Raises PermissionDenied."""
        verb = "Create" if old is None else "Delete" if new is None else "Edit"
        request = PermissionRequest(
            kind="edit",
            title=f"{verb} {path}",
            detail=unified_diff(path, old, new),
            protected=needs_person(path),
        )
        if await self._approver.ask(request) not in {"allow_once", "allow_always"}:
            raise PermissionDenied(
                f"The change of {path} was not allowed; nothing was written.",
                "Do not try it again unless the user asks for it.",
            )


def _excerpt(text: Text, edit: Edit | None) -> str:
    """The lines around the change, under their file and line numbers; no gutter, so that the model can
    copy from it."""
    lines = split_lines(text.content)
    if not lines:
        return f"{text.path} is empty."
    first, last = 0, len(lines)
    if len(text.content) > SHOWN_CHARS and edit is not None and edit.edits:
        # The edit counts in its base, which is the current text but for a change in these moments.
        first = _line_of(text.content, edit.edits[0].start) - _CONTEXT
        last = _line_of(text.content, edit.edits[-1].end) + 1 + _CONTEXT
    first, last = max(first, 0), min(last, len(lines))
    kept, size = first, 0
    while kept < last and size + len(lines[kept]) <= SHOWN_CHARS:
        size += len(lines[kept])
        kept += 1
    body = "".join(lines[first:kept]) if kept > first else "".join(lines[first : first + 1])[:SHOWN_CHARS]
    missing = f"\n… {last - kept} more lines" if kept < last else ""
    end = max(kept, first + 1)
    return f"{text.path}, lines {first + 1}-{end} of {len(lines)}:\n{body}{missing}"


def _line_of(content: str, offset: int) -> int:
    """The line that holds an offset, counted from 0."""
    return len(split_lines(content[:offset] + ".")) - 1
