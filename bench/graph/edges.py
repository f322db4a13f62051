"""``python -m bench.graph.edges``: how right the graph's call edges are, on sites drawn before it was written.

``sites/first-run.json`` holds the figures of the resolver as it was when it first met these sites; they stand
beside those of today and are never written again. The exit status is 1 where a gate is missed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from ..runner.markup import markdown
from ..runner.tables import Table
from .drawing import LANGUAGES, SEED, SITES
from .judging import Score, judged, rows_of

FIRST = SITES / "first-run.json"
PRECISION = 0.97
RECALL = {"python": 0.93}

HEADER = (
    "", "sites", "defined", "edges", "right", "precision", "recall", "first: precision", "first: recall",
)  # fmt: skip
NOTE = (
    "*sites* are calls drawn by seed whose callee the language server (basedpyright, tsserver) knows; *defined* "
    "those that it finds to be a function, method or class of the project, of which recall is. *edges* stand "
    "at any of the sites: one at a call of what is defined outside of the project, or held by a variable, is "
    "wrong."
)

Counts = Mapping[str, Any]


def counts(score: Score) -> dict[str, int]:
    judged_sites = score.sites - score.truths["silent"]
    return {
        "sites": judged_sites,
        "defined": score.defined,
        "edges": score.claimed,
        "right": score.right,
        "met": score.met,
        "unjudged": score.unjudged,
        "silent": score.truths["silent"],
    }


def total(found: Sequence[Counts]) -> dict[str, int]:
    return {name: sum(one[name] for one in found) for name in found[0]}


def precision(one: Counts) -> float:
    return one["right"] / one["edges"] if one["edges"] else 1.0


def recall(one: Counts) -> float:
    return one["met"] / one["defined"] if one["defined"] else 1.0


def table(language: str, now: Mapping[str, Counts], first: Mapping[str, Counts]) -> Table:
    rows = [_row(name, now[name], first.get(name)) for name in now]
    rows.append(_row("all", total(list(now.values())), total(list(first.values())) if first else None))
    return Table(f"Call edges: {language}", HEADER, tuple(rows), NOTE)


def _row(name: str, now: Counts, first: Counts | None) -> tuple[str, ...]:
    plain = (str(now[key]) for key in ("sites", "defined", "edges", "right"))
    before = (f"{precision(first):.3f}", f"{recall(first):.3f}") if first else ("", "")
    return (name, *plain, f"{precision(now):.3f}", f"{recall(now):.3f}", *before)


def measure(language: str) -> dict[str, dict[str, int]]:
    return {name: counts(score) for name, score in judged(language, rows_of(language)).items()}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.graph.edges", description=__doc__)
    parser.add_argument("--md", type=Path, metavar="FILE", help="the tables")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the counts")
    arguments = parser.parse_args(argv)
    first = json.loads(FIRST.read_text("utf-8")) if FIRST.is_file() else {}
    found = {language: measure(language) for language in LANGUAGES}
    tables = [table(language, found[language], first.get(language, {})) for language in LANGUAGES]
    text = markdown("Edges of the code graph", tables)
    Console(soft_wrap=True, highlight=False, markup=False).print(text)
    if arguments.md is not None:
        made = f'\nSites: seed "{SEED}", `bench/graph/sites/`. Made by `python -m bench.graph.edges`.\n'
        arguments.md.write_text(text + made, "utf-8")
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return int(any(missed(language, total(list(found[language].values()))) for language in LANGUAGES))


def missed(language: str, all_of_it: Counts) -> bool:
    return precision(all_of_it) < PRECISION or recall(all_of_it) < RECALL.get(language, 0.0)


if __name__ == "__main__":
    raise SystemExit(main())
