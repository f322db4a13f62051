"""``bench run`` and what the ablation and the gate share with it: from a plan to a file of runs."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from bench import taskset
from bench.harnesses.fetch import Unavailable, fetch

from .execute import Limits, World, execute, versions_of
from .harness import ROOT, Harness, version_of
from .jobs import BadPlan, Job, Plan, Settings, task_hash
from .pool import run_all, still_to_do
from .simulator import running_simulator


@dataclass(frozen=True, slots=True)
class How:
    """How a plan is carried out."""

    out: Path
    jobs: int = 2
    resume: bool = False
    limits: Limits = field(default_factory=Limits)


def carry_out(plan: Plan, harnesses: Mapping[str, Harness], how: How, console: Console) -> list[Job]:
    """Run what of the plan has no record yet, and return all its jobs. Raises BadPlan, BadRuns, RunFailed
    and SimulatorFailed."""
    tasks = {task.name: task for task in taskset.load_tasks(plan.tasks)}
    hashes = {name: task_hash(task.folder) for name, task in tasks.items()}
    jobs = plan.jobs()
    left = still_to_do(jobs, how.out, lambda job: hashes[job.task], resume=how.resume)
    if len(left) < len(jobs):
        console.print(f"{len(jobs) - len(left)} of {len(jobs)} runs are there already.")
    if not left:
        return jobs
    make_ready(harnesses)
    versions = versions_of({name: version_of(harness) for name, harness in harnesses.items()})
    versions["repository"] = _revision()
    with running_simulator() as simulator:
        world = World(simulator, harnesses, tasks, how.limits, versions)
        run_all(
            left,
            lambda job: execute(job, world),
            how.out,
            workers=how.jobs,
            console=console,
            stop=world.stop,
        )
    return jobs


def make_ready(harnesses: Mapping[str, Harness]) -> None:
    """Fetch what is pinned and missing. Raises BadPlan."""
    for harness in harnesses.values():
        if harness.fetch:
            try:
                fetch(harness.fetch)
            except Unavailable as error:
                raise BadPlan(str(error)) from error


def check_settings(settings: Settings) -> None:
    """Our own harness only warns of a setting it cannot use; a measurement may not go on without it. Raises
    BadPlan."""
    from smallcode.adapters.settings_values import NAMES, Unusable, usable  # noqa: PLC0415
    from smallcode.errors import SettingsError  # noqa: PLC0415
    from smallcode.features import check_disabled  # noqa: PLC0415

    for name, value in settings:
        if name not in NAMES:
            raise BadPlan(f"There is no setting {name!r}. There are: {', '.join(NAMES)}.")
        try:
            used = usable(name, value)
            if name == "disable":
                assert isinstance(used, tuple)
                check_disabled(used)
        except (Unusable, SettingsError) as error:
            raise BadPlan(str(error)) from error


def our_features() -> Sequence[str]:
    """What our harness can switch off."""
    from smallcode.features import switchable  # noqa: PLC0415

    return switchable()


def _revision() -> str:
    """The commit, and whether the work tree differs from it; "" outside a repository."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
