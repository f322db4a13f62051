"""The report as text."""

from timesheet.entries import Entry
from timesheet.weeks import by_week


def clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def render(entries: list[Entry]) -> str:
    rows = []
    for week, tasks in by_week(entries).items():
        rows.append(f"{week} {clock(sum(tasks.values())):>6}")
        rows += [f"  {task:<20} {clock(minutes):>6}" for task, minutes in tasks.items()]
    return "\n".join(rows)
