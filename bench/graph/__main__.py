"""``python -m bench.graph``: how long the code graph takes, beside other programs on the same sources."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.harnesses.fetch import Unavailable
from smallcode.core.graph.resolve import Edges

from ..runner.markup import markdown
from ..runner.tables import Table
from ..speed.rows import median
from .cold import extracted, filled, resolve, texts_of
from .peers import Spent, aider_map, ctags, run
from .serving import Timing, edits, queries
from .sources import fetch, sources

PROJECTS = {"django": ".py", "celery": ".py", "sphinx": ".py", "zod": ".ts,.tsx", "cryptography": ".rs"}
SERVED = "django"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Cold:
    """Of one project: what ours took by its own account, and what each program took in processor seconds."""

    project: str
    parts: dict[str, Any]
    ours: float
    ctags: float
    aider: float | None
    warm: float | None


def cold(name: str, rounds: int, with_aider: bool) -> Cold:
    """Medians of so many rounds, the programs in turns; aider, which takes long, has one."""
    root = fetch(sources()[name])
    suffixes = PROJECTS[name]
    ours: list[Spent] = []
    tags: list[Spent] = []
    for _ in range(rounds):
        tags.append(ctags(root))
        ours.append(run([sys.executable, "-m", "bench.graph.cold", str(root), suffixes]))
    middle = sorted(ours, key=lambda one: one.cpu)[len(ours) // 2]
    first: float | None = None
    warm: float | None = None
    if with_aider:
        try:
            first, warm = (spent.cpu for spent in aider_map(root, tuple(suffixes.split(","))))
        except Unavailable as error:
            print(f"bench.graph: {error}", file=sys.stderr)
    spent_by_tags = median([one.cpu for one in tags])
    return Cold(name, json.loads(middle.output), middle.cpu, spent_by_tags, first, warm)


def cold_table(found: Sequence[Cold]) -> Table:
    header = (
        "", "files", "lines", "definitions first", "extract", "resolve", "µs a call", "all", "ctags",
        "of ctags", "aider cold", "of aider", "aider warm",
    )  # fmt: skip
    rows = tuple(_cold_row(one) for one in found)
    note = (
        "Processor seconds. *definitions first* is the pass by regular expressions; *all* the whole process, "
        "its start included, up to the graph with edges. ctags lists definitions and no calls, of all the "
        "languages that it knows; ours and aider read the files of one."
    )
    return Table("Cold", header, rows, note)


def _cold_row(one: Cold) -> tuple[str, ...]:
    parts = one.parts
    a_call = parts["resolve"] / parts["calls"] * 1e6 if parts["calls"] else 0.0
    counts = (f"{parts['files']}", f"{parts['lines']}")
    times = (f"{parts[name]:.2f}" for name in ("fast", "extract", "resolve"))
    whole = (f"{a_call:.1f}", f"{one.ours:.2f}")
    tags = (f"{one.ctags:.2f}", f"×{one.ours / one.ctags:.1f}")
    of_aider = f"×{one.ours / one.aider:.2f}" if one.aider else "–"
    return (one.project, *counts, *times, *whole, *tags, _or_dash(one.aider), of_aider, _or_dash(one.warm))


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def timing_table(title: str, timings: Sequence[Timing], note: str) -> Table:
    header = ("", "p50 µs", "p99 µs", "samples", "the other, µs", "which", "ratio")
    return Table(title, header, tuple(_timing_row(one) for one in timings), note)


def _timing_row(one: Timing) -> tuple[str, ...]:
    ratio = f"1 : {one.baseline / one.p50:,.0f}" if one.baseline and one.p50 else ""
    other = f"{one.baseline:,.0f}" if one.baseline else ""
    return one.name, f"{one.p50:,.1f}", f"{one.p99:,.1f}", str(one.samples), other, one.against, ratio


def measured(names: Sequence[str], rounds: int, with_aider: bool) -> tuple[list[Table], list[Cold]]:
    found = [cold(name, rounds, with_aider) for name in names]
    root = fetch(sources()[SERVED])
    texts = texts_of(root, tuple(PROJECTS[SERVED].split(",")))
    graph = filled(extracted(texts))
    resolve(graph, Edges())
    asked = queries(graph, root)
    changed = edits(graph, texts, root)
    tables = [
        cold_table(found),
        timing_table("Queries on django", asked, "Time on the clock; names drawn by seed."),
        timing_table(
            "An edit of a thousand lines", changed, "Processor time; the last row of each is a count."
        ),
    ]
    return tables, found


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.graph", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="PROJECT", help=", ".join(PROJECTS))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-aider", action="store_true", help="it takes longest to install and to run")
    parser.add_argument("--md", type=Path, metavar="FILE", help="the tables")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="the cold times as a picture")
    arguments = parser.parse_args(argv)
    names = arguments.names or list(PROJECTS)
    if unknown := [name for name in names if name not in PROJECTS]:
        parser.error(f"no project {', '.join(unknown)}; there are {', '.join(PROJECTS)}")
    tables, found = measured(names, arguments.rounds, not arguments.no_aider)
    text = markdown("Times of the code graph", tables)
    Console(soft_wrap=True, highlight=False, markup=False).print(text)
    if arguments.md is not None:
        made = f"Medians of {arguments.rounds} rounds. Made by `python -m bench.graph`.\n"
        arguments.md.write_text(f"{text}\n{made}", "utf-8")
    if arguments.svg is not None:
        from .picture import svg  # noqa: PLC0415  Matplotlib takes long to load.

        arguments.svg.write_text(svg(found), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
