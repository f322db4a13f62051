import itertools
import statistics

import pytest
from bench.runner.stats import bootstrap, pass_hat_k
from hypothesis import given
from hypothesis import strategies as st


def test_the_interval_of_a_known_sample() -> None:
    """All 27 ways to draw three clusters of one value each, against the bootstrap's quantiles."""
    values = [0.0, 1.0, 5.0]
    means = sorted(statistics.fmean(drawn) for drawn in itertools.product(values, repeat=3))
    interval = bootstrap(values, ["a", "b", "c"])
    assert interval.mean == pytest.approx(2.0)
    assert (interval.low, interval.high) == (pytest.approx(means[0]), pytest.approx(means[-1]))
    half = bootstrap(values, ["a", "b", "c"], level=0.5)
    assert means[0] < half.low < half.mean < half.high < means[-1]


def test_a_normal_sample_has_the_width_of_theory() -> None:
    values = [statistics.NormalDist(10, 2).inv_cdf((i + 0.5) / 400) for i in range(400)]
    interval = bootstrap(values, range(400))
    assert interval.low == pytest.approx(10 - 1.96 * 0.1, abs=0.02)
    assert interval.high == pytest.approx(10 + 1.96 * 0.1, abs=0.02)


def test_runs_of_one_task_are_one_draw() -> None:
    """Ten equal runs of a task tell no more than one."""
    clustered = bootstrap([0.0] * 10 + [1.0] * 10, ["a"] * 10 + ["b"] * 10)
    apart = bootstrap([0.0] * 10 + [1.0] * 10, range(20))
    assert (clustered.low, clustered.high) == (0, 1)
    assert 0.2 < apart.low < 0.4
    assert (clustered.n, clustered.clusters) == (20, 2)


def test_the_same_values_give_the_same_interval() -> None:
    values = [1.0, 2.0, 4.0, 8.0]
    assert bootstrap(values, "abcd") == bootstrap(values, "abcd")
    assert not bootstrap([-1.0, 1.0], "ab").excludes_zero
    assert bootstrap([1.0, 2.0], "ab").excludes_zero
    with pytest.raises(ValueError, match="values"):
        bootstrap([], [])


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.integers(1, 5))
def test_an_interval_stays_within_the_values(values: list[float], clusters: int) -> None:
    interval = bootstrap(values, [i % clusters for i in range(len(values))], resamples=200)
    slack = 1e-6 * (1 + max(map(abs, values)))
    assert min(values) - slack <= interval.low <= interval.high <= max(values) + slack


@pytest.mark.parametrize(
    ("outcomes", "k", "expected"),
    [
        ({"a": [True, True]}, 2, 1.0),
        ({"a": [True, False]}, 2, 0.0),
        ({"a": [True, False]}, 1, 0.5),
        ({"a": [True, True, True, False]}, 2, 0.5),
        ({"a": [True, True, True, False], "b": [True] * 4}, 2, 0.75),
        ({"a": [True, True], "b": [False]}, 2, 1.0),
        ({"a": [True]}, 2, None),
    ],
)
def test_pass_hat_k(outcomes: dict[str, list[bool]], k: int, expected: float | None) -> None:
    assert pass_hat_k(outcomes, k) == (None if expected is None else pytest.approx(expected))
