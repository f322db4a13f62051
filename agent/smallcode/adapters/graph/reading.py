"""From files to facts, for many files at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ...core.graph.facts import FileFacts
from ...languages import language_of
from . import files
from .extract import Extractor
from .store import Stamp


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: ``stamp`` is None where it is gone, ``facts`` where its content is the one
    that is known already."""

    path: str
    stamp: Stamp | None = None
    facts: FileFacts | None = None


class Readers(Protocol):
    def read(self, root: Path, known: Mapping[str, bytes]) -> AsyncGenerator[Taken, None]:
        """The facts of these files, in no particular order, each once, as they come. ``known`` are the
        files with the digest of the content that need not be read again, b"" for none. Closing the
        generator ends the work."""
        ...


def take(extractor: Extractor, root: Path, path: str, known: bytes) -> Taken:
    """Read one file. Blocks; never raises."""
    content = files.read(root, path)
    if content is None:
        return Taken(path)
    if known and content.stamp.digest == known:
        return Taken(path, content.stamp)
    if content.problem:
        language = language_of(path)
        facts = FileFacts(path, language.name if language else "", error=content.problem)
        return Taken(path, content.stamp, facts)
    return Taken(path, content.stamp, extractor.facts(path, content.text))


class InThread:
    """For a few files, for which it would not pay to start processes."""

    def __init__(self, extractor: Extractor, at_once: int = 4) -> None:
        self._extractor = extractor
        self._at_once = at_once

    async def read(self, root: Path, known: Mapping[str, bytes]) -> AsyncGenerator[Taken, None]:
        for some in _groups(tuple(known), self._at_once):
            taken = await asyncio.to_thread(
                lambda paths: [take(self._extractor, root, path, known[path]) for path in paths], some
            )
            for one in taken:
                yield one


def _groups(paths: Sequence[str], size: int) -> list[Sequence[str]]:
    return [paths[at : at + size] for at in range(0, len(paths), size)]
