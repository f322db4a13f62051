"""What the model was shown of each file: the version, the lines, and a few earlier versions."""

from __future__ import annotations

from ..core.seen import Seen
from ..core.textdiff import line_changes, split_lines
from ..messages import Text
from ..ports import ShownText

VERSIONS_KEPT = 4
"""Versions of one file that are remembered, the present one included."""

MOST_CHARS = 4_000_000
"""Characters of all texts that are kept; the files shown longest ago give theirs up first."""


class ShownTexts:
    """Versions are told apart by the digest of their text, for the reasons that the write guard gives."""

    def __init__(self) -> None:
        # By path, the file shown longest ago first; of each its versions, oldest first.
        self._files: dict[str, list[ShownText]] = {}

    def note(self, text: Text, first: int, last: int | None) -> None:
        """Lines ``first`` to ``last`` of ``text``, counted from 1, are shown; None is the last line."""
        end = max(len(split_lines(text.content)), 1) if last is None else last
        self._put(ShownText(text, self.seen(text).shown(first, end)))

    def known(self, path: str) -> bool:
        return path in self._files

    def is_current(self, text: Text) -> bool:
        """Whether the version shown last is ``text``."""
        versions = self._files.get(text.path)
        return versions is not None and versions[-1].text.digest == text.digest

    def seen(self, text: Text) -> Seen:
        """Which lines of ``text`` the model knows; none of another version than the one shown last."""
        return self._files[text.path][-1].seen if self.is_current(text) else Seen()

    def moved(self, before: Text, after: Text) -> None:
        """The model itself made ``after`` of ``before``: what it knew it still knows, and what it wrote."""
        changes = line_changes(before.content, after.content)
        seen = self.seen(before).after(changes, len(split_lines(before.content)))
        self._put(ShownText(after, seen))

    def earlier(self, current: Text) -> tuple[ShownText, ...]:
        """The versions of the file with another text than ``current``, newest first."""
        versions = self._files.get(current.path, [])
        return tuple(one for one in reversed(versions) if one.text.content != current.content)

    def forget(self, path: str) -> None:
        self._files.pop(path, None)

    def _put(self, newest: ShownText) -> None:
        path = newest.text.path
        versions = self._files.pop(path, [])
        others = [one for one in versions if one.text.digest != newest.text.digest]
        self._files[path] = [*others, newest][-VERSIONS_KEPT:]
        room = MOST_CHARS - sum(len(one.text.content) for kept in self._files.values() for one in kept)
        for other in list(self._files):
            if room >= 0:
                break
            # The present version stays: without it, the file would count as never shown.
            room += sum(len(one.text.content) for one in self._files[other][:-1])
            del self._files[other][:-1]
