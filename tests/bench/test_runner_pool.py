"""Jobs carried out by a function in place of a harness: resuming, errors, torn files."""

import io
import threading
from pathlib import Path

import pytest
from bench.runner.jobs import BadPlan, Job
from bench.runner.pool import Execute, RunFailed, run_all, still_to_do
from bench.runner.records import BadRuns, Metrics, Record, append, load, load_all
from rich.console import Console

JOBS = [Job("a", "none", 0.0, seed, "ours") for seed in range(5)]


def record(job: Job, *, success: bool = True) -> Record:
    return Record.of(
        job,
        "hash",
        suite="smoke",
        category="fix",
        language="python",
        success=success,
        reason="" if success else "wrong",
        corruption=[],
        metrics=Metrics(requests=job.seed, harness_ms=1.5),
        ended="exit",
        exit_status=0,
        outcome="done",
        wall_s=0.1,
    )


def run(jobs: list[Job], out: Path, execute: Execute = record, stop: threading.Event | None = None) -> None:
    console = Console(file=io.StringIO())
    run_all(jobs, execute, out, workers=2, console=console, stop=stop or threading.Event())


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    out = tmp_path / "new" / "runs.jsonl"
    run(JOBS, out)
    assert sorted(load(out), key=lambda one: one.seed) == [record(job) for job in JOBS]
    assert len(out.read_text().splitlines()) == len(JOBS)


def test_finished_runs_are_not_run_again(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    run(JOBS[:3], out)
    with pytest.raises(BadPlan, match="--resume"):
        still_to_do(JOBS, out, lambda job: "hash", resume=False)
    assert still_to_do(JOBS, out, lambda job: "hash", resume=True) == JOBS[3:]
    assert still_to_do(JOBS, out, lambda job: "changed task", resume=True) == JOBS


def test_a_torn_line_is_cut_off_and_run_again(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    run(JOBS[:1], out)
    line = record(JOBS[1]).line()
    with out.open("a") as file:
        file.write(line[: len(line) // 2])
    left = still_to_do(JOBS, out, lambda job: "hash", resume=True)
    assert left == JOBS[1:]
    run(left, out)
    assert len(load(out)) == len(JOBS)


def test_an_error_ends_it_and_keeps_what_is_finished(tmp_path: Path) -> None:
    out = tmp_path / "runs.jsonl"
    stop = threading.Event()
    broken_off: list[int] = []

    def execute(job: Job) -> Record:
        if job.seed == 1:
            raise OSError("disk full")
        if job.seed > 1 and stop.wait(10):
            broken_off.append(job.seed)
        return record(job)

    with pytest.raises(RunFailed, match=r"seed 1.*disk full"):
        run(JOBS, out, execute, stop)
    seeds = {one.seed for one in load(out)}
    assert 0 in seeds
    assert seeds <= {0, *broken_off}
    assert len(broken_off) <= 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"schema": 1}\n', "line 1: key"),
        (record(JOBS[0]).line().replace('"schema": 1', '"schema": 9') + "\n", "schema 9"),
        ("nonsense\n\n", "line 1"),
    ],
)
def test_what_is_no_run_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "runs.jsonl").write_text(content)
    with pytest.raises(BadRuns, match=message):
        load(tmp_path / "runs.jsonl")


def test_of_two_files_the_later_run_counts(tmp_path: Path) -> None:
    append(tmp_path / "1", record(JOBS[0]))
    append(tmp_path / "1", record(JOBS[1]))
    append(tmp_path / "2", record(JOBS[0], success=False))
    found = load_all([tmp_path / "1", tmp_path / "2"])
    assert [(one.seed, one.success) for one in found] == [(0, False), (1, True)]
    (tmp_path / "empty").touch()
    with pytest.raises(BadRuns, match="no run"):
        load_all([tmp_path / "empty"])
