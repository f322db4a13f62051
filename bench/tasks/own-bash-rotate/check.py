import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import expect, fail, main, run

DAYS = ("20251231", "20260101", "20260102", "20260110")
LABELS = (
    "etc",
    "My Photos",
    "My",
    "etc-old",
    "-rf",
    "a*",
    "say 'hi'",
    "two  blanks",
    "Größe",
    "$HOME",
    "*",
    "@",
    "[ab]",
    "x]y",
    "back\\slash",
    "etc-20260101x",
    "-",
)
OTHERS = (
    "notes.txt",
    "etc-2026.tar.gz",
    "etc-20200101.tar.gz.part",
    "My-20200101.zip",
    "a b",
    "etc-20200101.tar",
    "x20200101.tar.gz",
    "-20200101.tar.gz",
)


def name(label: str, day: str) -> str:
    return f"{label}-{day}.tar.gz"


def fill(folder: Path) -> set[str]:
    """Four backups of each label, the newest written first; the contents of the folder."""
    folder.mkdir()
    (folder / "dir-20200101").mkdir()
    (folder / "dir-20200101" / name("etc", "20200101")).touch()
    names = [*OTHERS, *(name(label, day) for label in LABELS for day in DAYS), name("single", DAYS[0])]
    for number, one in enumerate(names):
        (folder / one).write_text(one)
        os.utime(folder / one, (1_700_000_000 - number, 1_700_000_000 - number))
    return contents(folder)


def contents(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def rotate(workspace: Path, cwd: Path, *arguments: str, code: int = 0) -> list[str]:
    ended = run(["bash", str(workspace / "bin" / "rotate.sh"), *arguments], cwd)
    if ended.code != code:
        fail(f"rotate.sh {' '.join(arguments)} ended with {ended.code}, not {code}: {ended.errors[-120:]}")
    return ended.output.splitlines()


def verify(workspace: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for keep, cwd in ((1, root), (2, root / "my backups 2"), (3, root), (4, root), (9, root)):
            folder = root / f"my backups {keep}"
            before = fill(folder)
            old = {name(label, day) for label in LABELS for day in DAYS[: max(0, len(DAYS) - keep)]}
            where = "." if cwd == folder else folder.name
            dry = rotate(workspace, cwd, "--dry-run", where, str(keep))
            expect(f"--dry-run with {keep}", dry, sorted(old, key=lambda one: one.encode()))
            expect(f"what is there after --dry-run with {keep}", sorted(contents(folder)), sorted(before))
            expect(f"with {keep}", rotate(workspace, cwd, where, str(keep)), dry)
            expect(f"what is there after {keep}", sorted(contents(folder)), sorted(before - old))
            expect(f"again with {keep}", rotate(workspace, cwd, where, str(keep)), [])
        (root / "empty").mkdir()
        expect("an empty folder", rotate(workspace, root, "empty", "1"), [])
        folder = root / "refused"
        before = fill(folder)
        for arguments in (
            (),
            ("refused",),
            ("refused", "0"),
            ("refused", "x"),
            ("no such", "1"),
            ("refused", "1", "2"),
        ):
            expect(f"rotate.sh {arguments}", rotate(workspace, root, *arguments, code=2), [])
        expect("what is there after refusals", sorted(contents(folder)), sorted(before))


if __name__ == "__main__":
    main(verify)
