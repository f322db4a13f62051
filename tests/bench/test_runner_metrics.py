"""The simulated model's own counts, read from a run that is driven by hand."""

from typing import Any

import httpx
import pytest
from bench.runner.execute import MODEL
from bench.runner.jobs import Job
from bench.runner.metrics import harness_ms, read_metrics
from bench.runner.simulator import Simulator, SimulatorFailed
from bench.simmodel import SimServer

TOOL = {
    "type": "function",
    "function": {
        "name": "bash",
        "description": "Run a shell command",
        "parameters": {
            "type": "object",
            "properties": {"command": {"type": "string"}},
            "required": ["command"],
        },
    },
}


def ask(base_url: str, text: str) -> httpx.Response:
    body: dict[str, Any] = {"model": MODEL, "tools": [TOOL], "messages": [{"role": "user", "content": text}]}
    return httpx.post(f"{base_url}/chat/completions", json=body, timeout=30, trust_env=False)


def test_counts_of_a_run() -> None:
    with SimServer() as server:
        simulator = Simulator(server.url)
        run = simulator.register(Job("smoke-slug-length", "none", 0.0, 0, "any", window=4096))
        assert ask(run.base_url, "Shorten slugs.").status_code == 200
        assert ask(run.base_url, "x " * 20_000).status_code == 400
        metrics = read_metrics(simulator.metrics(run.run_id), simulator.log(run.run_id))
        with pytest.raises(SimulatorFailed, match="no-such-run"):
            simulator.metrics("no-such-run")
        with pytest.raises(SimulatorFailed, match="only"):
            simulator.register(Job("smoke-slug-length", "gremlins", 1.0, 0, "any"))
        simulator.close()
    assert (metrics.requests, metrics.overflows, metrics.errors) == (2, 1, {"400": 1})
    assert metrics.prompt_tokens == metrics.cached_tokens + metrics.uncached_tokens > 0
    assert metrics.completion_tokens > 0
    assert metrics.harness_ms is not None
    assert 0 < metrics.harness_ms < 30_000
    assert len(metrics.modelled_s) == 3


def test_faults_count_by_kind() -> None:
    counts = {
        **dict.fromkeys(
            ("requests", "prompt_tokens", "cached_tokens", "uncached_tokens", "completion_tokens"), 7
        ),
        **{"wasted_turns": 1, "overflows": 0, "gave_up": True, "errors": {"500": 2}},
        "faults": {
            "noop": {"drawn": 2, "repeated": 3, "recovered": 1},
            "elided": {"drawn": 1, "repeated": 0, "recovered": 0},
        },
        "modelled_seconds": {"200/10": 1.5},
    }
    metrics = read_metrics(counts, [])
    assert metrics.faults == {"noop": 2, "elided": 1}
    assert metrics.recovered == {"noop": 1}
    assert (metrics.errors, metrics.modelled_s, metrics.gave_up) == ({"500": 2}, {"200/10": 1.5}, True)
    with pytest.raises(KeyError):
        read_metrics({}, [])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], None),
        ([(0, 1)], None),
        ([(0, 1), (1.25, 2)], 250),
        ([(0, 1), (1.25, 2), (2.75, 3)], 500),
        ([(0, 5), (1, 2), (2.5, 3)], 250),
    ],
)
def test_the_harness_own_time(spans: list[tuple[float, float]], expected: float | None) -> None:
    assert harness_ms([{"begun_s": begun, "ended_s": ended} for begun, ended in spans]) == expected
