"""Members of modules, types and instances, and the bases that types have them from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..facts import Assignment, Import
from ..graph import Graph
from .kinds import TYPES
from .memory import Memory
from .mro import linearised
from .values import INHERITED, PAST_UNKNOWN_BASE, Value
from .view import View

Class = tuple[str, int]
Linear = tuple[tuple[Class | None, ...], int]


class Members(Memory):
    """The half of ``Names`` that looks into things; the other half says what things are."""

    def __init__(self, graph: Graph, views: Callable[[str], View | None]) -> None:
        super().__init__()
        self.graph = graph
        self.views = views

    def imported(self, view: View, one: Import) -> Value | None:
        """What the import gives."""
        raise NotImplementedError

    def exported(self, module: Value, name: str) -> Value | None:
        """What a module gives to others under that name."""
        raise NotImplementedError

    def expression(self, view: View, within: int, text: str, line: int) -> Value | None:
        raise NotImplementedError

    def instance(self, value: Value, sure: float = 1.0) -> Value | None:
        raise NotImplementedError

    def _defined(self, view: View, scope: int, name: str) -> Value | None:
        raise NotImplementedError

    def _agreed(self, view: View, assignments: Sequence[Assignment]) -> Value | None:
        raise NotImplementedError

    def member(self, value: Value, name: str) -> Value | None:
        """The member of that name, by the order in which bases are looked at."""
        if value.kind in ("module", "package"):
            found = self._once(("export", value.path, value.kind, name), lambda: self.exported(value, name))
            return found and found.less(value.sure)
        view = self.views(value.path)
        if view is None:
            return None
        if view.definitions[value.at].kind not in TYPES:
            inside = self._defined(view, value.at, name)
            return inside and inside.less(value.sure)
        found = self._once(
            ("member", value.kind, value.path, value.at, name), lambda: self._inherited(value, name)
        )
        return found and found.less(value.sure)

    def _inherited(self, value: Value, name: str) -> Value | None:
        """In the order of the bases. What a nearer type binds to something unknown is no method of a further
        one; a type that is declared further up still holds."""
        order, complete = self.linear(value.path, value.at)
        skipped = 1 if value.kind == "super" else 0
        hidden = False
        for place, one in enumerate(order[skipped:], skipped):
            view = self.views(one[0]) if one else None
            if one is None or view is None:
                continue
            found = self._own_member(view, one[1], name)
            if found is not None:
                passed = 1.0 if place <= complete else PAST_UNKNOWN_BASE
                sure = passed * (INHERITED if place else 1.0)
                return None if hidden and found.kind == "definition" else found.less(sure)
            hidden = hidden or view.binds(one[1], name)
        return None

    def _own_member(self, view: View, index: int, name: str) -> Value | None:
        found = self._defined(view, index, name)
        if found is not None:
            return found
        imported = view.imports.get(index, {}).get(name)
        if imported:
            return self.imported(view, imported[-1])
        own = view.attributes.get(index, {}).get(name, ())
        at_class = view.assigned.get(index, {}).get(name, ())
        return self._agreed(view, [*at_class, *own])

    def called_member(self, value: Value, name: str) -> Value | None:
        """What a call of the member calls."""
        return self.member(value, name)

    # --- bases -------------------------------------------------------------------------------------------

    def linear(self, path: str, index: int) -> Linear:
        """The type and its bases in the order in which members are looked for (C3), and the last place
        before a base that is not known."""
        found = self._once(("linear", path, index), lambda: self._linear(path, index))
        return found or ((((path, index)),), 0)

    def _linear(self, path: str, index: int) -> Linear:
        view = self.views(path)
        bases = list(self.bases(view, index)) if view is not None else []
        orders: list[tuple[Class | None, ...]] = []
        complete = True
        for base in bases:
            if base is None:
                complete = False
                orders.append((None,))
            else:
                order, known = self.linear(*base)
                complete = complete and known >= len(order) - 1
                orders.append(order)
        merged = linearised((path, index), orders, [base for base in bases if base is not None])
        first_unknown = next((at for at, one in enumerate(merged) if one is None), len(merged))
        return merged, first_unknown

    def bases(self, view: View, index: int) -> Iterator[Class | None]:
        """Each base as written; None for one that is not known."""
        parent = view.definitions[index].parent
        line = view.definitions[index].first
        for name in view.bases.get(index, ()):
            value = self.expression(view, parent, name, line)
            yield None if value is None or self.instance(value) is None else (value.path, value.at)
