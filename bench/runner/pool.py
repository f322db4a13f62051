"""Many runs at a time, each one's record written as soon as it is there."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from .jobs import BadPlan, Job
from .records import Record, append, load, mend

Execute = Callable[[Job], Record]
Hash = Callable[[Job], str]

# What came of a job; None where a worker has ended.
_Finished = queue.SimpleQueue[Record | tuple[Job, Exception] | None]
_Bar = Callable[[int], None]


class RunFailed(RuntimeError):
    """A run could not be judged, so the rest was not begun; finished ones are written."""


def still_to_do(jobs: Sequence[Job], out: Path, task_hash: Hash, *, resume: bool) -> list[Job]:
    """The jobs without a record in ``out``. Raises BadPlan where there are records and ``resume`` is not set,
    BadRuns where the file holds something else."""
    if not out.exists() or not out.stat().st_size:
        return list(jobs)
    if not resume:
        raise BadPlan(f"{out} holds runs. Give --resume to go on, or another --out.")
    done = {record.key for record in load(out)}
    mend(out)
    return [job for job in jobs if job.key(task_hash(job)) not in done]


def run_all(
    jobs: Sequence[Job],
    execute: Execute,
    out: Path,
    *,
    workers: int,
    console: Console,
    stop: threading.Event,
) -> None:
    """Run the jobs on ``workers`` threads and append each record to ``out``.

    The first error ends it, as Ctrl-C does: ``stop`` is set, which is to break off the runs under way, and
    no other is begun. Returns when no thread is left. Raises RunFailed.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)
    finished: _Finished = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_work, args=(waiting, finished, execute, stop), daemon=True)
        for _ in range(min(workers, len(jobs)))
    ]
    for thread in threads:
        thread.start()
    try:
        with _progress(console) as progress:
            bar = progress.add_task("runs", total=len(jobs), passed="")

            def show(passed: int) -> None:
                progress.update(bar, advance=1, passed=f"{passed} passed")

            failure = _collect(finished, len(threads), stop, lambda record: append(out, record), show)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failure is not None:
        job, error = failure
        raise RunFailed(f"{job.task} ({job.arm}, seed {job.seed}) with {job.harness}: {error}") from error


def _work(
    waiting: queue.SimpleQueue[Job],
    finished: _Finished,
    execute: Execute,
    stop: threading.Event,
) -> None:
    while not stop.is_set():
        try:
            job = waiting.get_nowait()
        except queue.Empty:
            break
        try:
            finished.put(execute(job))
        except Exception as error:
            finished.put((job, error))
    finished.put(None)


def _collect(
    finished: _Finished, workers: int, stop: threading.Event, write: Callable[[Record], None], bar: _Bar
) -> tuple[Job, Exception] | None:
    """Write what the workers hand over until each has said that it is done; returns the first failure."""
    failure = None
    passed = 0
    while workers:
        result = finished.get()
        if result is None:
            workers -= 1
        elif isinstance(result, Record):
            write(result)
            passed += result.success
            bar(passed)
        else:
            failure = failure or result
            stop.set()
    return failure


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[passed]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
