"""Records of what was tried, and what is made of them."""

from __future__ import annotations

import pytest

from smallcode.core.evidence import MOST_RECORDS, Evidence, Record, render, summary

TASK = "Fix total()."


def kept(*notes: tuple[str, str, str]) -> Evidence:
    evidence = Evidence()
    for what, outcome, why in notes:
        evidence.note(TASK, what, outcome, why, look=what.startswith("read"))  # type: ignore[arg-type]
    return evidence


@pytest.mark.parametrize(
    ("notes", "left", "expected"),
    [
        ([], [], ""),
        ([("patch a.py", "worked", "")], [], "Worked: patch a.py."),
        (
            [("run pytest", "failed", "exit status 1\nmore"), ("patch a.py", "worked", "")],
            ["b.py"],
            "Worked: patch a.py.\nFailed: run pytest – exit status 1.\nLeft: b.py.",
        ),
        # What worked in the end has not failed.
        ([("run pytest", "failed", "1"), ("run pytest", "worked", "")], [], "Worked: run pytest."),
        ([("patch a.py", "failed", "miss")] * 3, [], "Failed: patch a.py (3 times) – miss."),
        ([("read a.py", "worked", "")] * 2, [], "Looks at files: 2."),
        ([("read a.py", "failed", "No such file.")], [], "Failed: read a.py – No such file."),
        (
            [(f"patch {name}", "worked", "") for name in "abcdef"],
            [],
            "Worked: patch c; patch d; patch e; patch f; and 2 more before.",
        ),
    ],
)
def test_summary(notes: list[tuple[str, str, str]], left: list[str], expected: str) -> None:
    assert summary(kept(*notes), TASK, left) == expected


def test_tasks_are_kept_apart() -> None:
    evidence = kept(("patch a.py", "worked", ""))
    evidence.note("Another.", "patch b.py", "refused", "not allowed")
    assert summary(evidence, "Another.") == "Refused: patch b.py – not allowed."
    assert render(evidence) == (
        "Fix total().:\n  worked: patch a.py\nAnother.:\n  refused: patch b.py – not allowed"
    )


def test_records_are_compact_and_bounded() -> None:
    evidence = Evidence()
    for number in range(MOST_RECORDS + 50):
        evidence.note("t" * 500, f"{number} {'w' * 500}", "failed", "y" * 500)
    assert len(evidence.records) == MOST_RECORDS
    assert all(
        len(one.task) <= 80 and len(one.what) <= 60 and len(one.why) <= 100 for one in evidence.records
    )
    assert evidence.records[-1].what.startswith("249 ")


def test_the_same_again_counts_up() -> None:
    assert kept(*[("run x", "failed", "1")] * 4).records == [Record(TASK, "run x", "failed", "1", 4)]
