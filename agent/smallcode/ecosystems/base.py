"""What an ecosystem is: how a project of it is known, and what its manifests say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Tests:
    """``runner`` is a name of ``core.testruns.RUNNERS``, "" for one that nobody reads here; ``command`` runs
    all tests, in the folder of the project."""

    __test__ = False  # The name looks like a test class to pytest.

    runner: str
    command: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All texts are for people and models, "" and empty where nothing is known. ``folder`` is where the
    manifests lie, relative to the root, "" for the root itself."""

    ecosystem: str
    folder: str = ""
    runtime: str = ""
    packages: str = ""
    frameworks: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    build: str = ""
    run: str = ""
    tests: Tests | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A folder: ``names`` are the paths in it as far as an ecosystem has asked for them, ``texts`` the
    contents of its manifests and samples."""

    names: frozenset[str]
    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def has(self, *names: str) -> bool:
        return any(name in self.names for name in names)

    def first(self, *patterns: str) -> str:
        """The first path, by the patterns and then by name, that is there; "" for none."""
        return next((min(found) for pattern in patterns if (found := matching(self.names, pattern))), "")


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """``signs`` are patterns of names in a folder that make it a project. ``manifests`` are read, as are the
    first few of ``samples``. ``folders`` are listed beside the folder itself; ``*`` in one is any name. All
    are patterns as in fnmatch, relative to the folder, with forward slashes."""

    name: str
    signs: tuple[str, ...]
    manifests: tuple[str, ...]
    read: Callable[[Layout], Facts]
    folders: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


def matching(paths: Iterable[str], pattern: str) -> list[str]:
    """Those that fit a pattern as in fnmatch, but that ``*`` does not match a slash."""
    head, *_, tail = re.split(r"[*?\[\]]", pattern) if _WILD.search(pattern) else (pattern, pattern)
    slashes = pattern.count("/")
    # Comparing the ends is much faster, and leaves few of thousands of names.
    close = [path for path in paths if path.startswith(head) and path.endswith(tail)]
    return [path for path in close if path.count("/") == slashes and fnmatchcase(path, pattern)]


_WILD = re.compile(r"[*?\[]")


def known(wanted: Mapping[str, str], have: frozenset[str]) -> tuple[str, ...]:
    """The names for people of those packages that are there, in the order of ``wanted``."""
    return tuple(dict.fromkeys(title for package, title in wanted.items() if package in have))
