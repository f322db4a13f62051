"""Symbols by what somebody calls them: the graph, and what is derived from it to answer questions."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from ..search_report import is_test
from .facts import Kind
from .graph import Graph, Symbol
from .relevance import Relevance
from .spelling import Spelling
from .stems import folded

# What files of data and of documents define: found, but after code.
OF_DATA: frozenset[Kind] = frozenset(("heading", "key", "selector", "element"))

# A name that does not exist may be one that does and some words more.
SHARE_ALIKE, SHORTEST_ALIKE = 0.6, 4

_SEPARATOR = re.compile(r"::|->|[.#]")
_AROUND = re.compile(r"^[\s`'\"@*&]+|[\s`'\"?!,;:.]+$")
_ARGUMENTS = re.compile(r"\(.*\)?$|<.*>$", re.DOTALL)


class Lookup:
    """Watches the graph and takes in what changed before it answers; ``step`` does that for one file, for
    whoever has time between changes. Used by one thread at a time, as the graph is."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._spelling = Spelling()
        self._relevance = Relevance()
        self._known: dict[str, tuple[Symbol, ...]] = {}
        self._changed: dict[str, None] = dict.fromkeys(graph.paths())
        self._tests: dict[str, bool] = {}
        self._sorted: list[tuple[str, str]] | None = None
        self._by_file_name: dict[str, list[str]] | None = None
        self._central: tuple[Symbol, ...] | None = None
        graph.watch(self._note)

    @property
    def spelling(self) -> Spelling:
        self.refresh()
        return self._spelling

    @property
    def relevance(self) -> Relevance:
        self.refresh()
        return self._relevance

    def refresh(self) -> None:
        """Take in all that changed."""
        while self.step():
            pass

    def step(self) -> bool:
        """Take in one file that changed; False where there is none."""
        if not self._changed:
            return False
        path = next(iter(self._changed))
        del self._changed[path]
        before, now = self._known.get(path, ()), self.graph.in_file(path)
        if before is not now:
            self._take(before, now)
            self._sorted = None
        if (path in self.graph) != (path in self._known):
            self._by_file_name = None
        if path in self.graph:
            self._known[path] = now
        else:
            self._known.pop(path, None)
        return True

    def _note(self, path: str) -> None:
        self._changed[path] = None
        # Who uses what may have changed, in files whose definitions are the same, too.
        self._central = None

    def _take(self, before: tuple[Symbol, ...], now: tuple[Symbol, ...]) -> None:
        for symbol in before:
            self._relevance.discard(symbol.id, symbol.definition)
        for symbol in now:
            self._relevance.add(symbol.id, symbol.definition)
            self._spelling.add(symbol.name)
        for name in {symbol.name for symbol in before}:
            if not self.graph.exists(name):
                self._spelling.discard(name)

    # --- by name ---------------------------------------------------------------------------------------

    def resolve(self, name: str) -> tuple[Symbol, ...]:
        """The definitions that a name means, as people and models write it: ``parse``, ``Parser.parse``,
        ``pkg.module.parse``, ``src/module.py:parse``, a file by its path or the end of it. Case counts first
        and is forgiven where nothing else is found. The likeliest first, empty where there is none."""
        wanted = bare(name)
        if not wanted:
            return ()
        in_file, _, inner = wanted.rpartition(":") if "/" in wanted or ".py:" in wanted else ("", "", wanted)
        if "/" in inner and not in_file:
            in_file, inner = inner, ""
        if in_file and not inner:
            return self.files(in_file)
        found = self._qualified(inner)
        if in_file:
            return tuple(one for one in found if _ends(one.path, in_file))
        return found or self.files(wanted)

    def files(self, name: str) -> tuple[Symbol, ...]:
        """The symbols of the files that have this path, or whose path ends in it; with or without its
        extension. Tests come last."""
        self.refresh()
        if self._by_file_name is None:
            self._by_file_name = {}
            for path in self.graph.paths():
                last = path.rpartition("/")[2]
                for key in {last, last.rpartition(".")[0] or last}:
                    self._by_file_name.setdefault(key, []).append(path)
        last = name.rpartition("/")[2]
        near = self._by_file_name.get(last, ())
        paths = [path for path in near if _ends(path, name) or _ends(path.rpartition(".")[0], name)]
        paths.sort(key=lambda path: (self.is_test(path), path != name, path.count("/"), path))
        return tuple(module for path in paths if (module := self.graph.module(path)) is not None)

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """At most ``limit`` names that begin so, case and underscores aside, by the alphabet."""
        names, start = self._by_alphabet(), folded(prefix)
        at = bisect_left(names, (start, ""))
        found: list[str] = []
        while at < len(names) and len(found) < limit and names[at][0].startswith(start):
            found.append(names[at][1])
            at += 1
        return found

    def beginning_alike(self, name: str) -> str:
        """The name with the longest beginning in common, "" where that is less than SHARE_ALIKE of it."""
        names, wanted = self._by_alphabet(), folded(name)
        at = bisect_left(names, (wanted, ""))
        around = [(_common(wanted, key), -len(key), one) for key, one in names[max(at - 1, 0) : at + 1]]
        common, _, best = max(around, default=(0, 0, ""))
        return best if common >= max(SHORTEST_ALIKE, SHARE_ALIKE * len(wanted)) else ""

    def _by_alphabet(self) -> list[tuple[str, str]]:
        self.refresh()
        if self._sorted is None:
            self._sorted = sorted((folded(name), name) for name in self.graph.names())
        return self._sorted

    def likeliest(self, symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
        """Code before data, what is not a test before tests, what is used by more files before the others."""
        return tuple(sorted(symbols, key=self._likely))

    def central(self, limit: int) -> tuple[Symbol, ...]:
        """The symbols that most files use, at most ``limit``; counted once for each state of the graph."""
        if self._central is None or len(self._central) < limit:
            symbols = [one for path in self.graph.paths() for one in self.graph.in_file(path)]
            self._central = tuple(heapq.nsmallest(limit, symbols, key=self._likely))
        return self._central[:limit]

    def is_test(self, path: str) -> bool:
        known = self._tests.get(path)
        if known is None:
            known = self._tests[path] = is_test(path)
        return known

    # --- within ----------------------------------------------------------------------------------------

    def _likely(self, symbol: Symbol) -> tuple[bool, bool, int, str, int]:
        return (
            symbol.definition.kind in OF_DATA,
            self.is_test(symbol.path),
            -self.graph.degree(symbol.id),
            symbol.path,
            symbol.definition.first,
        )

    def _qualified(self, wanted: str) -> tuple[Symbol, ...]:
        """By the last part of a dotted name, and of these those that the parts before it fit best."""
        graph = self.graph
        whole = graph.named(wanted)
        if whole:
            return self.likeliest(whole)
        parts = [part for part in _SEPARATOR.split(wanted) if part]
        if not parts:
            return ()
        for spelled in ((parts[-1],), self.spelling.spelled(parts[-1])):
            symbols = [symbol for one in spelled for symbol in graph.named(one)]
            for read in (_as_it_is, str.casefold):
                fitting = [symbol for symbol in symbols if _fits(symbol, parts[:-1], read)]
                if fitting:
                    return self.likeliest(fitting)
        return ()


def bare(name: str) -> str:
    """A name without what models write around it: quotes, an ``@``, arguments."""
    return _ARGUMENTS.sub("", _AROUND.sub("", name.strip())).strip()


def _fits(symbol: Symbol, around: Sequence[str], read: Callable[[str], str]) -> bool:
    """Whether these parts are, from the right, the definitions and then the folders around a symbol; a part
    may be missing between two others, as the module is that a package exports a name from."""
    known = [*symbol.path.rpartition(".")[0].split("/"), *symbol.definition.qualified.split(".")[:-1]]
    places = iter([read(part) for part in reversed(known)])
    return all(read(part) in places for part in reversed(around))


def _common(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _as_it_is(text: str) -> str:
    return text


def _ends(path: str, name: str) -> bool:
    return path == name or path.endswith(f"/{name}")
