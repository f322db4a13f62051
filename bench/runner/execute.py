"""One run from a fresh workspace to its record."""

from __future__ import annotations

import platform
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import taskset

from .harness import ROOT, Harness, cache_folder, fill, fixed_values
from .isolation import Exit, Place, run_process
from .jobs import Job, task_hash
from .metrics import read_metrics
from .records import Record
from .simulator import MODEL, Registered, Simulator, SimulatorFailed

# The copy of the workspace that a hidden check runs on.
_CHECKED = re.compile(r"/[^\s'\"]*/check-\w+/workspace")


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one run: seconds by the wall clock and requests to the model."""

    time_s: float = 180.0
    requests: int = 80


@dataclass(frozen=True, slots=True)
class World:
    """What runs have in common. ``versions`` go into every record; ``server`` to the simulated model."""

    simulator: Simulator
    harnesses: Mapping[str, Harness]
    tasks: Mapping[str, taskset.Task]
    limits: Limits = field(default_factory=Limits)
    versions: Mapping[str, str] = field(default_factory=dict)
    server: Mapping[str, Any] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)


class BrokenOff(Exception):
    """The run was ended from outside before the harness was done; there is nothing to record."""


def execute(job: Job, world: World) -> Record:
    """Whatever the harness does is part of the record. Raises BrokenOff, SimulatorFailed, and TaskError for
    a task that cannot be laid out."""
    harness, task = world.harnesses[job.harness], world.tasks[job.task]
    started = datetime.now(UTC).isoformat(timespec="seconds")
    folder = Path(tempfile.mkdtemp(prefix="bench-")).resolve()
    try:
        place = Place(folder)
        place.make()
        taskset.make_workspace(task, place.workspace)
        registered = world.simulator.register(job, world.server)
        ended = _run(job, world, place, registered)
        if ended.ended == "broken off":
            raise BrokenOff
        metrics = read_metrics(
            world.simulator.metrics(registered.run_id), world.simulator.log(registered.run_id)
        )
        corruption = taskset.corruption(task, place.workspace, ignore=harness.ignore)
        success, reason = taskset.check(task, place.workspace)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Record.of(
        job,
        task_hash(task.folder),
        suite=task.suite,
        category=task.category,
        language=task.language,
        success=success,
        reason=_neutral(reason, folder),
        corruption=corruption,
        metrics=metrics,
        ended=ended.ended,
        exit_status=ended.status,
        outcome=_outcome(harness, ended, metrics.requests),
        wall_s=round(ended.wall_s, 3),
        output=_neutral(ended.output, folder) if ended.status != 0 else "",
        errors=_neutral(ended.errors, folder),
        command=list(harness.command),
        limits={"time_s": world.limits.time_s, "requests": world.limits.requests},
        versions={**world.versions, job.harness: world.versions.get(job.harness, "")},
        started=started,
    )


def _run(job: Job, world: World, place: Place, registered: Registered) -> Exit:
    harness, prompt = world.harnesses[job.harness], world.tasks[job.task].prompt
    values = {
        **fixed_values(),
        "base_url": registered.base_url,
        "model": MODEL,
        "prompt": prompt,
        "workspace": str(place.workspace),
        "home": str(place.home),
        "window": str(job.window),
        # The share of the window that an answer may take; harnesses that choose it themselves do so.
        "answer": str(max(1024, job.window // 4)),
    }
    for name, content in harness.files.items():
        path = Path(fill(name, values))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fill(content, values), encoding="utf-8")
    environment = {name: fill(value, values) for name, value in harness.environment.items()}
    environment |= harness.variables(job.settings)

    def requests() -> int:
        try:
            return int(world.simulator.metrics(registered.run_id)["requests"])
        except SimulatorFailed:
            # The simulator is busy with others; the next count comes in a moment.
            return 0

    return run_process(
        [fill(part, values) for part in harness.command],
        place,
        place.environment(environment),
        time_limit_s=world.limits.time_s,
        request_limit=world.limits.requests,
        requests=requests,
        stop=world.stop,
    )


def _outcome(harness: Harness, ended: Exit, requests: int) -> str:
    """In words. A harness that asked the model for nothing is not running at all: that must not pass for a
    result."""
    told = ended.ended if ended.status is None or ended.ended != "exit" else harness.outcome(ended.status)
    return told if requests else f"{told}, no request"


def _neutral(text: str, folder: Path) -> str:
    """Without the places of this machine: a record is for others too."""
    places = ((folder, "{base}"), (cache_folder(), "{cache}"), (ROOT, "{root}"), (Path.home(), "{user}"))
    for place, name in places:
        text = text.replace(str(place), name)
    return _CHECKED.sub("{workspace}", text)


def versions_of(names: Mapping[str, str]) -> dict[str, str]:
    """What the records say of the software: the harnesses' ``names`` to versions, and the platform."""
    return {
        **names,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
