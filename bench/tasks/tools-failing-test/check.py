"""Weeks bear the year that holds their Thursday, in both directions; the rest is as it was."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main

PROBE = """
from datetime import date
from timesheet.entries import parse
from timesheet.report import render
from timesheet.weeks import by_week, week_of

days = ["2024-12-29", "2024-12-30", "2025-01-01", "2021-01-03", "2021-01-04", "2020-12-31", "2016-01-01",
        "2018-12-31", "2027-01-01", "2024-05-03", "2024-01-01", "2023-01-01"]
notes = "2020-12-28 1h a\\n2021-01-03 30m b\\n2021-01-04 2h a\\n2022-01-01 10m a\\n2021-12-31 5m a"
result = {
    "weeks": [week_of(date.fromisoformat(day)) for day in days],
    "sums": by_week(parse(notes)),
    "order": list(by_week(parse(notes))),
    "report": render(parse("2024-12-30 1h30 garden\\n2025-01-05 45m office")).splitlines(),
}
"""

WANTED = {
    "weeks": [
        "2024-W52", "2025-W01", "2025-W01", "2020-W53", "2021-W01", "2020-W53", "2015-W53",
        "2019-W01", "2026-W53", "2024-W18", "2024-W01", "2022-W52",
    ],
    "sums": {"2020-W53": {"a": 60, "b": 30}, "2021-W01": {"a": 120}, "2021-W52": {"a": 15}},
    "order": ["2020-W53", "2021-W01", "2021-W52"],
    "report": ["2025-W01   2:15", "  garden                 1:30", "  office                 0:45"],
}  # fmt: skip


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE)
    for case, wanted in WANTED.items():
        expect(case, found.get(case), wanted)


if __name__ == "__main__":
    main(verify)
