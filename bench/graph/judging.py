"""Precision and recall of the graph's call edges, on the drawn sites."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smallcode.adapters.graph.extract import Extractor
from smallcode.core.graph.facts import Definition
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.resolve import Edges

from .drawing import SITES
from .sources import fetch, sources

SUFFIXES = {"python": (".py",), "typescript": (".ts", ".tsx", ".mts", ".cts")}

# A class and what makes its instances are one answer to the question what a call of the class calls.
_CONSTRUCTORS = ("__init__", "__new__", "constructor")


@dataclass(slots=True)
class Score:
    """``claimed`` are edges at sites whose callee is known: ``right`` of them go there. ``defined`` are the
    sites whose callee is a function, method or class of the project, ``met`` those of them with a right edge.
    ``unjudged`` are edges where the language server knew no callee."""

    claimed: int = 0
    right: int = 0
    defined: int = 0
    met: int = 0
    unjudged: int = 0
    sites: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    truths: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        return self.met / self.defined if self.defined else 1.0


def graph_of(root: Path, suffixes: Sequence[str]) -> Graph:
    """The facts of all such files below the folder."""
    extractor, graph = Extractor(), Graph()
    for path in sorted(root.rglob("*")):
        if path.name.endswith(tuple(suffixes)) and path.is_file():
            text = path.read_text("utf-8", "replace")
            graph.put(extractor.facts(path.relative_to(root).as_posix(), text))
    return graph


def rows_of(name: str) -> list[dict[str, Any]]:
    """The sites of ``sites/NAME.jsonl``."""
    lines = (SITES / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def judged(language: str, rows: Iterable[dict[str, Any]]) -> dict[str, Score]:
    """By project."""
    by_project: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_project.setdefault(row["project"], []).append(row)
    known = sources()
    return {
        name: judge(graph_of(fetch(known[name]), SUFFIXES[language]), found)
        for name, found in by_project.items()
    }


def judge(graph: Graph, rows: Sequence[dict[str, Any]]) -> Score:
    resolver, score = Edges(), Score()
    answers: dict[str, dict[tuple[int, int], tuple[str, int]]] = {}
    for row in rows:
        path = row["path"]
        if path not in answers:
            answers[path] = {
                (call.line, call.column): (value.path, value.at)
                for call, value in resolver.calls(graph, path)
            }
        _count(score, graph, row, answers[path].get((row["line"], row["column"])))
    return score


def _count(score: Score, graph: Graph, row: dict[str, Any], answer: tuple[str, int] | None) -> None:
    truth = row["truth"]
    score.sites += 1
    score.truths[truth] += 1
    site = f"{row['project']} {row['path']}:{row['line']}:{row['column']} {row['name']}"
    if truth == "silent":
        score.unjudged += answer is not None
        return
    right = answer is not None and same(graph, answer, row["targets"])
    score.defined += truth == "definition"
    score.met += truth == "definition" and right
    if answer is not None:
        score.claimed += 1
        score.right += right
        if not right:
            one = _definition(graph, answer)
            score.wrong.append(f"{site}: {answer[0]} {one.qualified}, but {truth} {row['targets']}")
    if truth == "definition" and not right:
        score.missed.append(f"{site}: {row['targets']}")


def same(graph: Graph, answer: tuple[str, int], targets: Sequence[Sequence[Any]]) -> bool:
    """Whether the answer is one of the places, or another declaration of what is declared there: an overload,
    the constructor of a class."""
    mine = _named(graph, answer[0], _definition(graph, answer))
    for path, line, column, _ in targets:
        if path != answer[0]:
            continue
        for symbol in graph.in_file(path):
            one = symbol.definition
            if (one.at, one.column) == (line, column) and _named(graph, path, one) == mine:
                return True
        if (line, column) == (_definition(graph, answer).at, _definition(graph, answer).column):
            return True
    return False


def _definition(graph: Graph, answer: tuple[str, int]) -> Definition:
    return graph.in_file(answer[0])[answer[1]].definition


def _named(graph: Graph, path: str, one: Definition) -> str:
    if one.name in _CONSTRUCTORS and one.parent >= 0:
        return graph.in_file(path)[one.parent].definition.qualified
    return one.qualified
