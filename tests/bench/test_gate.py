"""The gate's verdicts on counts, and the gate itself on the slice that CI runs."""

import json
from typing import Any

import pytest

from bench import gate

COUNTS = {
    "success": True,
    "corruption": 0,
    "overflows": 0,
    "requests": 5,
    "prompt_tokens": 10_000,
    "uncached_tokens": 3_000,
    "completion_tokens": 400,
}


@pytest.mark.parametrize(
    ("change", "worse", "better"),
    [
        ({}, [], []),
        ({"success": False}, ["t: success is False, not True"], []),
        ({"requests": 6}, ["t: requests is 6, not 5"], []),
        ({"requests": 4}, ["t: requests is 4, not 5"], []),
        ({"corruption": 1}, ["t: corruption is 1, not 0"], []),
        ({"overflows": 1}, ["t: overflows is 1, not 0"], []),
        ({"prompt_tokens": 10_040, "uncached_tokens": 2_990}, [], []),
        ({"prompt_tokens": 10_051}, ["t: prompt_tokens grew from 10,000 to 10,051"], []),
        ({"uncached_tokens": 2_000}, [], ["t: uncached_tokens shrank from 3,000 to 2,000"]),
    ],
)
def test_verdicts(change: dict[str, Any], worse: list[str], better: list[str]) -> None:
    assert gate.verdicts({"t": COUNTS}, {"t": {**COUNTS, **change}}) == (worse, better)


def test_the_slice_is_part_of_the_verdict() -> None:
    worse, _ = gate.verdicts({"a": COUNTS, "b": COUNTS}, {"b": COUNTS, "c": COUNTS})
    assert worse == ["a: only in one of the two", "c: only in one of the two"]


def test_what_is_agreed_on_is_a_success() -> None:
    expected = json.loads(gate.EXPECTED.read_text("utf-8"))
    assert len(expected) >= 5
    for task, counts in expected.items():
        assert counts.keys() == COUNTS.keys(), task
        assert (counts["corruption"], counts["overflows"]) == (0, 0), task


@pytest.mark.slow
def test_the_gate_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main([]) == 0, capsys.readouterr().out
