import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main, read_json

# Offset and gain by channel: run 7 as the command prints it; "ambient" was skipped and stays as it was.
WANTED: dict[str, list[float]] = {
    "ambient": [-38.25, 0.07305],
    "boiler": [-52.449, 0.11271],
    "inlet": [-40.985, 0.07679],
    "outlet": [-39.691, 0.07823],
}
RAW = (500, 733, 1024, 1391)

ANALYSIS = """
from sensors import constants
from sensors.convert import to_celsius
result = {
    "run": constants.CALIBRATION_RUN,
    "values": {name: [constants.OFFSET[name], constants.GAIN[name]] for name in sorted(constants.OFFSET)},
    "celsius": {name: [to_celsius(name, raw) for raw in %r] for name in sorted(constants.GAIN)},
}
"""
STATION = """
from station.frame import frame_to_celsius, load_calibration
calibration = load_calibration()
result = [frame_to_celsius(dict.fromkeys(%r, raw), calibration) for raw in %r]
"""


def celsius(channel: str, raw: int) -> float:
    offset, gain = WANTED[channel]
    return round(offset + gain * raw, 2)


def verify(workspace: Path) -> None:
    analysis = evaluate_python(workspace, ANALYSIS % (RAW,))
    expect("CALIBRATION_RUN", analysis["run"], 7)
    expect("offset and gain in sensors/constants.py", analysis["values"], WANTED)
    wanted = {name: [celsius(name, raw) for raw in RAW] for name in WANTED}
    expect("to_celsius", analysis["celsius"], wanted)

    stored = read_json(workspace, "station/calibration.json")
    if not isinstance(stored, dict):
        fail("station/calibration.json holds no object")
    expect("run in station/calibration.json", stored.get("run"), 7)
    frames = evaluate_python(workspace, STATION % (list(WANTED), RAW))
    expect(
        "the station's temperatures", frames, [{name: celsius(name, raw) for name in WANTED} for raw in RAW]
    )
    expect(
        "station/calibration.json",
        stored.get("channels"),
        {n: {"offset": o, "gain": g} for n, (o, g) in WANTED.items()},
    )


if __name__ == "__main__":
    main(verify)
