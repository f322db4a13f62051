"""What the station does with a frame of raw values, with its own calibration file."""

import json
from pathlib import Path

CALIBRATION = Path(__file__).with_name("calibration.json")


def load_calibration(path=CALIBRATION):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def frame_to_celsius(frame, calibration):
    """{"inlet": 812, ...} to {"inlet": 21.77, ...}; channels without a calibration are left out."""
    channels = calibration["channels"]
    return {
        name: round(channels[name]["offset"] + channels[name]["gain"] * raw, 2)
        for name, raw in frame.items()
        if name in channels
    }
