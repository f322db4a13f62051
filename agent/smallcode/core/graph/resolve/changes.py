"""Whose edges a change of one file can touch."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..facts import NOWHERE, FileFacts
from ..graph import Graph
from .interface import fingerprints, stars
from .view import View

_WORD = re.compile(r"\w+")

MOST_NAMES = 300
"""Names that follow from one change; behind that everything is looked at again, which costs no more."""

_PACKAGE = ("__init__.py", "__init__.pyi")


def changed_names(old: FileFacts | None, new: FileFacts | None) -> set[str] | None:
    """The names that stand for another thing now; None where they cannot be told."""
    before, after = fingerprints(old), fingerprints(new)
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    moved = [(one.module, one.level, one.reexport) for one in stars(old)] != [
        (one.module, one.level, one.reexport) for one in stars(new)
    ]
    if moved:
        return None
    if old is not None and new is not None:
        listed = _listed(old), _listed(new)
        if listed[0] != listed[1]:
            if stars(new):
                return None
            names |= (listed[0] or before.keys()) ^ (listed[1] or after.keys())
        if old.language != new.language:
            names |= before.keys() | after.keys()
    return names


def _listed(facts: FileFacts) -> set[str] | None:
    listed = {one.value for one in facts.assignments if one.target == "__all__" and one.within == NOWHERE}
    return listed or None


def spread(
    graph: Graph,
    views: Callable[[str], View | None],
    names: set[str] | None,
    old: FileFacts | None,
    new: FileFacts | None,
) -> set[str]:
    """The files that name one of these, or a name that leans on one of these, and so on. A file that came or
    went changes what its own name means, too."""
    found: set[str] = set()
    if names is not None and (old is None) != (new is None):
        path = (new or old or FileFacts("", "")).path
        arrived = _names_of_file(graph, path)
        names = None if arrived is None else names | arrived
        if path.endswith(_PACKAGE):
            around = path.rpartition("/")[0]
            found |= {each for each in graph.paths() if each.startswith(f"{around}/") or not around}
    closed = None if names is None else _closed(graph, views, names)
    if closed is None:
        return set(graph.paths())
    for name in closed:
        found.update(graph.mentions(name))
    return found


def _closed(graph: Graph, views: Callable[[str], View | None], names: set[str]) -> set[str] | None:
    closed = set(names)
    waiting = sorted(names)
    while waiting:
        if len(closed) > MOST_NAMES:
            return None
        word = waiting.pop()
        for path in graph.mentions(word):
            view = views(path)
            new = (view.links.get(word, set()) if view else set()) - closed
            closed |= new
            waiting += sorted(new)
    return closed


def _names_of_file(graph: Graph, path: str) -> set[str] | None:
    """What imports may call the file or its folder; None where no word is left of the name."""
    folder, _, file = path.rpartition("/")
    parts = [file.partition(".")[0]]
    if parts[0] in ("__init__", "index"):
        parts.append(folder.rpartition("/")[2])
        parts += [each.split("/")[-2] for each in graph.paths() if _is_package_below(each, folder)]
    while folder and not any(each.startswith(f"{folder}/") and each != path for each in graph.paths()):
        parts.append(folder.rpartition("/")[2])
        folder = folder.rpartition("/")[0]
    words = [max(_WORD.findall(part), key=len, default="") for part in parts if part]
    return set(words) if all(words) else None


def _is_package_below(path: str, folder: str) -> bool:
    inside = path.removeprefix(f"{folder}/") if folder else path
    return inside != path and inside.count("/") == 1 and inside.endswith(_PACKAGE)
