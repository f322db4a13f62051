"""Calls of tools that have nothing to do with code: nested values, numbers, null."""

from __future__ import annotations

from ..values import Call

GENERIC: tuple[Call, ...] = (
    Call("get_weather", {"location": "Zürich, CH"}, "weather"),
    Call("get_weather", {"location": "San Francisco, CA", "unit": "celsius", "days": 3}, "weather"),
    Call("get_weather", {"location": "Reykjavík", "days": 10}, "weather"),
    Call("convert_units", {"value": 12.5, "source": "km", "target": "mi"}, "weather"),
    Call("convert_units", {"value": -40, "source": "°C", "target": "°F", "exact": True}, "weather"),
    Call("convert_units", {"value": 0.001, "source": "m", "target": "µm", "exact": False}, "weather"),
    Call(
        "create_event",
        {
            "title": "Review: parser",
            "start": "2025-03-14T09:30:00+01:00",
            "attendees": [
                {"name": "Ada L.", "email": "ada@example.org"},
                {"name": "Grace", "email": "grace@example.org", "optional": True},
            ],
            "place": {"room": "2.14", "floor": 2},
            "reminders": [10, 60],
        },
        "nested",
    ),
    Call(
        "create_event",
        {"title": "Off", "start": "2025-12-24", "all_day": True, "place": None, "priority": 0.5},
        "nested",
    ),
    Call(
        "create_event",
        {
            "title": 'Talk: "JSON, or not?"',
            "start": "2025-06-01T18:00",
            "attendees": [],
            "note": None,
            "all_day": False,
        },
        "nested",
    ),
    Call(
        "create_event",
        {"title": "Stand-up", "start": "09:15", "reminders": [5], "note": "bring [x], {y}\nand z"},
        "nested",
    ),
)
