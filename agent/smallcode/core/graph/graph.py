"""The code graph in memory: what is defined where, and who uses whom.

It holds the facts of files and the edges between their symbols, and answers in microseconds. It resolves
nothing itself (``resolving.Resolver`` does) and is used by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from . import packing
from .facts import Edge, FileFacts
from .filed import FiledFile
from .packing import PackedFacts
from .postings import Postings
from .symbols import PossibleCall, Sizes, Symbol, accounted

__all__ = ["Graph", "PossibleCall", "Sizes", "Symbol"]

CALLS = "calls"
INHERITS = "inherits"


_UNPACKED = 256
"""Files whose facts are kept as they were given: resolving goes back to the same ones again and again."""


class Graph:
    """``shape`` grows whenever a file comes or goes, so that who derives something from ``paths()`` knows
    when to do it again. ``watch`` hands the path of every file that comes, goes, or gets other facts or
    edges to who derives something from those; it is called in the middle of the change, to take a note."""

    def __init__(self) -> None:
        self.shape = 0
        self._files: dict[str, FiledFile] = {}
        self._symbols: dict[int, Symbol] = {}
        self._named: Postings[str, int] = Postings(self._place)
        self._mentions: Postings[str, str] = Postings()
        self._users: Postings[int, str] = Postings()
        self._unaccounted: Postings[str, str] = Postings()
        self._paths: tuple[str, ...] | None = None
        self._edge_count = 0
        self._unpacked: dict[str, FileFacts] = {}
        self._asked: dict[str, tuple[Symbol, ...]] = {}
        self._watchers: list[Callable[[str], None]] = []

    def watch(self, watcher: Callable[[str], None]) -> None:
        self._watchers.append(watcher)

    # --- files -----------------------------------------------------------------------------------------

    def put(self, facts: FileFacts) -> None:
        """Take a file in, or its new facts in the place of the old. Its own edges are dropped: whoever puts
        it resolves it next, and the files that are affected."""
        self.put_packed(packing.pack_facts(facts))
        self._keep_unpacked(facts)

    def put_packed(self, packed: PackedFacts) -> None:
        """The same, for facts that come from elsewhere. Raises packing.Damaged and changes nothing."""
        path = packed.path
        old = self._files.get(path)
        new, words = FiledFile(packed, old), packing.unpack_words(packed)
        before = old.symbols if old else ()
        if old is None:
            self.shape += 1
            self._paths = None
        else:
            self._edge_count -= len(old.edges)
        self._mentions.change(path, self._words(path), words)
        self._files[path] = new
        self._unpacked.pop(path, None)
        if [one.id for one in before] != [one.id for one in new.symbols]:
            self._forget(before)
            for symbol in new.symbols:
                self._named.add(symbol.definition.name, symbol.id)
        for symbol in (new.module, *new.symbols):
            self._symbols[symbol.id] = symbol
            self._asked.pop(symbol.definition.name, None)
        self._tell(path)

    def remove(self, path: str) -> None:
        """Forget a file; nothing happens where it is not known."""
        if path not in self._files:
            return
        self._mentions.change(path, self._words(path), ())
        old = self._files.pop(path)
        self._users.change(path, old.used, ())
        self._unaccounted.change(path, old.called, ())
        self._edge_count -= len(old.edges)
        self._unpacked.pop(path, None)
        self.shape += 1
        self._paths = None
        self._forget(old.symbols)
        self._symbols.pop(old.module.id, None)
        self._tell(path)

    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        if self._paths is None:
            self._paths = tuple(sorted(self._files))
        return self._paths

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def facts(self, path: str) -> FileFacts | None:
        known = self._unpacked.get(path)
        if known is None and path in self._files:
            known = self._files[path].facts()
            self._keep_unpacked(known)
        return known

    def filed(self, path: str) -> FiledFile | None:
        """The file as it is held here. Its facts never change, so that another thread may unpack them."""
        return self._files.get(path)

    def mentions(self, word: str) -> tuple[str, ...]:
        """The files, sorted, whose calls, imports, bases or assignments name this word anywhere: a superset
        of those whose edges can depend on a definition of that name."""
        return self._mentions.get(word)

    # --- symbols ---------------------------------------------------------------------------------------

    def symbol(self, id: int) -> Symbol | None:
        return self._symbols.get(id)

    def module(self, path: str) -> Symbol | None:
        """The symbol of the file itself: the source of what is used at its top."""
        file = self._files.get(path)
        return file.module if file else None

    def named(self, name: str) -> tuple[Symbol, ...]:
        """All definitions of this last name, by path and place in the file. Modules are not among them."""
        found = self._asked.get(name)
        if found is None:
            symbols = self._symbols
            found = tuple([symbols[id] for id in self._named.get(name)])
            if found:
                self._asked[name] = found
        return found

    def exists(self, name: str) -> bool:
        return name in self._named

    def names(self) -> Iterable[str]:
        """Every name that is defined, once, in no particular order."""
        return self._named

    def in_file(self, path: str) -> tuple[Symbol, ...]:
        """In the order of the file's definitions."""
        file = self._files.get(path)
        return file.symbols if file else ()

    def members(self, id: int) -> tuple[Symbol, ...]:
        """What stands directly in a symbol; for a file's own symbol, what stands at its top."""
        owner = self._symbols.get(id)
        if owner is None:
            return ()
        following = islice(self._files[owner.path].symbols, owner.index + 1, None)
        return tuple([one for one in following if one.parent == id])

    # --- edges -----------------------------------------------------------------------------------------

    def set_edges(self, path: str, edges: Iterable[Edge]) -> None:
        """These are all edges that begin in the file. Raises ValueError for one that begins elsewhere, and
        for edges of a file that is not known."""
        file = self._files.get(path)
        if file is None:
            if any(True for _ in edges):
                raise ValueError(f"edges of {path}, which is no file of the graph")
            return
        edges = tuple(edges)
        for edge in edges:
            source = self._symbols.get(edge.source)
            if source is None or source.path != path:
                raise ValueError(f"an edge of {path} begins elsewhere: {edge}")
        used, called = file.used, file.called
        self._edge_count -= len(file.edges)
        file.set_edges(edges, accounted(self._symbols, (edge for edge in edges if edge.kind == CALLS)))
        self._users.change(path, used, file.used)
        self._unaccounted.change(path, called, file.called)
        self._edge_count += len(file.edges)
        self._tell(path)

    def edges(self, path: str) -> tuple[Edge, ...]:
        """All that begin in the file, by line."""
        file = self._files.get(path)
        return tuple(sorted(file.edges, key=_by_line)) if file else ()

    def edges_from(self, id: int, kind: str | None = None) -> tuple[Edge, ...]:
        """By line. An edge to what is gone since is left out, until its file is resolved again."""
        symbols = self._symbols
        source = symbols.get(id)
        if source is None:
            return ()
        found = self._files[source.path].edges_from(id)
        return tuple([e for e in found if (kind is None or e.kind == kind) and e.target in symbols])

    def edges_to(self, id: int, kind: str | None = None, limit: int | None = None) -> tuple[Edge, ...]:
        """By path and line of the use; the first ``limit`` of them."""
        if id not in self._symbols:
            return ()
        found: list[Edge] = []
        for path in self._users.get(id):
            edges = self._files[path].edges_to(id)
            found += [edge for edge in edges if kind is None or edge.kind == kind]
            if limit is not None and len(found) >= limit:
                return tuple(found[:limit])
        return tuple(found)

    def callers(self, id: int, limit: int | None = None) -> tuple[Edge, ...]:
        return self.edges_to(id, CALLS, limit)

    def callees(self, id: int) -> tuple[Edge, ...]:
        return self.edges_from(id, CALLS)

    def bases(self, id: int) -> tuple[Edge, ...]:
        return self.edges_from(id, INHERITS)

    def derived(self, id: int, limit: int | None = None) -> tuple[Edge, ...]:
        return self.edges_to(id, INHERITS, limit)

    def degree(self, id: int) -> int:
        """How many files use it: cheap, and what hubs are told by."""
        return len(self._users.get(id))

    def possible_callers(self, name: str, limit: int | None = None) -> tuple[PossibleCall, ...]:
        """Calls of this name that no edge accounts for, by path and line; the first ``limit`` of them."""
        found: list[PossibleCall] = []
        for path in self._unaccounted.get(name):
            found += self._files[path].possible_calls(name)
            if limit is not None and len(found) >= limit:
                return tuple(found[:limit])
        return tuple(found)

    def settling(self) -> Iterator[None]:
        """For the end of many changes: what was left for the first question is done, and memory freed, in
        steps between which the graph may be used."""
        yield from self._mentions.settling()
        yield from self._users.settling()
        yield from self._unaccounted.settling()
        for name in tuple(self._named):
            self.named(name)
            yield

    # --- counters --------------------------------------------------------------------------------------

    def sizes(self) -> Sizes:
        """Counted now, over all files."""
        languages: dict[str, int] = {}
        for file in self._files.values():
            language = file.packed.language
            languages[language] = languages.get(language, 0) + 1
        return Sizes(
            files=len(self._files),
            symbols=len(self._symbols) - len(self._files),
            names=len(self._named),
            edges=self._edge_count,
            calls=sum(file.packed.call_count for file in self._files.values()),
            languages=tuple(sorted(languages.items())),
        )

    # --- within ----------------------------------------------------------------------------------------

    def _place(self, id: int) -> tuple[str, int]:
        symbol = self._symbols[id]
        return symbol.path, symbol.index

    def _forget(self, symbols: Iterable[Symbol]) -> None:
        for symbol in symbols:
            self._named.discard(symbol.definition.name, symbol.id)
            self._symbols.pop(symbol.id, None)
            self._asked.pop(symbol.definition.name, None)

    def _tell(self, path: str) -> None:
        for watcher in self._watchers:
            watcher(path)

    def _words(self, path: str) -> list[str]:
        file = self._files.get(path)
        return packing.unpack_words(file.packed) if file else []

    def _keep_unpacked(self, facts: FileFacts) -> None:
        self._unpacked[facts.path] = facts
        if len(self._unpacked) > _UNPACKED:
            del self._unpacked[next(iter(self._unpacked))]


def _by_line(edge: Edge) -> tuple[int, int, int, str]:
    return edge.line, edge.source, edge.target, edge.kind
