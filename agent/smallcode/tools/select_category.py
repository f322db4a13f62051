"""Ask for the tools of a kind of work, where the window is too small to describe them all in every prompt."""

from __future__ import annotations

from pydantic import Field

from ..core.router import Category
from ..core.signature import signature
from .base import Arguments, ToolContext, ToolOutput, tool


class SelectCategory(Arguments):
    category: Category = Field(description="what kind of work")


@tool(
    "select_category",
    "respond",
    aliases=("select_tools", "list_tools"),
    pure=True,
    title=lambda a: f"tools to {a.category}",
    core=False,
)
async def select_category(context: ToolContext, arguments: SelectCategory) -> ToolOutput:
    """Get more tools."""
    found = [one for one in context.registry if arguments.category in one.offered_for]
    if not found:
        return ToolOutput(f"There are no more tools to {arguments.category}. Use those that you have.")
    rows = [f"{signature(one.schema)}: {one.description}" for one in found]
    return ToolOutput("\n".join(["You can call these too:", *rows]))
