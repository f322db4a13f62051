"""What was tried in a task, what worked and what failed: compact records, kept with the session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Outcome = Literal["worked", "failed", "refused"]

MOST_RECORDS = 200
"""Of a session; the oldest go first."""

TASK_CHARS, WHAT_CHARS, WHY_CHARS = 80, 60, 100
SHOWN = 4
"""Of each outcome in a summary, the newest."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was tried for ``task``, ``times`` in a row. ``why`` is the first line of a failure."""

    task: str
    what: str
    outcome: Outcome
    why: str = ""
    times: int = 1


@dataclass(slots=True)
class Evidence:
    """Records of a session, the oldest first, and the number of successful looks of each task, which are
    counted and not listed."""

    records: list[Record] = field(default_factory=list)
    looks: dict[str, int] = field(default_factory=dict)

    def note(self, task: str, what: str, outcome: Outcome, why: str = "", *, look: bool = False) -> None:
        """One more call. The same thing with the same outcome again only counts up."""
        task = _line(task, TASK_CHARS)
        if look and outcome == "worked":
            self.looks[task] = self.looks.get(task, 0) + 1
            return
        new = Record(task, _line(what, WHAT_CHARS), outcome, _line(why, WHY_CHARS))
        last = self.records[-1] if self.records else None
        if last and (last.task, last.what, last.outcome) == (new.task, new.what, new.outcome):
            self.records[-1] = replace(new, times=last.times + 1)
            return
        self.records.append(new)
        del self.records[:-MOST_RECORDS]

    def of(self, task: str) -> list[Record]:
        return [one for one in self.records if one.task == _line(task, TASK_CHARS)]


def summary(evidence: Evidence, task: str, left: Iterable[str] = ()) -> str:
    """What was tried for a task and what is left of it, in a few lines; "" where nothing was done. Of a
    thing that failed and worked later only the success is told."""
    records = evidence.of(task)
    looks = evidence.looks.get(_line(task, TASK_CHARS), 0)
    last = {one.what: one for one in records}
    lines = [
        *_listed("Worked", [one for one in last.values() if one.outcome == "worked"]),
        *_listed("Failed", [one for one in last.values() if one.outcome == "failed"]),
        *_listed("Refused", [one for one in last.values() if one.outcome == "refused"]),
    ]
    if looks:
        lines.append(f"Looks at files: {looks}.")
    if still := ", ".join(left):
        lines.append(f"Left: {still}.")
    return "\n".join(lines)


def render(evidence: Evidence) -> str:
    """All records, by task, for people."""
    rows: list[str] = []
    for task in dict.fromkeys([*(one.task for one in evidence.records), *evidence.looks]):
        rows.append(f"{task}:")
        rows += [f"  {one.outcome}: {_told(one)}" for one in evidence.of(task)]
        if looks := evidence.looks.get(task):
            rows.append(f"  looks: {looks}")
    return "\n".join(rows)


def _listed(word: str, records: Sequence[Record]) -> list[str]:
    if not records:
        return []
    more = len(records) - SHOWN
    told = "; ".join(_told(one) for one in records[-SHOWN:])
    return [f"{word}: {told}{f'; and {more} more before' if more > 0 else ''}."]


def _told(one: Record) -> str:
    times = f" ({one.times} times)" if one.times > 1 else ""
    why = f" – {one.why.rstrip('.')}" if one.why else ""
    return f"{one.what}{times}{why}"


def _line(text: str, limit: int) -> str:
    line = next((row.strip() for row in text.splitlines() if row.strip()), "")
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
