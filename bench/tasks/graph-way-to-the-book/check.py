"""The answer names each function on the way, and the project is as it was."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import expect, fail, main, read_json

SEED = Path(__file__).resolve().parent / "seed"


def unchanged(workspace: Path) -> None:
    for path in (path for path in sorted(SEED.rglob("*")) if path.is_file()):
        name = path.relative_to(SEED).as_posix()
        if not (workspace / name).is_file() or (workspace / name).read_bytes() != path.read_bytes():
            fail(f"{name} was changed, and only a question was asked")


def verify(workspace: Path) -> None:
    expect(
        "the way", read_json(workspace, "chain.json"), ["place_order", "settle", "post", "record", "_append"]
    )
    unchanged(workspace)


if __name__ == "__main__":
    main(verify)
