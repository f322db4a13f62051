"""A month as text: the days in weeks, and what happens on them."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WIDTH = 20
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})\s+(.*)$")


class CalendarError(ValueError):
    """Something in the calendar's file makes no sense."""


@dataclass(frozen=True)
class Appointment:
    """What happens on a day; ``at`` is None for the whole day."""

    day: dt.date
    title: str
    at: dt.time | None = None
    tags: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        when = self.at.strftime("%H:%M") if self.at else "all day"
        return f"{self.day.isoformat()}\t{when}\t{self.title}"

    def moved(self, days: int) -> Appointment:
        return Appointment(self.day + dt.timedelta(days=days), self.title, self.at, self.tags)


@dataclass
class Calendar:
    """Appointments by day."""

    name: str
    appointments: dict[dt.date, list[Appointment]] = field(default_factory=lambda: defaultdict(list))

    def add(self, appointment: Appointment) -> None:
        day = self.appointments[appointment.day]
        if appointment in day:
            raise CalendarError(f"{appointment.title!r} is there already")
        day.append(appointment)
        day.sort(key=lambda one: (one.at is not None, one.at or dt.time.min))

    def remove(self, appointment: Appointment) -> None:
        day = self.appointments[appointment.day]
        if appointment not in day:
            raise CalendarError(f"{appointment.title!r} is not there")
        day.remove(appointment)

    def move(self, appointment: Appointment, days: int) -> Appointment:
        self.remove(appointment)
        later = appointment.moved(days)
        self.add(later)
        return later

    def between(self, first: dt.date, last: dt.date) -> Iterator[Appointment]:
        for day in sorted(self.appointments):
            if first <= day <= last:
                yield from self.appointments[day]

    def tagged(self, tag: str) -> list[Appointment]:
        found = []
        for day in sorted(self.appointments):
            for appointment in self.appointments[day]:
                if tag in appointment.tags:
                    found.append(appointment)
        return found

    def titled(self, words: str) -> list[Appointment]:
        found = []
        for day in sorted(self.appointments):
            for appointment in self.appointments[day]:
                if words.lower() in appointment.title.lower():
                    found.append(appointment)
        return found


def parse(lines: Iterable[str], name: str = "calendar") -> Calendar:
    """Read "2024-05-01 09:30 dentist #health" and the like. Raises CalendarError."""
    result = Calendar(name)
    for number, line in enumerate(lines, start=1):
        text = line.split("//")[0].strip()
        if not text:
            continue
        date, _, rest = text.partition(" ")
        try:
            day = dt.date.fromisoformat(date)
        except ValueError as error:
            raise CalendarError(f"line {number}: {date!r} is no date") from error
        result.add(_appointment(day, rest, number))
    return result


def _appointment(day: dt.date, rest: str, number: int) -> Appointment:
    at = None
    match = _TIME.match(rest)
    if match:
        hour, minute, rest = int(match[1]), int(match[2]), match[3]
        if hour > 23 or minute > 59:
            raise CalendarError(f"line {number}: {hour}:{minute:02} is no time")
        at = dt.time(hour, minute)
    words = rest.split()
    tags = tuple(word[1:] for word in words if word.startswith("#"))
    title = " ".join(word for word in words if not word.startswith("#"))
    if not title:
        raise CalendarError(f"line {number}: no title")
    return Appointment(day, title, at, tags)


def month(source: Calendar, year: int, number: int) -> str:
    """The weeks of a month; days on which something happens have a star."""
    rows = [f"{calendar.month_name[number]} {year}".center(WIDTH).rstrip(), " ".join(WEEKDAYS)]
    for week in calendar.monthcalendar(year, number):
        cells = []
        for day in week:
            if day == 0:
                cells.append("  ")
            elif source.appointments.get(dt.date(year, number, day)):
                cells.append(f"{day:>2}*")
            else:
                cells.append(f"{day:>2}")
        rows.append(" ".join(cells).rstrip())
    return "\n".join(rows) + "\n"


def agenda(source: Calendar, first: dt.date, days: int = 7) -> str:
    """What happens in the days from ``first`` on."""
    last = first + dt.timedelta(days=days - 1)
    rows = []
    current = None
    for appointment in source.between(first, last):
        if appointment.day != current:
            current = appointment.day
            rows.append(f"\n{WEEKDAYS[current.weekday()]} {current.isoformat()}")
        when = appointment.at.strftime("%H:%M") if appointment.at else "     "
        rows.append(f"  {when}  {appointment.title}")
    if not rows:
        return "nothing to do\n"
    return "\n".join(rows).lstrip("\n") + "\n"


def conflicts(source: Calendar, minutes: int = 30) -> list[tuple[Appointment, Appointment]]:
    """Pairs of appointments of a day that are less than ``minutes`` apart."""
    found = []
    for day in source.appointments.values():
        timed = [one for one in day if one.at is not None]
        for one, other in itertools.pairwise(timed):
            if one.at is None or other.at is None:
                continue
            apart = (other.at.hour - one.at.hour) * 60 + other.at.minute - one.at.minute
            if apart < minutes:
                found.append((one, other))
    return found
