"""The faulty signal is decoded with its offset; every other signal is decoded as before."""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main, run

TASK = Path(__file__).resolve().parent
SIGNAL = "rear_axle_oil_temperature"
OIL = [-40.0, "rear axle oil temperature", -31.0, 214.0]
LOG = [["rear_axle_coolant_temperature", 5.0], [SIGNAL, 60.0], ["rear_axle_oil_pressure", None]]

PROBE = """
from can.decoders import DECODERS, SensorMissing
from can.log import signals

def value(decode, frame):
    try:
        return round(float(decode(frame)), 6)
    except SensorMissing as error:
        return str(error)

frames = [bytes([0] * 8), bytes([255] * 8), bytes(range(8, 16)), bytes([200, 254, 90, 1, 37, 128, 64, 3])]
result = {
    "values": {name: [value(decode, frame) for frame in frames] for (_, name), decode in DECODERS.items()},
    "frames": [number for number, _ in DECODERS],
    "log": [[name, value and float(value)] for _, name, value in signals("1C0 5a64ff0000ffff00")][:3],
}
"""


def verify(workspace: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="seed-") as temporary:
        seed = Path(temporary)
        shutil.copytree(TASK / "seed", seed, dirs_exist_ok=True)
        run([sys.executable, "-I", "-B", str(TASK / "make_seed.py"), str(seed)], seed)
        released = evaluate_python(seed, PROBE)
    found = evaluate_python(workspace, PROBE)
    expect("temperatures of the rear axle's oil", found["values"].get(SIGNAL), OIL)
    expect("a log", found["log"], LOG)
    expect("frames of the signals", found["frames"], released["frames"])
    expect("names of the signals", [*found["values"]], [*released["values"]])
    for name, values in released["values"].items():
        if name != SIGNAL:
            expect(name, found["values"][name], values)


if __name__ == "__main__":
    main(verify)
