"""The projects of the workspace: folders with a manifest, their languages and sizes."""

from __future__ import annotations

import posixpath

from ..core.graph.projects import projects, render_projects
from .base import Arguments, ToolContext, ToolOutput, tool
from .code_graph import NO_GRAPH, current, room, told


class ListProjects(Arguments):
    pass


@tool(
    "list_projects",
    "code_intel",
    aliases=("workspace_info", "project_overview"),
    pure=True,
    title=lambda _a: "list projects",
    core=False,
    offered_for=("code_intel", "plan", "read", "search"),
    about=r"\bprojects\b|\bpackages\b|\bmonorepo|\bworkspaces?\b|\bprogramming languages?\b",
)
async def list_projects(context: ToolContext, arguments: ListProjects) -> ToolOutput:
    """List the projects in this workspace with their languages and sizes."""
    lookup = await current(context)
    if lookup is None:
        return NO_GRAPH
    found = projects(lookup.graph, await context.workspace.files())
    name = posixpath.basename(context.workspace.root.replace("\\", "/").rstrip("/"))
    within = room(context)
    return told(context, render_projects(found, name, within), within)
