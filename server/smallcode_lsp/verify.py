"""What became of an edit, told by the texts alone: an editor's word on it is only a hint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from smallcode.core.textdiff import minimal_edits
from smallcode.messages import TextEdit

Verdict = Literal["made", "made_among_others", "missing", "overtaken", "different"]


def judge(before: str, wanted: str, actual: str) -> Verdict:
    """Whether the change from ``before`` to ``wanted`` can be seen in ``actual``.

    - made: ``actual`` is ``wanted``, but perhaps for line ends and the final one, which editors keep uniform.
    - made_among_others: the edit is there, and other places changed too: somebody typed meanwhile.
    - missing: ``actual`` is ``before``.
    - overtaken: only other places changed, so that the edit was dropped as stale.
    - different: the edit's own places hold something else.
    """
    if actual == wanted:
        return "made"
    if actual == before:
        return "missing"
    old, new, now = _uniform(before), _uniform(wanted), _uniform(actual)
    if old == new:
        return "different"
    if now == new:
        return "made"
    ours = minimal_edits(old, new)
    since = minimal_edits(old, now)
    if not any(_touch(edit, other) for edit in ours for other in since):
        return "overtaken"
    beyond = minimal_edits(new, now)
    kept = not any(_touch(edit, other) for edit in _after(ours) for other in beyond)
    seen = all(any(_touch(edit, other) for other in since) for edit in ours)
    return "made_among_others" if kept and seen else "different"


def _uniform(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


def _after(edits: Sequence[TextEdit]) -> Iterable[TextEdit]:
    """The places that the edits have in the text they made."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield TextEdit(start, start + len(edit.new), edit.new)
        shift += len(edit.new) - (edit.end - edit.start)


def _touch(one: TextEdit, other: TextEdit) -> bool:
    """Neighbours count as touching: a deletion leaves no more than the place between two characters."""
    return one.start <= other.end and other.start <= one.end
