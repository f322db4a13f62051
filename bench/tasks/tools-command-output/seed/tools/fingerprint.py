"""Say what the fixtures contain: `python3 tools/fingerprint.py FOLDER`."""

import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from levels.reading import read_readings


def fingerprint(path: Path) -> dict[str, object]:
    levels = [reading.level_cm for reading in read_readings(path)]
    known = [level for level in levels if level is not None]
    return {
        "rows": len(levels),
        "missing": len(levels) - len(known),
        "highest_cm": max(known, default=0),
        "crc32": f"{zlib.crc32(path.read_bytes()):08x}",
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: fingerprint.py FOLDER")
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        print(path.name, *(f"{key}={value}" for key, value in fingerprint(path).items()))
