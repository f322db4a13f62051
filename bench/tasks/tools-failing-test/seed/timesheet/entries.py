"""The notes: one line for each piece of work."""

import re
from dataclasses import dataclass
from datetime import date

LINE = re.compile(r"(\d{4}-\d\d-\d\d) +(?:(\d+)h)?(?:(\d+)m?)? +(\S.*)")


@dataclass(frozen=True)
class Entry:
    day: date
    minutes: int
    task: str


def parse(text: str) -> list[Entry]:
    """The entries of a file of notes. Raises ValueError with the number of a line that is none."""
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"line {number}: {line!r}")
        day, hours, minutes, task = match.groups()
        entries.append(Entry(date.fromisoformat(day), int(hours or 0) * 60 + int(minutes or 0), task))
    return entries
