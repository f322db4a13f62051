"""``smallcode bench run|report|compare|ablate``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench import taskset
from bench.simmodel.rates import ALONE, RATES, RECOVERY

from . import run as running
from .ablation import RATES as ABLATION_RATES
from .ablation import ablation, variants
from .execute import Limits
from .harness import Harness, known_harnesses, load_harness
from .jobs import (
    ALL_FAULTS,
    NO_FAULT,
    BadPlan,
    Plan,
    choose,
    parse_rates,
    parse_seeds,
    parse_settings,
)
from .markup import markdown, page
from .pool import RunFailed
from .records import BadRuns, load, load_all
from .select import comparison
from .simulator import SimulatorFailed
from .tables import Table, tables

BAD_USAGE = 2
INTERRUPTED = 130
OURS = "ours"
EACH = "each"

FAULTS_HELP = (
    f"{ALL_FAULTS} (the whole catalogue), {NO_FAULT}, {EACH} (every kind alone), or kinds of fault that "
    "occur alone, apart by commas"
)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 failed, 2 what was asked for cannot be done."""
    arguments = _parser().parse_args(argv)
    console = Console(stderr=True, highlight=False)
    try:
        return int(arguments.verb(arguments, console))
    except (BadPlan, BadRuns, taskset.TaskError) as error:
        console.print(f"smallcode bench: {error}", style="red", markup=False)
        return BAD_USAGE
    except (RunFailed, SimulatorFailed) as error:
        console.print(f"smallcode bench: {error}", style="red", markup=False)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: argparse.Namespace, console: Console) -> int:
    harnesses = _harnesses(arguments.harness)
    settings = parse_settings(arguments.set)
    configurable = frozenset(name for name, harness in harnesses.items() if harness.settings_prefix)
    if settings and not configurable:
        raise BadPlan("--set is for our own harnesses, and none of them is asked for.")
    running.check_settings(settings)
    plan = Plan(
        tasks=_tasks(arguments),
        faults=_faults(arguments.faults),
        rates=parse_rates(arguments.rates),
        seeds=parse_seeds(arguments.seeds),
        harnesses=list(harnesses),
        variants=[settings],
        configurable=configurable,
        window=arguments.window,
        recovery=arguments.recovery,
    )
    how = _how(arguments)
    running.carry_out(plan, harnesses, how, console)
    console.print(f"Runs: {how.out}. Next: smallcode bench report {how.out}", markup=False)
    return 0


def _report(arguments: argparse.Namespace, console: Console) -> int:
    records = load_all(arguments.runs)
    found = tables(records)
    if arguments.html:
        from .plots import plots  # noqa: PLC0415 - a plotting library is not for every verb

        arguments.html.write_text(page(arguments.title, found, plots(records)), encoding="utf-8")
    _print(arguments.title, found, arguments.md, silent=arguments.html is not None)
    return 0


def _compare(arguments: argparse.Namespace, console: Console) -> int:
    _print(f"{arguments.second} against {arguments.first}", comparison(arguments.first, arguments.second))
    return 0


def _ablate(arguments: argparse.Namespace, console: Console) -> int:
    known = running.our_features()
    features = choose(arguments.features, known, "feature") if arguments.features else list(known)
    base = parse_settings(arguments.set)
    settings = variants(features, base)
    for one in settings:
        running.check_settings(one)
    plan = Plan(
        tasks=_tasks(arguments),
        faults=[ALL_FAULTS],
        rates=ABLATION_RATES,
        seeds=parse_seeds(arguments.seeds),
        harnesses=[OURS],
        variants=settings,
        configurable=frozenset({OURS}),
        window=arguments.window,
        recovery=arguments.recovery,
    )
    how = _how(arguments)
    jobs = running.carry_out(plan, _harnesses(OURS), how, console)
    wanted = {(job.task, job.fault, job.rate, job.seed, job.settings) for job in jobs}
    records = [
        run
        for run in load(how.out)
        if (run.task, run.fault, run.rate, run.seed, tuple(sorted(run.settings.items()))) in wanted
    ]
    _print("What each feature is worth", ablation(records, features, base))
    return 0


