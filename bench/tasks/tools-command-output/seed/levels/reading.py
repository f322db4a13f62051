"""Readings of a gauge: one line for each hour."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Reading:
    time: str
    level_cm: int | None
    battery_v: float


def read_readings(path: Path) -> list[Reading]:
    """The readings of a file; a gauge under ice sends no level."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Reading(row["time"], int(row["level_cm"]) if row["level_cm"] else None, float(row["battery_v"]))
            for row in csv.DictReader(file, delimiter=";")
        ]
