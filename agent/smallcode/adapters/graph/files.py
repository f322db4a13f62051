"""Which files of a workspace the code graph is made of, and reading them. Everything blocks."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...core import textcodec
from ...core.graph.skipping import LARGEST
from ...errors import NotText
from ...languages import language_of
from ..listing import MOST_FILES, list_files
from .store import Stamp

LARGEST_BYTES = 4 * LARGEST
"""A file of so many bytes has more characters than are read, whatever its encoding."""

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Survey:
    """``files`` are those to read, with what the file system says of them and no digest; ``skipped`` counts
    the others by the reason."""

    files: Mapping[str, Stamp]
    skipped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Content:
    """``problem`` says why there is no ``text``."""

    path: str
    stamp: Stamp
    text: str = ""
    problem: str = ""


def survey(root: Path) -> Survey:
    """What git, else the .gitignore files, say belongs to the project, and is in a language that is read.
    Raises OSError where the folder cannot be read."""
    skipped: Counter[str] = Counter()
    found: dict[str, Stamp] = {}
    listed = list_files(root, root)
    if len(listed) == MOST_FILES:
        skipped[f"beyond the first {MOST_FILES:,} files"] += 1
    for path in listed:
        stamp = stamp_of(root, path)
        if not is_read(path):
            skipped["no language that is read"] += 1
        elif stamp is None:
            skipped["gone, or no plain file"] += 1
        elif stamp.size > LARGEST_BYTES:
            skipped["too large"] += 1
        else:
            found[path] = stamp
    return Survey(found, skipped)


def listed(root: Path, path: str) -> bool:
    """Whether a file that is there belongs to the project."""
    return path in list_files(root, (root / path).parent)


def is_read(path: str) -> bool:
    """By its name: who would tell a language by its first line has to open every file."""
    language = language_of(path)
    return language is not None and (language.outline is not None or language.graph is not None)


def stamp_of(root: Path, path: str) -> Stamp | None:
    """Without a digest; None for what is no plain file that can be reached."""
    try:
        state = (root / path).lstat()
    except (OSError, ValueError):
        return None
    return Stamp(state.st_mtime_ns, state.st_size, b"") if stat.S_ISREG(state.st_mode) else None


def read(root: Path, path: str) -> Content | None:
    """None for what is not there any more. The stamp is that from before the reading: a change in between
    makes the file a changed one at the next look."""
    stamp = stamp_of(root, path)
    if stamp is None:
        return None
    if stamp.size > LARGEST_BYTES:
        return Content(path, stamp, problem="too large")
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return Content(path, stamp, problem=error.strerror or "it cannot be read")
    digest = hashlib.blake2b(data, digest_size=_DIGEST).digest()
    stamp = Stamp(stamp.mtime, stamp.size, digest)
    try:
        return Content(path, stamp, textcodec.decode(path, data).content)
    except NotText:
        return Content(path, stamp, problem="it is binary, or not UTF-8")


def below(folder: str, known: Iterable[str]) -> Iterator[str]:
    """The known files in a folder, or with that very name."""
    prefix = f"{folder}/"
    return (path for path in known if path == folder or path.startswith(prefix))


def relative(root: str, path: str) -> str | None:
    """A real path as the graph names it; None outside of the root."""
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    return None if inside == ".." or inside.startswith("../") or Path(inside).is_absolute() else inside
