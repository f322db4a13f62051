"""Tells the code graph what happens to files beside the editor: by the tools of a turn, and before it."""

from __future__ import annotations

from collections.abc import Collection

from ..events import Event, ToolFinished, TurnStarted
from ..ports import CodeGraph


class GraphChanges:
    """``running`` are the tools that can change any file, such as the shell's."""

    def __init__(self, graph: CodeGraph, running: Collection[str]) -> None:
        self._graph = graph
        self._running = frozenset(running)

    def on_event(self, turn_id: str, event: Event) -> None:
        if isinstance(event, TurnStarted):
            self._graph.look_again()
        elif isinstance(event, ToolFinished):
            self._graph.touched([diff.path for diff in event.diffs])
            if event.name in self._running:
                self._graph.look_again()
