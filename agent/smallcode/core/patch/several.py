"""Several replacements in one file at once: all of them or none.

Each old text is sought in the text as it is before any of them, where it has to be unique, and no two of them
may change the same characters: so their order does not matter, and no replacement can be found in what
another one has put there. Only an old text that is nowhere in that text, and is exactly what earlier ones
have made, is sought there, in the order given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from ...messages import TextEdit
from ..line_ends import to_lf
from ..textdiff import apply_edits, minimal_edits
from .engine import LENIENT, apply_patch
from .results import Miss, Patched


def apply_patches(
    text: str, pairs: Sequence[tuple[str, str]], newline: str = "\n", disable: Collection[str] = ()
) -> Patched | Miss:
    """Put the second of each pair for the first. Edits ascend and do not overlap. A change that is there
    already is passed over; where all are, that is what the Miss says. Never raises."""
    if not pairs:
        return Miss("There is no edit. Give old_str and new_str.")
    distinct = list(dict.fromkeys(pairs))
    if len(distinct) == 1:
        return apply_patch(text, *distinct[0], newline, disable)
    results = [apply_patch(text, old, new, newline, disable) for old, new in distinct]
    edits: list[TextEdit] = []
    done: list[Patched] = []
    later: list[int] = []
    for index, result in enumerate(results):
        if isinstance(result, Patched):
            edits += result.edits
            done.append(result)
        elif not result.already:
            old = distinct[index][0]
            if result.ambiguous_at or not old.strip() or to_lf(old) in to_lf(text):
                return _named(result, index, len(distinct))
            later.append(index)
    edits.sort(key=lambda edit: (edit.start, edit.end))
    clash = _clash(edits)
    if clash is not None:
        return Miss(
            f"Nothing was changed: two edits change line {to_lf(text[: clash.start]).count(chr(10)) + 1}. "
            "Make one edit of them."
        )
    if not edits and not later:
        return replace(_first_miss(results), ambiguous_at=())
    changed = apply_edits(text, edits)
    return _after(text, changed, [(index, distinct[index]) for index in later], results, newline) or Patched(
        changed, tuple(edits), _how(done)
    )


def _after(
    text: str,
    changed: str,
    pairs: Sequence[tuple[int, tuple[str, str]]],
    results: Sequence[Patched | Miss],
    newline: str,
) -> Patched | Miss | None:
    """The pairs whose old text is what others have made; None where there are none."""
    exact_alone = [tier.how for tier in LENIENT if tier.how != "line endings"]
    done = [result for result in results if isinstance(result, Patched)]
    for index, (old, new) in pairs:
        result = apply_patch(changed, old, new, newline, exact_alone)
        first = results[index]
        if isinstance(result, Miss) or not isinstance(first, Miss):
            return _named(first if isinstance(first, Miss) else Miss(""), index, len(results))
        done.append(result)
        changed = result.text
    return Patched(changed, minimal_edits(text, changed), _how(done)) if pairs else None


def _clash(edits: Sequence[TextEdit]) -> TextEdit | None:
    """The second of two edits that overlap, or that put text at the same offset."""
    for one, other in pairwise(edits):
        if other.start < one.end or other.start == one.start:
            return other
    return None


def _first_miss(results: Sequence[Patched | Miss]) -> Miss:
    return next(result for result in results if isinstance(result, Miss))


def _named(miss: Miss, index: int, count: int) -> Miss:
    return replace(miss, reason=f"Edit {index + 1} of {count} does not fit, so none was made. {miss.reason}")


def _how(done: Sequence[Patched]) -> str:
    """The tiers that any of them needed."""
    hows = dict.fromkeys(how for result in done for how in result.how.split(", ") if how != "exact")
    return ", ".join(hows) or "exact"
