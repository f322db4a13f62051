"""``smallcode graph``: what a model is shown of a name or a question, and the neighbourhood as a picture."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from ..adapters.approver import FixedApprover
from ..adapters.guard import WriteGuard
from ..adapters.measure import vocabulary_tokens
from ..adapters.settings_file import load, user_cache_dir
from ..adapters.shell import BashShell
from ..build import open_code_graph, open_disk
from ..core.budget import unasked
from ..core.graph.drawing import draw
from ..core.graph.search import search
from ..errors import SmallCodeError
from ..ports import CodeGraph
from ..ports.graph import Indexing
from ..settings import Settings
from ..tools.base import Tool, ToolContext, ToolOutput
from ..tools.explain_symbol import explain_symbol
from ..tools.graph_search import graph_search
from .folder import is_folder
from .screen import clean

BAD_USAGE = 2
NOTHING_FOUND = 1

_PLACE = re.compile(
    r"^(?P<place>[^\s:]+:\d+(?:-\d+)?)(?P<head> [^\[\n]*)?(?P<why>\[[^\]\n]+\])?$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Options:
    """``explain`` tells all of one symbol instead of searching; ``svg`` is the file for the picture."""

    name: str
    cwd: str = "."
    max_tokens: int = 0
    explain: bool = False
    svg: str | None = None


def main(options: Options) -> int:
    """Returns the exit status: 1 where nothing has the name."""
    aside = Console(stderr=True, highlight=False, soft_wrap=True)
    if not is_folder(options.cwd, aside):
        return BAD_USAGE
    try:
        settings = load(options.cwd, environment=os.environ).settings
        status, picture = asyncio.run(_shown(settings, options, aside))
        if options.svg is not None and picture:
            Path(options.svg).write_text(picture, "utf-8")
            aside.print(f"The picture is in {clean(options.svg)}.", markup=False, style="dim")
        return status
    except (SmallCodeError, OSError) as error:
        aside.print(clean(f"smallcode: {error}"), markup=False, style="red")
        return NOTHING_FOUND


async def _shown(settings: Settings, options: Options, aside: Console) -> tuple[int, str]:
    """The exit status and the picture, "" where nothing was found."""
    workspace = open_disk(options.cwd)
    graph = open_code_graph(settings, workspace.root, user_cache_dir())
    if graph is None:
        aside.print("smallcode: the setting index, or disable, switches the code graph off.", style="red")
        return NOTHING_FOUND, ""
    shell = BashShell(workspace.root)
    try:
        with aside.status("Reading the code …") as status:
            graph.watch(lambda how_far: status.update(_progress(how_far)))
            await graph.built()
        guard = WriteGuard(workspace, FixedApprover("deny"))
        context = ToolContext(guard, shell, settings, budget=unasked(vocabulary_tokens), graph=graph)
        return await _told(context, graph, options, aside)
    finally:
        await shell.aclose()
        await graph.aclose()


async def _told(context: ToolContext, graph: CodeGraph, options: Options, aside: Console) -> tuple[int, str]:
    if options.explain:
        output = await _run(context, explain_symbol, name=options.name)
    else:
        output = await _run(context, graph_search, query=options.name, max_tokens=options.max_tokens)
    Console(highlight=False, soft_wrap=True).print(_coloured(output.content))
    aside.print(f"{vocabulary_tokens(output.content):,} tokens", style="dim")
    found = search(graph.lookup, options.name).ranked
    return (0, draw(graph.lookup, found[0].symbol)) if found else (NOTHING_FOUND, "")


async def _run(context: ToolContext, tool: Tool, **arguments: object) -> ToolOutput:
    return await tool.run(context, tool.arguments.model_validate(arguments))


def _progress(how_far: Indexing) -> str:
    return f"Reading the code: {how_far.done:,} of {how_far.total:,} files"


def _coloured(content: str) -> Text:
    """Places stand out where somebody looks; piped it is the very text."""
    shown = Text(clean(content))
    for match in _PLACE.finditer(shown.plain):
        shown.stylize("bold cyan", *match.span("place"))
        if match["head"]:
            shown.stylize("bold", *match.span("head"))
        if match["why"]:
            shown.stylize("dim", *match.span("why"))
    return shown
