"""What changed between two texts, told to the tree of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.textdiff import common_prefix

if TYPE_CHECKING:
    from tree_sitter import Tree

# The first two bits of a byte that continues a character in UTF-8.
_CONTINUES, _MASK = 0x80, 0xC0


def edited(tree: Tree, old: bytes, new: bytes) -> Tree:
    """A copy of the tree that knows of one edit, from the first to the last byte that differs. ``tree``
    itself stays as it is."""
    start = common_prefix(old, new)
    while start and (_continues(old, start) or _continues(new, start)):
        start -= 1
    same = common_prefix(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - same, len(new) - same
    while old_end < len(old) and _continues(old, old_end):
        old_end, new_end = old_end + 1, new_end + 1
    copy = tree.copy()
    copy.edit(start, old_end, new_end, _point(old, start), _point(old, old_end), _point(new, new_end))
    return copy


def _continues(text: bytes, place: int) -> bool:
    return place < len(text) and text[place] & _MASK == _CONTINUES


def _point(text: bytes, byte: int) -> tuple[int, int]:
    return text.count(b"\n", 0, byte), byte - (text.rfind(b"\n", 0, byte) + 1)
