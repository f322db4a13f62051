"""rotate.sh keeps the newest archives whatever their names are."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import Ended, expect, main, run

OLDEST_FIRST = [
    "choir 2024-01-01.tar.gz",
    "plain.tar.gz",
    "two  spaces.tar.gz",
    "star * and [a-z].tar.gz",
    "-rf.tar.gz",
    "Bäume und ürzte.tar.gz",
]
OTHERS = ["notes 2024.txt", "choir", "plain.tar", "2024-01-01.tar.gz.part"]


def fill(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True)
    for name in OTHERS:
        (folder / name).write_text("other")
    for age, name in enumerate(reversed(names)):
        (folder / name).write_text("archive")
        os.utime(folder / name, (1_700_000_000 - 3600 * age,) * 2)


def rotate(workspace: Path, folder: Path, keep: str) -> Ended:
    return run(["bash", str(workspace / "bin" / "rotate.sh"), str(folder), keep], workspace)


def verify(workspace: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="rotate-") as temporary:
        for keep in (0, 1, 2, 4, 6, 9):
            folder = Path(temporary) / f"all backups {keep}"
            fill(folder, OLDEST_FIRST)
            ended = rotate(workspace, folder, str(keep))
            gone = OLDEST_FIRST[: max(0, len(OLDEST_FIRST) - keep)]
            expect(f"files left with KEEP {keep}", left(folder), sorted({*OLDEST_FIRST, *OTHERS} - {*gone}))
            expect(f"names printed with KEEP {keep}", ended.output.splitlines(), gone)
            expect(f"exit code with KEEP {keep}", ended.code, 0)
        expect("exit code for a KEEP that is no number", rotate(workspace, folder, "x").code, 2)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


if __name__ == "__main__":
    main(verify)
