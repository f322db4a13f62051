"""Keeping the state folder small: old turns and what only they need are deleted. Everything blocks."""

from __future__ import annotations

import contextlib
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .filesystem import locked, make_private
from .journal import recover
from .snapshots import look_at

log = logging.getLogger(__name__)

MAX_AGE = 30 * 86_400.0
"""Seconds that a turn can be undone: who has not missed anything in a month has committed it."""

MAX_BYTES = 500 * 1024 * 1024
"""All contents together. A turn of a day's work holds some hundred kilobytes."""

MAX_TURNS = 2000
"""Turns of all workspaces, so that reading their records takes well below a second."""

EVERY = 86_400.0
"""Seconds between two times; a start in between does nothing."""

TIME = 2.0
"""Seconds after which it stops, to go on another day."""

YOUNG = 3600.0
"""Seconds for which nothing is taken for left over: a turn may be about to name it."""

_KEY = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes, turns, seconds."""

    max_age: float = MAX_AGE
    max_bytes: int = MAX_BYTES
    max_turns: int = MAX_TURNS
    time: float = TIME


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Size:
    turns: int
    contents: int
    bytes: int


def tidy(state: Path, now: float) -> None:
    """At the start: finish what was cut off while it was written in place, and once a day prune. ``now`` is
    in seconds since the epoch. Never raises OSError: a start does not fail for this."""
    recover(state / "journal")
    folder = state / "snapshots"
    stamp = folder / "pruned"
    try:
        with contextlib.suppress(FileNotFoundError):
            if 0 <= now - stamp.stat().st_mtime < EVERY:
                return
        make_private(folder)
        prune(folder, now)
        _remove_old(state / "journal", "*.tmp", now)
        stamp.touch()
    except OSError as error:
        log.warning("The snapshots in %s cannot be pruned: %s", folder, error)


def prune(folder: Path, now: float, limits: Limits = LIMITS) -> int:
    """Delete turns that are too old or too many, oldest first, and contents that no turn names. Turns that
    are under way or were cut off stay, whatever their age. Returns how many turns were deleted; 0 as well
    where somebody is writing a snapshot this moment. Raises OSError."""
    ends = time.monotonic() + limits.time
    try:
        with locked(folder / "lock", 0):
            return _prune(folder, now, limits, ends)
    except TimeoutError:
        return 0


def size(folder: Path) -> Size:
    """What the folder holds."""
    contents = dict(_contents(folder))
    return Size(len(_manifests(folder)), len(contents), sum(contents.values()))


def _prune(folder: Path, now: float, limits: Limits, ends: float) -> int:
    manifests = _manifests(folder)
    sizes = {path.name: size for path, size in _contents(folder)}
    named = {path: frozenset(_keys(path)) for path, _ in manifests}
    users = Counter(key for keys in named.values() for key in keys)
    total = sum(sizes.values())
    deleted = 0
    for path, changed in manifests:
        if time.monotonic() > ends:
            return deleted
        too_many = len(manifests) - deleted > limits.max_turns
        if not (now - changed > limits.max_age or too_many or total > limits.max_bytes):
            break  # What follows is younger.
        if _is_needed(path):
            continue
        path.unlink(missing_ok=True)
        deleted += 1
        for key in named[path]:
            users[key] -= 1
            if not users[key]:
                total -= sizes.get(key, 0)
    _remove_contents(folder, now, ends, {key for key, count in users.items() if count})
    return deleted


def _is_needed(path: Path) -> bool:
    kept = look_at(path)
    return kept is not None and (kept.under_way or kept.interrupted)


def _manifests(folder: Path) -> list[tuple[Path, float]]:
    """The files of records with the time of their last change, oldest first."""
    found = []
    for path in folder.glob("turns/*/*.jsonl"):
        with contextlib.suppress(FileNotFoundError):
            found.append((path, path.stat().st_mtime))
    return sorted(found, key=lambda one: one[1])


def _keys(path: Path) -> list[str]:
    try:
        return [key.decode() for key in _KEY.findall(path.read_bytes())]
    except FileNotFoundError:
        return []


def _contents(folder: Path) -> Iterator[tuple[Path, int]]:
    for path in folder.glob("contents/*/*"):
        with contextlib.suppress(FileNotFoundError):
            yield path, path.stat().st_size


def _remove_contents(folder: Path, now: float, ends: float, named: set[str]) -> None:
    for path in folder.glob("contents/*/*"):
        if time.monotonic() > ends:
            return
        if path.name not in named:
            _remove_if_old(path, now)


def _remove_old(folder: Path, pattern: str, now: float) -> None:
    for path in folder.glob(pattern):
        _remove_if_old(path, now)


def _remove_if_old(path: Path, now: float) -> None:
    with contextlib.suppress(FileNotFoundError):
        if now - path.stat().st_mtime > YOUNG:
            path.unlink()
