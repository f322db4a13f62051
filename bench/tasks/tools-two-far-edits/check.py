import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import expect, fail, main, run

JOBS = [
    (1, "Rewind the stator", "mira", "2026-03-14", "open"),
    (2, "Paint the hood", "Jonas", None, "waiting"),
    (3, "Turn the shaft", "Mira", "2026-02-01", "open"),
    (4, "Oil the lathe", "", "2026-02-03", "open"),
    (5, "Sharpen drills", "MIRA", "2026-01-20", "done"),
    (6, "Weld the frame", "miranda", None, "open"),
    (7, "Order bearings", "mira", None, "waiting"),
]


def lines(*numbers: int) -> list[str]:
    """What `list` prints for these jobs."""
    jobs = {job[0]: job for job in JOBS}
    found = [
        f"{n:>3}  {status:<8} {due or '-':<10}  {owner or '-':<10} {title}"
        for n, title, owner, due, status in map(jobs.__getitem__, numbers)
    ]
    return [*found, f"{len(numbers)} job" + "s" * (len(numbers) != 1)] if numbers else ["no jobs"]


CASES: list[tuple[list[str], list[str]]] = [
    (["list"], lines(5, 3, 4, 1, 2, 6, 7)),
    (["list", "--owner", "mira"], lines(5, 3, 1, 7)),
    (["list", "--owner", "MiRa"], lines(5, 3, 1, 7)),
    (["list", "--owner", "jonas"], lines(2)),
    (["list", "--owner", "mir"], lines()),
    (["list", "--owner", "mira", "--status", "open"], lines(3, 1)),
    (["list", "--status", "done", "--owner", "Jonas"], lines()),
    (["list", "--owner", "Mira", "--overdue", "--today", "2026-02-10"], lines(3)),
    (["list", "--status", "waiting"], lines(2, 7)),
    (
        ["stats"],
        [
            "open     4",
            "waiting  2",
            "done     1",
            "  Jonas: 1 job to do",
            "  Mira: 1 job to do",
            "  mira: 2 jobs to do",
            "  miranda: 1 job to do",
            "  nobody: 1 job to do",
        ],
    ),
    (["show", "2"], [*lines(2)[:1], "     * n2"]),
]


def verify(workspace: Path) -> None:
    stored = workspace / "hidden-jobs.json"
    keys = ("number", "title", "owner", "due", "status")
    stored.write_text(
        json.dumps([{**dict(zip(keys, job, strict=True)), "notes": [f"n{job[0]}"]} for job in JOBS])
    )
    for arguments, wanted in CASES:
        command = ["-B", "-m", "jobs.cli", "--file", stored.name, *arguments]
        ended = run([sys.executable, *command], workspace)
        if ended.code != 0:
            fail(f"jobs {' '.join(arguments)} ended with {ended.code}: {ended.errors.strip()[-200:]}")
        found = [line.rstrip() for line in ended.output.splitlines()]
        expect(f"jobs {' '.join(arguments)}", found, wanted)


if __name__ == "__main__":
    main(verify)
