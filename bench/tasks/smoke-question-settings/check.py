"""The answer names every variable that the code reads, and the project is as it was."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import expect, fail, main, read_json

SEED = Path(__file__).resolve().parent / "seed"
ANSWER = "settings.json"
WANTED = {
    "PRINTER_HOST": None,
    "PRINTER_PORT": "9100",
    "PRINTER_TIMEOUT_MS": "4000",
    "COUNTERS": "8",
    "LISTEN_PORT": "8080",
    "PRINTER_LOGO": None,
    "PRINT_RETRIES": "3",
    "TICKET_LOCALE": "de-DE",
}


def verify(workspace: Path) -> None:
    answer = read_json(workspace, ANSWER)
    if not isinstance(answer, dict):
        fail(f"{ANSWER} holds no object")
    expect("names", sorted(answer), sorted(WANTED))
    for name, wanted in WANTED.items():
        found = answer[name]
        expect(f"default of {name}", str(found) if isinstance(found, int) else found, wanted)
    for path in (path for path in sorted(SEED.rglob("*")) if path.is_file()):
        name = path.relative_to(SEED).as_posix()
        if not (workspace / name).is_file() or (workspace / name).read_bytes() != path.read_bytes():
            fail(f"{name} was changed, and only a question was asked")


if __name__ == "__main__":
    main(verify)
