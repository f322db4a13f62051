"""What a project is made with, read from the manifests on the disk."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..ecosystems import ALL, MOST_PROJECTS, Ecosystem, Facts, Layout
from ..ecosystems.base import matching
from .listing import SKIPPED_FOLDERS

log = logging.getLogger(__name__)

DEADLINE = 2.0
"""Seconds; a network drive may not answer."""

LARGEST_MANIFEST = 200_000
MOST_SAMPLES = 3
"""Bytes of a file that are read, and tests that are looked into."""

MOST_NAMES = 1000
MOST_FOLDERS = 20
"""Names of a folder, and folders that match one pattern or are looked into below the root."""

_Stamp = tuple[int, int] | None
"""Time of the last change in nanoseconds and size; None where there is nothing."""


class ProjectReader:
    """Implements ``ports.Project`` for the folder ``root``. What was read is kept until one of the files and
    folders that it was read from changes. Links that lead out of the folder are not followed."""

    def __init__(self, root: str | Path) -> None:
        self._root = Path(root)
        self._known: tuple[Facts, ...] | None = None
        self._stamps: dict[Path, _Stamp] = {}

    async def facts(self) -> Sequence[Facts]:
        try:
            async with asyncio.timeout(DEADLINE):
                return await asyncio.to_thread(self._facts)
        except (TimeoutError, OSError) as error:
            log.info("the manifests of %s cannot be read: %s", self._root, error)
            return ()

    def _facts(self) -> tuple[Facts, ...]:
        stamps = dict(self._stamps)
        if self._known is None or any(_stamp(path) != stamp for path, stamp in stamps.items()):
            self._stamps = {}
            self._known = tuple(self._looked())
        return self._known

    def _looked(self) -> list[Facts]:
        """Those of the root, else those of the folders right below it."""
        found = list(self._in(""))
        if not found:
            folders = [name for name in self._names("") if not name.startswith(".")]
            for folder in folders[:MOST_FOLDERS]:
                if folder not in SKIPPED_FOLDERS and (self._root / folder).is_dir():
                    found += self._in(folder)
        return found[:MOST_PROJECTS]

    def _in(self, folder: str) -> Iterator[Facts]:
        names = self._names(folder)
        found = [one for one in ALL if any(matching(names, sign) for sign in one.signs)]
        for ecosystem in found:
            if len(found) > 1 and not set(ecosystem.manifests).intersection(names):
                continue  # A script beside the manifest of another language.
            yield replace(ecosystem.read(self._layout(ecosystem, folder, names)), folder=folder)

    def _layout(self, ecosystem: Ecosystem, folder: str, names: list[str]) -> Layout:
        paths = list(names)
        for pattern in ecosystem.folders:
            for one in matching(paths, pattern)[:MOST_FOLDERS]:
                paths += [f"{one}/{name}" for name in self._names(f"{folder}/{one}".lstrip("/"))]
        there = frozenset(paths)
        wanted = [path for path in dict.fromkeys(ecosystem.manifests) if path in there]
        samples = [path for pattern in ecosystem.samples for path in matching(paths, pattern)]
        wanted += list(dict.fromkeys(samples))[:MOST_SAMPLES]
        texts = {path: self._text(self._root / folder / path) for path in wanted}
        return Layout(there, texts)

    def _names(self, folder: str) -> list[str]:
        """Sorted; empty where there is no such folder."""
        path = self._root / folder
        self._stamps[path] = _stamp(path)
        try:
            if not self._inside(path):
                return []
            with os.scandir(path) as entries:
                return sorted(entry.name for entry, _ in zip(entries, range(MOST_NAMES), strict=False))
        except OSError:
            return []

    def _text(self, path: Path) -> str:
        self._stamps[path] = _stamp(path)
        try:
            if not self._inside(path):
                return ""
            with path.open("rb") as file:
                return file.read(LARGEST_MANIFEST).decode("utf-8", "replace").lstrip("\ufeff")
        except OSError:
            return ""

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._root.resolve())


class FixedProject:
    """Implements ``ports.Project`` with facts that never change: for tests, and where no files are read."""

    def __init__(self, *facts: Facts) -> None:
        self._facts = facts

    async def facts(self) -> Sequence[Facts]:
        return self._facts


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
