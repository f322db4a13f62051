"""The expected values are those of the fixtures, and the rest of the file and the fixtures are the same."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import expect, main, read_json, run

SEED = Path(__file__).resolve().parent / "seed"
WANTED = {
    "note": "readings of March 2024, cut to what the tests need",
    "fixtures": {
        "weir.csv": {"rows": 40, "missing": 2, "highest_cm": 317, "crc32": "a2792094"},
        "bridge.csv": {"rows": 52, "missing": 0, "highest_cm": 313, "crc32": "eb19ae66"},
        "harbour.csv": {"rows": 31, "missing": 3, "highest_cm": 304, "crc32": "c1c6ac6b"},
    },
    "delimiter": ";",
}


def verify(workspace: Path) -> None:
    expect("fixtures/expected.json", read_json(workspace, "fixtures/expected.json"), WANTED)
    tool = str(SEED / "tools" / "fingerprint.py")
    released = run([sys.executable, "-I", "-B", tool, str(SEED / "fixtures")], SEED)
    present = run([sys.executable, "-I", "-B", tool, str(workspace / "fixtures")], SEED)
    expect("what the fixtures contain", present.output, released.output)


if __name__ == "__main__":
    main(verify)
