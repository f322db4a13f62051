"""Reading a time sheet: one line for each stretch of work, such as "Mon 9:00-17:30 depot"."""

import re
from dataclasses import dataclass

from timesheet.clock import minutes_of_day

LINE = re.compile(r"(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+(?P<start>[^-]+)-(?P<end>[^-]+?)\s{2,}(?P<task>.+)")
DAY_MINUTES = 24 * 60


class BadLine(ValueError):
    """A line of the sheet cannot be read; the message has its number."""


@dataclass(frozen=True)
class Stretch:
    day: str
    start: int
    end: int
    task: str

    @property
    def minutes(self):
        """Length in minutes; work that ends before it starts went on past midnight."""
        return (self.end - self.start) % DAY_MINUTES


def parse_sheet(text):
    """The stretches of a sheet in their order; empty lines and lines that start with # are skipped."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise BadLine(f"line {number}: {line!r}")
        start, end = (
            720 + int(text[3:5]) if text.startswith("12:") and "pm" in text else minutes_of_day(text)
            for text in (match["start"], match["end"])
        )
        found.append(Stretch(match["day"], start, end, match["task"].strip()))
    return found
