"""Names of Go, Rust, Java, C, C++ and others: the same file, what is imported by its name, the files of the
same package or folder, and names that are defined once in the language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..facts import NOWHERE, Import
from ..graph import Graph, Symbol
from .evaluate import Names
from .kinds import FUNCTIONS, TYPES
from .values import UNIQUE_NAME, Value
from .view import View

# Languages whose files see each other: C includes C.
_TOGETHER = {"c": frozenset({"c", "cpp"}), "cpp": frozenset({"c", "cpp"})}

# Of languages where all files of a folder are one scope.
_FOLDERS = frozenset({"go", "java"})

_BARE_MEMBERS = frozenset({"java", "cpp", "csharp"})

_CALLED = frozenset({*FUNCTIONS, *TYPES, "macro", "type"})


class PlainNames(Names):
    selves = ("self", "this")
    selves_of_type = ("Self",)

    def __init__(self, graph: Graph, views: Callable[[str], View | None]) -> None:
        super().__init__(graph, views)

    def name(self, view: View, within: int, name: str, line: int) -> Value | None:
        """In some languages a method names the members of its type without more."""
        owner = view.type_around(within) if view.language in _BARE_MEMBERS else NOWHERE
        if owner != NOWHERE:
            scope = within
            while scope != NOWHERE and view.definitions[scope].kind in FUNCTIONS:
                known, value = self._in_function(view, scope, name, line)
                if known:
                    return value
                scope = view.definitions[scope].parent
            member = self.member(Value("instance", view.path, owner), name)
            if member is not None:
                return member
        return super().name(view, within, name, line)

    def imported(self, view: View, one: Import) -> Value | None:
        """A name that is taken by itself is the one definition of that name in a file that the module's last
        part names, or the one there is."""
        name = one.name or one.alias
        if not name or name == "*":
            return None
        found = [symbol for symbol in self._same_language(view, name) if symbol.definition.parent == NOWHERE]
        words = one.module.replace("/", ".").replace("::", ".").split(".")
        near = [symbol for symbol in found if words[-1] in _parts(symbol.path)]
        chosen = near or found
        return _value(chosen[0]).less(UNIQUE_NAME) if len(chosen) == 1 else None

    def exported(self, module: Value, name: str) -> Value | None:
        return None

    def elsewhere(self, view: View, name: str) -> Value | None:
        return self._once(
            ("elsewhere", view.folder, view.language, name), lambda: self._elsewhere(view, name)
        )

    def _elsewhere(self, view: View, name: str) -> Value | None:
        found = [symbol for symbol in self._same_language(view, name) if symbol.definition.parent == NOWHERE]
        if view.language in _FOLDERS:
            own = [symbol for symbol in found if symbol.path.rpartition("/")[0] == view.folder]
            return _value(own[0]) if len(own) == 1 else None
        return _value(found[0]).less(UNIQUE_NAME) if len(found) == 1 else None

    def _same_language(self, view: View, name: str) -> Iterator[Symbol]:
        languages = _TOGETHER.get(view.language, frozenset({view.language}))
        for symbol in self.graph.named(name):
            other = self.views(symbol.path)
            if symbol.definition.kind in _CALLED and other is not None and other.language in languages:
                yield symbol


def _value(symbol: Symbol) -> Value:
    return Value("definition", symbol.path, symbol.index)


def _parts(path: str) -> list[str]:
    return path.rpartition(".")[0].split("/")
