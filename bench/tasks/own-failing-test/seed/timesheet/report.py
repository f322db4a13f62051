"""The week's report for the payroll office."""

from timesheet.clock import as_hours

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BREAK_AFTER_MINUTES = 6 * 60
BREAK_MINUTES = 30


def paid_minutes(stretches):
    """Minutes by day; a day of more than six hours has an unpaid break of half an hour."""
    days = {}
    for stretch in stretches:
        days[stretch.day] = days.get(stretch.day, 0) + stretch.minutes
    return {
        day: minutes - BREAK_MINUTES if minutes > BREAK_AFTER_MINUTES else minutes
        for day, minutes in days.items()
    }


def week_report(stretches):
    """Lines such as "Mon   7:30", and the sum."""
    days = paid_minutes(stretches)
    lines = [f"{day}  {as_hours(days[day]):>5}" for day in DAYS if day in days]
    return [*lines, f"Sum  {as_hours(sum(days.values())):>5}"]


def by_task(stretches):
    """Hours by task as text, breaks not counted, the longest first."""
    tasks = {}
    for stretch in stretches:
        tasks[stretch.task] = tasks.get(stretch.task, 0) + stretch.minutes
    ordered = sorted(tasks.items(), key=lambda item: (-item[1], item[0]))
    return [f"{task}: {as_hours(minutes)}" for task, minutes in ordered]
