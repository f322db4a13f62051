"""``python -m bench.graph.cold ROOT SUFFIXES``: the graph of a folder, and what each part took, as JSON.

Times are processor seconds. A process of its own, so that it is measured as the other programs are.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from smallcode.adapters.graph.extract import Extractor
from smallcode.core.graph.facts import FileFacts
from smallcode.core.graph.fast import fast_definitions
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.resolve import Edges

T = TypeVar("T")

FILES_TO_FREEZE = 50


def texts_of(root: Path, suffixes: tuple[str, ...]) -> dict[str, str]:
    """By path relative to the folder, sorted."""
    paths = sorted(path for path in root.rglob("*") if path.name.endswith(suffixes) and path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8", "replace") for path in paths}


def extracted(texts: dict[str, str]) -> list[FileFacts]:
    extractor = Extractor()
    return [extractor.facts(path, texts[path]) for path in kept(texts)]


def kept(values: Iterable[T]) -> Iterator[T]:
    """The same values. As in the index, the garbage collector passes over what was made for the graph."""
    for number, value in enumerate(values):
        if number % FILES_TO_FREEZE == 0:
            gc.freeze()
        yield value


def filled(facts: list[FileFacts]) -> Graph:
    graph = Graph()
    for one in kept(facts):
        graph.put(one)
    return graph


def resolve(graph: Graph, resolver: Edges) -> None:
    for path in kept(graph.paths()):
        graph.set_edges(path, resolver.resolve(graph, path))


def main() -> None:
    root, suffixes = Path(sys.argv[1]), tuple(sys.argv[2].split(","))
    times = [time.process_time()]

    def passed() -> float:
        times.append(time.process_time())
        return times[-1] - times[-2]

    texts = texts_of(root, suffixes)
    read = passed()
    fast = sum(len(fast_definitions(path, text)) for path, text in texts.items())
    first = passed()
    facts = extracted(texts)
    extraction = passed()
    graph = filled(facts)
    filling = passed()
    resolve(graph, Edges())
    resolving = passed()
    sizes = graph.sizes()
    found = {"read": read, "fast": first, "extract": extraction, "fill": filling, "resolve": resolving}
    counts = {"files": sizes.files, "symbols": sizes.symbols, "calls": sizes.calls, "edges": sizes.edges}
    print(json.dumps({**found, **counts, "fast_definitions": fast, "lines": _lines(texts)}))


def _lines(texts: dict[str, str]) -> int:
    return sum(text.count("\n") for text in texts.values())


if __name__ == "__main__":
    main()
