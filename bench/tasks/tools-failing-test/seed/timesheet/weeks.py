"""Calendar weeks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from timesheet.entries import Entry


def week_of(day: date) -> str:
    """The week's name, for example 2024-W18. Names sort as the weeks do."""
    return f"{day.year}-W{day.isocalendar().week:02d}"


def by_week(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """Minutes by week and task, weeks in their order, tasks in alphabetical order."""
    weeks: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        weeks[week_of(entry.day)][entry.task] += entry.minutes
    return {week: dict(sorted(weeks[week].items())) for week in sorted(weeks)}
