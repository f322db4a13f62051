"""The tools, in the order in which the model is told of them."""

from __future__ import annotations

from dataclasses import replace

from .append_file import append_file
from .base import Tool
from .bash import bash
from .create_and_run import create_and_run
from .explain_symbol import explain_symbol
from .find_and_read import find_and_read
from .find_files import find_files
from .graph_search import graph_search
from .hybrid_search import hybrid_search
from .insert_at_line import insert_at_line
from .list_projects import list_projects
from .patch import patch
from .read_and_patch import read_and_patch
from .read_file import read_file
from .replace_in_files import replace_in_files
from .run_tests import run_tests
from .scope_check import scope_check
from .search import search
from .search_and_read import search_and_read
from .select_category import select_category
from .write_file import write_file

ALL: tuple[Tool, ...] = (
    read_file,
    patch,
    write_file,
    append_file,
    search,
    find_files,
    bash,
    read_and_patch,
    create_and_run,
    find_and_read,
    search_and_read,
    replace_in_files,
    insert_at_line,
    select_category,
    run_tests,
    graph_search,
    explain_symbol,
    scope_check,
    list_projects,
    hybrid_search,
)
"""Every tool that runs when it is called."""

GRAPH_TOOLS = frozenset(
    tool.name for tool in (graph_search, explain_symbol, scope_check, list_projects, hybrid_search)
)
"""What is of no use where there is no code graph."""

by_name: dict[str, Tool] = {tool.name: tool for tool in ALL}

aliases: dict[str, str] = {alias: tool.name for tool in ALL for alias in tool.aliases}


def registry(*, graph: bool) -> tuple[Tool, ...]:
    """Every tool that can be of use; ``graph`` says whether there is a code graph. Where there is one, what
    graph_search does better is not offered, but runs."""
    if not graph:
        return tuple(tool for tool in ALL if tool.name not in GRAPH_TOOLS)
    return tuple(replace(tool, offered_for=()) if tool is search_and_read else tool for tool in ALL)


def offered() -> tuple[Tool, ...]:
    """Those that every request offers: each costs tokens of every prompt."""
    return tuple(tool for tool in ALL if tool.core)
