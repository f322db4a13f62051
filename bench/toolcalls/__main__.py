"""``python -m bench.toolcalls``: the parser's score on calls that it has not been shown."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from smallcode.core.toolcalls import parse_tool_calls

from ..runner.markup import markdown
from .adversarial import texts
from .corpus import cases
from .export import export
from .negatives import negatives
from .report import failures, tables
from .score import Outcome, Scored, score
from .tools import ALIASES, TOOLS
from .values import Call

TITLE = "Tool calls of small models"


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status is 1 where something ran that should not have, or the parser raised."""
    arguments = _parser().parse_args(argv)
    positives = cases(arguments.seed, arguments.per_family)
    others = negatives(arguments.seed)
    if arguments.export is not None:
        export(arguments.export, positives, others)
    scored = score(parse, positives, others, texts(), list(TOOLS.values()))
    text = markdown(TITLE, tables(scored))
    command = f"python -m bench.toolcalls --seed {arguments.seed} --per-family {arguments.per_family}"
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(text)
    for failure in failures(scored, arguments.fails):
        console.print(failure)
    if arguments.md is not None:
        arguments.md.write_text(f"{text}\nMade by `{command}`.\n", encoding="utf-8")
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(_as_json(scored), ensure_ascii=False) + "\n", encoding="utf-8")
    if arguments.svg is not None:
        from .picture import svg  # noqa: PLC0415  Matplotlib takes longer to load than the whole run.

        arguments.svg.write_text(svg(scored), encoding="utf-8")
    return int(
        bool(scored.false_positives or scored.violations or scored.errors or scored.adversarial_errors)
    )


def parse(text: str, tools: Sequence[Mapping[str, Any]]) -> list[Call]:
    return [Call(call.name, call.arguments) for call in parse_tool_calls(text, tools, ALIASES).calls]


def _as_json(scored: Scored) -> dict[str, Any]:
    return {
        "cases": [_outcome(one) for one in scored.positives],
        "negatives": [_outcome(one) for one in scored.negatives],
        "adversarial_ms": dict(scored.adversarial),
        "adversarial_errors": dict(scored.adversarial_errors),
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    case = one.case
    return {
        "id": case.id,
        "family": case.family,
        "planned": case.planned,
        "corruption": case.corruption,
        "arguments": case.kind,
        "must_not": case.must_not,
        "verdict": one.verdict,
        "calls": len(one.found),
        "ms": round(one.milliseconds, 4),
        "error": one.error,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.toolcalls", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the corpus (default: 1)")
    parser.add_argument("--per-family", type=int, default=45, metavar="N", help="cases of each family")
    parser.add_argument("--fails", type=int, default=0, metavar="N", help="show so many failures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every outcome")
    parser.add_argument("--md", type=Path, metavar="FILE", help="the tables")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="recall as a picture")
    parser.add_argument(
        "--export", type=Path, metavar="DIR", help="the corpus as cases.jsonl, negatives.jsonl"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
