"""Times of day as people write them on the sheet."""

import re

TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


class BadTime(ValueError):
    """The text is no time of day."""


def minutes_of_day(text):
    """Minutes since midnight of "9:30", "9.30", "17:05", "9 am", "5:05 pm". Raises BadTime.

    With am and pm the twelve-hour clock is used: 12 am is midnight and 12 pm is noon.
    """
    match = TIME.fullmatch(text.strip())
    if match is None:
        raise BadTime(f"{text!r} is no time")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            raise BadTime(f"{text!r} has no hour from 1 to 12")
        if match[3].lower() == "pm" and hour != 12:
            hour += 12
    if hour > 24 or minute > 59:
        raise BadTime(f"{text!r} is no time of day")
    return hour * 60 + minute


def as_hours(minutes):
    """450 as "7:30"."""
    return f"{minutes // 60}:{minutes % 60:02}"
