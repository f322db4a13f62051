"""The projects of a workspace: its folders with a manifest, and what is in them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ..room import Room
from .graph import Graph

# The file that makes a folder a project, as its language's tools take it.
MANIFESTS = (
    "pyproject.toml",
    "setup.py",
    "package.json",
    "go.mod",
    "Cargo.toml",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "CMakeLists.txt",
    "composer.json",
    "Gemfile",
    "*.csproj",
    "*.sln",
    "*.rockspec",
)


@dataclass(frozen=True, slots=True)
class Project:
    """``folder`` is "" for the root. ``files`` counts all, ``indexed`` those of each language that the graph
    knows, the most frequent first; files of a project inside it are that one's."""

    folder: str
    manifests: tuple[str, ...]
    files: int
    symbols: int
    indexed: Mapping[str, int]


def projects(graph: Graph, paths: Sequence[str]) -> list[Project]:
    """``paths`` are all files of the workspace. The root is always a project; then by folder."""
    manifests: dict[str, list[str]] = {"": []}
    for path in paths:
        folder, name = posixpath.split(path)
        if any(fnmatchcase(name, pattern) for pattern in MANIFESTS):
            manifests.setdefault(folder, []).append(name)
    files: Counter[str] = Counter()
    symbols: Counter[str] = Counter()
    languages: dict[str, Counter[str]] = {folder: Counter() for folder in manifests}
    for path in paths:
        folder = _project_of(path, manifests)
        files[folder] += 1
        filed = graph.filed(path)
        if filed is not None:
            languages[folder][filed.packed.language] += 1
            symbols[folder] += len(filed.symbols)
    return [
        Project(folder, tuple(sorted(names)), files[folder], symbols[folder], _most(languages[folder]))
        for folder, names in sorted(manifests.items())
    ]


def render_projects(found: Sequence[Project], root: str, room: Room) -> str:
    """A line for each, as many as have room; ``root`` is the name of the workspace."""
    rows = [_row(one, root) for one in found]
    for kept in range(len(rows), -1, -1):
        more = [f"… {len(rows) - kept} more"] if kept < len(rows) else []
        text = "\n".join([*rows[:kept], *more])
        if room.holds(text):
            return text
    return ""


def _row(one: Project, root: str) -> str:
    name = f"{one.folder}/" if one.folder else f"{root} (the root)"
    manifest = f"{', '.join(one.manifests)}; " if one.manifests else ""
    languages = ", ".join(f"{language} {count}" for language, count in one.indexed.items())
    return f"{name}: {manifest}{one.files} files ({languages or 'none indexed'}), {one.symbols} definitions"


def _project_of(path: str, manifests: Mapping[str, Sequence[str]]) -> str:
    folder = posixpath.dirname(path)
    while folder and folder not in manifests:
        folder = posixpath.dirname(folder)
    return folder


def _most(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
