"""Files and lines stay small enough to be read at one sitting."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HARD_LIMIT = 400
SOFT_LIMIT = 300
CODE = ("*.py", "*.ts", "*.lua", "*.js", "*.mjs")

# Product code over the soft limit, each file with the reason why it is not split.
LONG: dict[str, str] = {}


def code_files() -> list[Path]:
    folders = ("agent", "server", "editors", "bench", "tests")
    skipped = {"node_modules", "out", "tasks"}
    return [
        path
        for folder in folders
        for pattern in CODE
        for path in (ROOT / folder).rglob(pattern)
        if not skipped & set(path.relative_to(ROOT).parts)
    ]


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in code_files()
    }
    assert lengths, "no code was found: the test looks in the wrong place"
    limits = {
        path: HARD_LIMIT if path in LONG or path.startswith("tests") else SOFT_LIMIT for path in lengths
    }
    assert {path: n for path, n in lengths.items() if n > limits[path]} == {}
    assert set(LONG) <= set(lengths), "an entry of LONG names no file"
