"""The tools, in the order in which the model is told of them."""

from __future__ import annotations

from ..ports import ToolSchema
from .append_file import append_file
from .base import Tool
from .bash import bash
from .find_files import find_files
from .patch import patch
from .read_file import read_file
from .search import search
from .write_file import write_file

ALL: tuple[Tool, ...] = (read_file, patch, write_file, append_file, search, find_files, bash)

by_name: dict[str, Tool] = {tool.name: tool for tool in ALL}

aliases: dict[str, str] = {alias: tool.name for tool in ALL for alias in tool.aliases}


def schemas() -> list[ToolSchema]:
    """The ``tools`` list of a request."""
    return [tool.schema for tool in ALL]
