"""What to do about edits that fail: of one problem that comes back, and of one file that takes no edit.

The numbers are those of the system this one follows: the second and third try at another temperature, then a
smaller step; four failures or six tries on one file are a spiral.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..messages import Problem
from .rewriting import SMALL_FILE_LINES

Strategy = Literal["one_error_at_a_time", "rewrite_section", "extract_function", "split_file"]

SHIFTS = (-0.15, 0.15)
"""Of the temperature, after the first and the second failure of the same thing; then none."""

FAILURES_BEFORE_DECOMPOSING = 2
SPIRAL_FAILURES = 4
SPIRAL_ATTEMPTS = 6
FAILURES_AFTER_SPIRAL = 2
"""How often the way out of a spiral may fail before the turn is stopped."""

LONG_SECTION_LINES = 80
LONG_FILE_LINES = 300

_MISS = "the place was not found"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Failure:
    """An edit that did not come to a good end. ``key`` is the same for the same problem; ``errors`` is how
    many there are, 0 for a miss; ``lines`` is how long the file is, or as far as that is known; ``first`` and
    ``last`` are the lines of the errors."""

    key: str
    errors: int
    lines: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What was tried on one file since an edit of it last succeeded. ``same`` counts the failures by their
    key, ``told`` are the strategies named so far, ``spiral_at`` is the number of failures at which the way
    out was named, 0 for not yet."""

    attempts: int = 0
    failures: int = 0
    same: tuple[tuple[str, int], ...] = ()
    told: tuple[Strategy, ...] = ()
    spiral_at: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """``hint`` is for the model, "" for none; ``shift`` of the temperature is for its next reply; ``stop``
    says why the turn should end, "" where it goes on."""

    record: FileRecord = field(default_factory=FileRecord)
    hint: str = ""
    shift: float = 0.0
    stop: str = ""


def missed(lines: int) -> Failure:
    return Failure(_MISS, 0, lines)


def with_errors(problems: Sequence[Problem]) -> Failure:
    """The errors that a change left in one file, at least one. Numbers and quoted names are no part of the
    key: they change with every try while the mistake is the same."""
    keys = sorted({_NUMBER.sub("0", _QUOTED.sub("''", problem.message)).strip() for problem in problems})
    lines = [problem.line for problem in problems]
    return Failure("\n".join(keys), len(problems), max(lines), min(lines), max(lines))


def decide(path: str, record: FileRecord, failure: Failure | None) -> Decision:
    """After one more edit of ``path``; ``failure`` is None where it succeeded."""
    if failure is None:
        return Decision()
    counts = dict(record.same)
    times = counts[failure.key] = counts.get(failure.key, 0) + 1
    record = replace(
        record, attempts=record.attempts + 1, failures=record.failures + 1, same=tuple(counts.items())
    )
    shift = SHIFTS[times - 1] if times <= len(SHIFTS) else 0.0
    if record.spiral_at:
        stop = record.failures - record.spiral_at >= FAILURES_AFTER_SPIRAL
        return Decision(record, shift=shift, stop=_stopped(path, record) if stop else "")
    if record.failures >= SPIRAL_FAILURES or record.attempts >= SPIRAL_ATTEMPTS:
        record = replace(record, spiral_at=record.failures)
        return Decision(record, _way_out(path, failure), shift)
    if times < FAILURES_BEFORE_DECOMPOSING:
        return Decision(record, shift=shift)
    way = strategy(failure, record.told)
    if way is None:
        return Decision(record, shift=shift)
    return Decision(replace(record, told=(*record.told, way)), _HINTS[way].format(path=path), shift)


def refused(record: FileRecord) -> FileRecord:
    """An edit that was not let through is a try, but no failure of the edit."""
    return replace(record, attempts=record.attempts + 1)


def strategy(failure: Failure, told: Collection[Strategy]) -> Strategy | None:
    """The next smaller step that fits and was not named yet: errors one by one where there are several, then
    the section anew, then a smaller section, and only in a long file another file."""
    fitting: dict[Strategy, bool] = {
        "one_error_at_a_time": failure.errors > 1,
        "rewrite_section": True,
        "extract_function": failure.errors > 0 and failure.lines > LONG_SECTION_LINES,
        "split_file": failure.errors > 0 and failure.lines > LONG_FILE_LINES,
    }
    return next((way for way, fits in fitting.items() if fits and way not in told), None)


_HINTS: dict[Strategy, str] = {
    "one_error_at_a_time": (
        "The same errors came back. Mend the first one alone, with one small change of {path}, and look at "
        "the result before the next."
    ),
    "rewrite_section": (
        "The same thing failed again. Read the whole function in {path}, think what it should do, and "
        "replace all of it with one patch."
    ),
    "extract_function": (
        "This keeps failing. Put the part of {path} that is hard into a small new function, get that right, "
        "then call it."
    ),
    "split_file": (
        "This keeps failing. Put the new code into a small new file, get that right, and use it in {path}."
    ),
}


def _way_out(path: str, failure: Failure) -> str:
    if failure.lines <= SMALL_FILE_LINES and failure.errors == 0:
        return (
            f"Edits of {path} keep failing. Do not patch it again: read all of it, then write the whole file "
            "once with write_file, every line."
        )
    where = f" around lines {failure.first}-{failure.last}" if failure.last else ""
    return (
        f"Edits of {path} keep failing. Stop making small ones: read the whole region{where} again, then "
        "replace all of it with one patch whose old_str is copied from what you read."
    )


def _stopped(path: str, record: FileRecord) -> str:
    worst = max(record.same, key=lambda pair: pair[1])[0].partition("\n")[0]
    return (
        f"{record.failures} edits of {path} failed in a row, and so did another way of making them. "
        f"What came back most: {worst}."
    )