def _print(title: str, found: Sequence[Table], path: Path | None = None, *, silent: bool = False) -> None:
    text = markdown(title, found)
    if path is not None:
        path.write_text(text, encoding="utf-8")
    elif not silent:
        sys.stdout.write(text)


def _harnesses(text: str) -> dict[str, Harness]:
    known = known_harnesses()
    return {name: load_harness(known[name]) for name in choose(text, list(known), "harness")}


def _tasks(arguments: argparse.Namespace) -> list[str]:
    every = taskset.load_tasks(suite=arguments.suite)
    names = [task.name for task in every]
    return choose(arguments.tasks, names, "task") if arguments.tasks else names


def _faults(text: str) -> list[str]:
    if text == EACH:
        return [*RATES, *ALONE]
    return choose(text, [ALL_FAULTS, NO_FAULT, *RATES, *ALONE], "kind of fault")


def _how(arguments: argparse.Namespace) -> running.How:
    return running.How(
        out=arguments.out,
        jobs=arguments.jobs,
        resume=arguments.resume,
        limits=Limits(arguments.time_limit, arguments.request_limit),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="smallcode bench", description="Harnesses judged on tasks against a simulated small model."
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True)

    run = verbs.add_parser("run", help="tasks × faults × seeds × harnesses, one line of JSON for each run")
    run.add_argument("--faults", default=ALL_FAULTS, metavar="KINDS", help=FAULTS_HELP)
    run.add_argument("--rates", default="0,1", metavar="R,...", help="multipliers of the base rates")
    run.add_argument("--harness", default=OURS, metavar="NAME,...", help=", ".join(known_harnesses()))
    _add_running(run, Path("runs/runs.jsonl"))
    run.set_defaults(verb=_run)

    report = verbs.add_parser("report", help="what the runs came to, as Markdown or as one HTML page")
    report.add_argument("runs", nargs="+", type=Path, metavar="RUNS.jsonl")
    report.add_argument("--title", default="Benchmark", help="of the report")
    report.add_argument("--html", type=Path, metavar="FILE", help="write a page with plots")
    report.add_argument("--md", type=Path, metavar="FILE", help="write Markdown instead of printing it")
    report.set_defaults(verb=_report)

    compare = verbs.add_parser("compare", help="paired differences of B to A, with intervals")
    for name, shown in (("first", "A"), ("second", "B")):
        compare.add_argument(name, metavar=shown, help="RUNS.jsonl, or RUNS.jsonl#HARNESS")
    compare.set_defaults(verb=_compare)

    ablate = verbs.add_parser("ablate", help="what each feature of ours is worth at ×1, and costs at ×0")
    ablate.add_argument("--features", metavar="NAME,...", help=f"of: {', '.join(running.our_features())}")
    _add_running(ablate, Path("runs/ablation.jsonl"))
    ablate.set_defaults(verb=_ablate)
    return parser


def _add_running(parser: argparse.ArgumentParser, out: Path) -> None:
    parser.add_argument("--tasks", metavar="NAME,...", help="all, unless named")
    parser.add_argument("--suite", choices=taskset.SUITES, help="the tasks of one suite")
    parser.add_argument("--seeds", default="1", metavar="N", help="the first N seeds, or A-B")
    parser.add_argument("--window", type=int, default=16384, metavar="TOKENS", help="of the model")
    parser.add_argument(
        "--recovery",
        type=_share,
        default=RECOVERY,
        metavar="SHARE",
        help="how often an error's hint is taken",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="our harness's setting"
    )
    parser.add_argument("--jobs", type=_positive, default=2, metavar="N", help="runs at a time")
    parser.add_argument("--out", type=Path, default=out, metavar="FILE", help="default: %(default)s")
    parser.add_argument("--resume", action="store_true", help="leave out what the file holds already")
    parser.add_argument("--time-limit", type=float, default=180.0, metavar="S", help="seconds of a run")
    parser.add_argument("--request-limit", type=_positive, default=80, metavar="N", help="requests of a run")


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 1")
    return value


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return value
