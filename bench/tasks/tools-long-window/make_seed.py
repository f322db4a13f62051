"""Write the long module can/decoders.py into the folder that the command line names."""

import sys
from pathlib import Path

UNITS = ("engine", "gearbox", "retarder", "front axle", "rear axle", "trailer", "cabin", "hydraulics")

# What is measured: name, width in bytes, scale, offset, unit.
QUANTITIES = (
    ("coolant temperature", 1, 0.5, -40, "°C"),
    ("oil temperature", 1, 1, -40, "°C"),
    ("oil pressure", 1, 4, 0, "kPa"),
    ("oil level", 1, 0.4, 0, "%"),
    ("speed", 2, 0.125, 0, "1/min"),
    ("torque", 1, 1, -125, "%"),
    ("current", 2, 0.05, -1600, "A"),
    ("voltage", 2, 0.05, 0, "V"),
    ("air pressure", 1, 8, 0, "kPa"),
    ("filter clogging", 1, 0.4, 0, "%"),
    ("vibration", 2, 0.01, 0, "mm/s"),
    ("running time", 4, 0.05, 0, "h"),
    ("load", 2, 0.5, 0, "kg"),
    ("wear", 1, 0.4, 0, "%"),
    ("brake temperature", 1, 2, -40, "°C"),
)

HEADER = '''"""Decoders of the frames on the lorry's bus: one function for each signal, from eight bytes.

A byte or word of ones means that the sensor is not there.
"""


class SensorMissing(LookupError):
    """The frame says that nothing measures this signal."""


def word(frame: bytes, start: int, width: int) -> int:
    """The unsigned number of `width` bytes from `start`, lowest byte first."""
    return int.from_bytes(frame[start : start + width], "little")
'''

DECODER = '''

def decode_{name}(frame: bytes) -> float:
    """The {text} in {unit}: frame 0x{frame:X}, {width} from byte {start}, {scale} {unit} a step{origin}."""
    raw = word(frame, {start}, {bytes})
    if raw == 0x{ones}:
        raise SensorMissing("{text}")
    return raw * {scale}{offset}
'''

# The fault of the task: this signal's offset was left out.
WITHOUT_OFFSET = "rear axle oil temperature"


def decoder(frame: int, start: int, text: str, quantity: tuple[str, int, float, int, str]) -> str:
    _, width, scale, offset, unit = quantity
    sign = "-" if offset < 0 else "+"
    return DECODER.format(
        name=text.replace(" ", "_"),
        text=text,
        unit=unit,
        frame=frame,
        start=start,
        bytes=width,
        width={1: "one byte", 2: "two bytes", 4: "four bytes"}[width],
        scale=scale,
        origin=f" from {offset} {unit}" if offset else "",
        ones="FF" * width,
        offset="" if offset == 0 or text == WITHOUT_OFFSET else f" {sign} {abs(offset)}",
    )


def module() -> str:
    parts, names = [HEADER], []
    for at, unit in enumerate(UNITS):
        frame, start = 0x180 + 0x10 * at, 0
        for quantity in QUANTITIES:
            if start + quantity[1] > 8:
                frame, start = frame + 1, 0
            text = f"{unit} {quantity[0]}"
            parts.append(decoder(frame, start, text, quantity))
            names.append((frame, text.replace(" ", "_")))
            start += quantity[1]
    rows = "".join(f'    (0x{frame:X}, "{name}"): decode_{name},\n' for frame, name in names)
    return "".join(parts) + f"\n\nDECODERS = {{\n{rows}}}\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) / "can" / "decoders.py"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(module().encode())
