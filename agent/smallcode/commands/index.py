"""``smallcode index``: make the code graph of a folder, or bring it up to date, and say what is in it."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..adapters.settings_file import load, user_cache_dir
from ..build import open_code_graph
from .folder import is_folder
from .screen import clean

if TYPE_CHECKING:
    from ..adapters.graph.index import CodeIndex

BAD_USAGE = 2
SILENT = 3
"""Files of a language could be read and gave no symbols."""


@dataclass(frozen=True, slots=True)
class Options:
    """``stats`` also tells languages, files that were left out, and sizes."""

    cwd: str = "."
    stats: bool = False
    as_json: bool = False


def main(options: Options) -> int:
    """Returns the exit status: 1 where it failed, 3 where files of a language gave nothing."""
    aside = Console(stderr=True, highlight=False, soft_wrap=True)
    if not is_folder(options.cwd, aside):
        return BAD_USAGE
    try:
        return asyncio.run(_index(options, aside))
    except OSError as error:
        aside.print(clean(f"smallcode: {error}"), markup=False, style="red")
        return 1


async def _index(options: Options, aside: Console) -> int:
    root = os.path.realpath(options.cwd)  # noqa: ASYNC240 - nothing else runs here
    resolved = load(root, environment=os.environ)
    index = open_code_graph(resolved.settings, root, user_cache_dir())
    if index is None:
        aside.print("smallcode: the setting index is off here.", markup=False, style="red")
        return 1
    began = time.monotonic()
    try:
        with _bar(index, aside):
            await index.built()
        if not await index.kept() and index.notice:
            aside.print(clean(f"! {index.notice}"), markup=False, style="yellow")
        seconds = time.monotonic() - began
        problems = index.problems()
        facts = _facts(index, seconds, problems)
    finally:
        await index.aclose()
    if options.as_json:
        print(json.dumps(facts, indent=2))
    else:
        _tell(facts, options.stats)
    for problem in problems:
        aside.print(clean(f"smallcode: {problem}"), markup=False, style="red")
    return SILENT if problems else 0


@contextmanager
def _bar(index: CodeIndex, console: Console) -> Iterator[None]:
    """It is not drawn where nobody sees it."""
    columns = (TextColumn("indexing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        index.watch(lambda now: progress.update(task, completed=now.done, total=now.total or None))
        yield


def _facts(index: CodeIndex, seconds: float, problems: list[str]) -> dict[str, Any]:
    sizes, path = index.graph.sizes(), index.store.path
    return {
        "files": sizes.files,
        "symbols": sizes.symbols,
        "names": sizes.names,
        "edges": sizes.edges,
        "calls": sizes.calls,
        "languages": dict(sizes.languages),
        "left_out": dict(sorted(index.skipped.items())),
        "seconds": round(seconds, 2),
        "store": None if path is None else str(path),
        "bytes": path.stat().st_size if path is not None and path.exists() else 0,
        "problems": problems,
    }


def _tell(facts: dict[str, Any], stats: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    counted = ", ".join(f"{facts[what]:,} {what}" for what in ("files", "symbols", "edges"))
    console.print(f"{counted} in {facts['seconds']:.1f} s", markup=False)
    if not stats:
        return
    table = Table(show_header=False, box=None)
    table.add_row("names", f"{facts['names']:,}")
    table.add_row("calls", f"{facts['calls']:,}")
    for language, files in sorted(facts["languages"].items(), key=lambda one: (-one[1], one[0])):
        table.add_row(f"files of {language or 'no language'}", f"{files:,}")
    for reason, files in facts["left_out"].items():
        table.add_row(clean(f"left out: {reason}"), f"{files:,}")
    table.add_row("size of the store", f"{facts['bytes'] / 1e6:.1f} MB")
    table.add_row("the store", clean(facts["store"] or "in memory alone"))
    console.print(table)
