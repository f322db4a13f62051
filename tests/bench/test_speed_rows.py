"""The statistics of the speed table, and its verdicts."""

from __future__ import annotations

from typing import Any

import pytest
from bench.__main__ import table
from bench.speed.rows import Row, median, percentile, spread


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], 0.99, 7.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        (list(map(float, range(1, 101))), 0.99, 99.0),
        (list(map(float, range(1, 101))), 1.0, 100.0),
        (list(map(float, range(1, 101))), 0.0, 1.0),
    ],
)
def test_percentile_is_a_value_that_was_observed(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_median_and_spread() -> None:
    values = list(map(float, range(1, 11)))
    assert median(values) == 5.0 and spread(values) == (1.0, 9.0)


@pytest.mark.parametrize(
    ("given", "ratio", "met"),
    [
        ({"value": 2.0}, None, None),
        ({"value": 2.0, "target": 2.0}, None, True),
        ({"value": 2.1, "target": 2.0}, None, False),
        ({"value": 3.0, "baseline": 2.0}, 1.5, None),
        ({"value": 3.0, "baseline": 2.0, "target": 1.5, "bounded": "ratio"}, 1.5, True),
        ({"value": 3.2, "baseline": 2.0, "target": 1.5, "bounded": "ratio"}, 1.6, False),
        ({"value": 3.0, "baseline": 2.0, "target": 1.5}, 1.5, False),
        ({"value": 3.0, "target": 1.5, "bounded": "ratio"}, None, None),
    ],
)
def test_a_target_bounds_the_value_or_the_ratio(
    given: dict[str, Any], ratio: float | None, met: bool | None
) -> None:
    row = Row("a row", unit="ms", samples=1, spread=(1.0, 2.0), **given)
    assert (row.ratio, row.met) == (ratio, met)


def test_the_table_has_a_row_for_each_figure() -> None:
    rows = [
        Row("bounded", 1.3, "s", 3, (1.0, 2.0), 1.0, "nothing at all", 1.2, "ratio"),
        Row("free", 5.0, "MB", 1, (5.0, 5.0)),
    ]
    cells = [list(column.cells) for column in table(rows).columns]
    assert [list(row) for row in zip(*cells, strict=True)] == [
        [
            "bounded",
            "1.300 s",
            "1.000–2.000",
            "3",
            "1.000 s nothing at all",
            "1.30×",
            "≤ 1.2×",
            "[red]missed[/]",
        ],
        ["free", "5.0 MB", "5.0–5.0", "1", "", "", "", ""],
    ]
