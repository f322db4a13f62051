"""Logs: one frame on each line."""

from collections.abc import Iterator

from can.decoders import DECODERS, SensorMissing


def signals(text: str) -> Iterator[tuple[int, str, float | None]]:
    """Frame, signal and value of each signal in a log; None where the sensor is missing."""
    for line in text.splitlines():
        number, data = line.split()
        frame = bytes.fromhex(data)
        for (wanted, name), decode in DECODERS.items():
            if wanted != int(number, 16):
                continue
            try:
                yield wanted, name, decode(frame)
            except SensorMissing:
                yield wanted, name, None
