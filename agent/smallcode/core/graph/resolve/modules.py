"""Which files and folders there are, for finding the file that an import means."""

from __future__ import annotations

from collections.abc import Iterator

from ..graph import Graph


class Tree:
    """The paths of a graph as they were; another one is to be made when a file comes or goes. ``packages``
    are the folders of Python that are packages and stand in none, by their name."""

    def __init__(self, graph: Graph) -> None:
        self.files = frozenset(graph.paths())
        self.folders: set[str] = {""}
        for path in graph.paths():
            folder = path.rpartition("/")[0]
            while folder not in self.folders:
                self.folders.add(folder)
                folder = folder.rpartition("/")[0]
        self.packages: dict[str, list[str]] = {}
        for path in graph.paths():
            folder, _, name = path.rpartition("/")
            around = folder.rpartition("/")[0]
            if name == "__init__.py" and folder and not self.is_package(around):
                self.packages.setdefault(folder.rpartition("/")[2], []).append(folder)

    def is_package(self, folder: str) -> bool:
        return joined(folder, "__init__.py") in self.files or joined(folder, "__init__.pyi") in self.files


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else folder or name


def above(folder: str) -> Iterator[str]:
    """The folder and all around it, the workspace's own ("") last."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def normal(path: str) -> str | None:
    """Without ``.`` and ``..``; None for what leaves the workspace."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
