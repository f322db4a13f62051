"""What the code graph takes, a phase in each process: ``python -m bench.graph.phases PHASE FOLDER CACHE``.

Prints one JSON object. Times are CPU seconds of the process and its children unless they say otherwise: other
programs that run meanwhile do not count.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.speed.rows import percentile
from smallcode.adapters.graph.index import CodeIndex
from smallcode.build import open_code_graph
from smallcode.core.graph.graph import Graph
from smallcode.settings import Settings

SEED = 20250101
ASKED = 5000
EDITS = 40
FAN_OUT = 20
PATIENCE = 600.0


def main(phase: str, folder: str, cache: str) -> None:
    print(json.dumps(asyncio.run(PHASES[phase](folder, Path(cache)))))


def cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def memory() -> float:
    """Resident megabytes of this process; Linux."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def index_of(folder: str, cache: Path) -> CodeIndex:
    index = open_code_graph(Settings(), folder, cache)
    assert index is not None, "the default settings have a graph"
    return index


async def cold(folder: str, cache: Path) -> dict[str, Any]:
    """From nothing to a graph that is kept. ``busy`` are the longest times that the event loop was kept from
    other work, in CPU milliseconds of its thread."""
    index = index_of(folder, cache)
    busy: list[float] = []
    watching = asyncio.create_task(_watch_loop(busy))
    began, used = time.perf_counter(), cpu()
    index.start()
    await index.searchable()
    searchable = {"searchable_cpu": cpu() - used, "searchable": time.perf_counter() - began}
    await index.built()
    built = {"built_cpu": cpu() - used, "built": time.perf_counter() - began}
    await index.kept()
    kept = {"kept_cpu": cpu() - used}
    watching.cancel()
    sizes = index.graph.sizes()
    await index.aclose()
    return {
        **searchable, **built, **kept, "busy_p99": percentile(busy, 0.99), "busy_max": max(busy),
        "files": sizes.files, "symbols": sizes.symbols, "edges": sizes.edges, "calls": sizes.calls,
    }  # fmt: skip


async def _watch_loop(busy: list[float]) -> None:
    while True:
        before = time.thread_time()
        await asyncio.sleep(0.001)
        busy.append(1000 * (time.thread_time() - before))


async def load(folder: str, cache: Path) -> dict[str, Any]:
    """What was kept, at the next start."""
    index = index_of(folder, cache)
    gc.collect()
    before, used = memory(), cpu()
    began = time.perf_counter()
    await index.built()
    found = {"load_cpu": cpu() - used, "load": time.perf_counter() - began}
    gc.collect()
    found["memory"] = memory() - before
    await index.aclose()
    return found


async def edits(folder: str, cache: Path) -> dict[str, Any]:
    """Typing in the file that comes nearest to 1,000 lines: in the body of a function, and a new function."""
    index = index_of(folder, cache)
    await index.built()
    texts = {path: (Path(folder) / path).read_text("utf-8", "replace") for path in _of_1000_lines(index)}
    path = min(texts, key=lambda path: abs(texts[path].count("\n") - 1000))
    text = texts[path]
    index.opened(path, lambda: text)
    await index.current(PATIENCE)
    took: dict[str, list[float]] = {"body": [], "exports": []}
    for number in range(EDITS):
        for kind, added in (
            ("body", f"    x{number} = {number}\n"),
            ("exports", f"def added_{number}(): pass\n"),
        ):
            text = text.rstrip("\n") + "\n" + added
            index.edited(path)
            used = cpu()
            await index.current(PATIENCE)
            took[kind].append(1000 * (cpu() - used))
    await index.aclose()
    return {"path": path, "lines": text.count("\n"), **took}


def _of_1000_lines(index: CodeIndex) -> list[str]:
    graph = index.graph
    lasts = {
        path: max((one.definition.last for one in graph.in_file(path)), default=0) for path in graph.paths()
    }
    return [
        path for path, last in lasts.items() if 800 < last < 1200 and path.endswith((".py", ".ts", ".rs"))
    ]


async def queries(folder: str, cache: Path) -> dict[str, Any]:
    """Each symbol as likely as any other, so that names that are defined often are asked for often."""
    index = index_of(folder, cache)
    await index.built()
    graph = index.graph
    drawn = random.Random(SEED).sample([one for path in graph.paths() for one in graph.in_file(path)], ASKED)
    ids = [one.id for one in drawn]
    asked: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "exists": (graph.exists, [one.name for one in drawn]),
        "definition": (graph.named, [one.name for one in drawn]),
        "symbol": (graph.symbol, ids),
        "callers": (graph.callers, ids),
        "two hops": (lambda id: two_hops(graph, id), ids),
        "members": (graph.members, ids),
        "possible callers, 20 at most": (
            lambda name: graph.possible_callers(name, 20),
            [one.name for one in drawn],
        ),
    }
    gc.disable()
    found = {name: _timed(function, values) for name, (function, values) in asked.items()}
    await index.aclose()
    return found


def two_hops(graph: Graph, id: int) -> set[int]:
    """Callers and callees of callers and callees, as far as each has not more than 20."""
    near = {edge.source for edge in graph.callers(id, FAN_OUT)}
    near |= {edge.target for edge in graph.callees(id)[:FAN_OUT]}
    far = {edge.source for one in near for edge in graph.callers(one, FAN_OUT)}
    return near | far | {edge.target for one in near for edge in graph.callees(one)[:FAN_OUT]}


def _timed(function: Callable[[Any], Any], values: Sequence[Any]) -> list[float]:
    """Microseconds of each."""
    took = []
    for value in values:
        began = time.perf_counter_ns()
        function(value)
        took.append((time.perf_counter_ns() - began) / 1000)
    return took


PHASES = {"cold": cold, "load": load, "edits": edits, "queries": queries}

if __name__ == "__main__":
    main(*sys.argv[1:])
