"""The new module computes the dew point and the spread, and refuses bad readings."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main

PROBE = """
from station.errors import BadReading
from station.humidity import dew_point, spread

def outcome(function, *readings):
    try:
        return function(*readings)
    except BadReading as error:
        return [error.name, error.value]

readings = ((20, 100), (20, 50), (0, 80), (-10, 35), (35, 90), (25.5, 1))
result = {
    "dew points": [dew_point(*reading) for reading in readings],
    "spreads": [spread(*readings[at]) for at in (0, 1, 3)],
    "refused": [
        outcome(dew_point, 20, 0), outcome(dew_point, 20, 100.5), outcome(dew_point, 20, -3),
        outcome(dew_point, -60.5, 50), outcome(dew_point, 61, 50), outcome(spread, 20, 0),
    ],
    "at the limits": [isinstance(outcome(dew_point, t, 50), float) for t in (-60, 60)],
}
"""

DEW_POINTS = [20.0, 9.2552, -3.0404, -22.5985, 33.1105, -34.6893]
SPREADS = [0.0, 10.7448, 12.5985]
REFUSED = [
    ["humidity", 0],
    ["humidity", 100.5],
    ["humidity", -3],
    ["temperature", -60.5],
    ["temperature", 61],
    ["humidity", 0],
]


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE)
    close("dew points", found["dew points"], DEW_POINTS)
    close("spreads", found["spreads"], SPREADS)
    expect("refused readings", found["refused"], REFUSED)
    expect("readings at the limits", found["at the limits"], [True, True])


def close(what: str, found: list[float], wanted: list[float]) -> None:
    if not all(abs(one - other) < 0.001 for one, other in zip(found, wanted, strict=True)):
        fail(f"{what}: expected {wanted}, found {found}")


if __name__ == "__main__":
    main(verify)
