"""Names of Python: modules and packages, star imports, properties."""

from __future__ import annotations

from collections.abc import Callable

from ..facts import NOWHERE, RESULT, Assignment, Import
from ..graph import Graph
from ..signatures import element_type, first_parameter, yielded_type
from .evaluate import Names
from .kinds import FUNCTIONS, TYPES
from .modules import Tree, above, joined
from .values import ASSIGNED, Value
from .view import View

# Decorators that leave alone what a call returns.
_PLAIN = frozenset({"classmethod", "staticmethod", "abstractmethod", "override", "overload", "wraps"})

# What these make of a function gives to ``with`` what the function yields.
_CONTEXTS = frozenset({"contextmanager", "asynccontextmanager"})
_ENTER = "().__enter__"

# Where a project keeps its packages, beside its own folder.
_ROOTS = ("src", "lib", "python")


class PythonNames(Names):
    selves = ("self",)
    selves_of_type = ("cls", "mcs", "mcls")
    class_body_is_scope = True

    def __init__(self, graph: Graph, views: Callable[[str], View | None], tree: Tree) -> None:
        super().__init__(graph, views)
        self._tree = tree

    # --- imports -----------------------------------------------------------------------------------------

    def imported(self, view: View, one: Import) -> Value | None:
        if not one.name and not one.level and one.alias == one.module:
            # ``import a.b`` gives ``a``.
            return self._absolute(view.folder, one.module.partition(".")[0])
        module = self.module(view.folder, one.module, one.level)
        if module is None or not one.name:
            return module
        # A module that asks itself for a name, as in ``from . import x`` of a package, means the submodule.
        if module.path == view.path:
            return self._submodule(module, one.name)
        return self.member(module, one.name)

    def module(self, folder: str, name: str, level: int) -> Value | None:
        """The module that a file in that folder names so."""
        if not level:
            return self._absolute(folder, name)
        for _ in range(level - 1):
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        return self._at(joined(folder, name.replace(".", "/")))

    def _absolute(self, folder: str, name: str) -> Value | None:
        return self._once(("module", folder, name), lambda: self._find(folder, name))

    def _find(self, folder: str, name: str) -> Value | None:
        """From the nearest folder that is no package itself, outwards; then the one package of that name
        anywhere."""
        place = name.replace(".", "/")
        for root in above(folder):
            if self._tree.is_package(root):
                continue
            for start in (root, *(joined(root, each) for each in _ROOTS)):
                found = self._at(joined(start, place))
                if found is not None and found.kind == "module":
                    return found
        first, _, rest = name.partition(".")
        tops = self._tree.packages.get(first, ())
        if len(tops) == 1:
            return self._at(joined(tops[0], rest.replace(".", "/")))
        return self._at(place)

    def _at(self, place: str) -> Value | None:
        for path in (
            joined(place, "__init__.py"),
            f"{place}.py",
            joined(place, "__init__.pyi"),
            f"{place}.pyi",
        ):
            if path in self._tree.files:
                return Value("module", path)
        return Value("package", place) if place in self._tree.folders else None

    # --- what modules give -------------------------------------------------------------------------------

    def exported(self, module: Value, name: str) -> Value | None:
        if module.kind == "package":
            return self._submodule(module, name)
        view = self.views(module.path)
        if view is None:
            return None
        return self.at_top(view, name) or self._from_stars(view, name) or self._submodule(module, name)

    def elsewhere(self, view: View, name: str) -> Value | None:
        return self._from_stars(view, name)

    def _from_stars(self, view: View, name: str) -> Value | None:
        """From the last of the modules whose names were all taken."""
        for star in reversed(view.stars):
            module = self.module(view.folder, star.module, star.level)
            if module is not None and module.kind == "module" and self._public(module.path, name):
                found = self.member(module, name)
                if found is not None:
                    return found
        return None

    def _public(self, path: str, name: str) -> bool:
        view = self.views(path)
        if view is None:
            return False
        return name in view.public if view.public is not None else not name.startswith("_")

    def _submodule(self, module: Value, name: str) -> Value | None:
        folder, _, file = module.path.rpartition("/")
        if module.kind == "package":
            folder = module.path
        elif not file.startswith("__init__."):
            return None
        return self._at(joined(folder, name))

    # --- values ------------------------------------------------------------------------------------------

    def _assigned(self, view: View, one: Assignment) -> Value | None:
        several, _, place = one.value.rpartition(".")
        if place.isdigit():
            function = self.expression(view, one.within, several.removesuffix("()"), one.line)
            found = self._element(function, int(place)) if function is not None else None
            return found and found.less(ASSIGNED)
        if not one.value.endswith(_ENTER):
            return super()._assigned(view, one)
        context = self.expression(view, one.within, one.value.removesuffix(_ENTER), one.line)
        if context is None:
            return None
        entered = self._yielded(context) or self._entered(self.result(context))
        return entered and entered.less(ASSIGNED)

    def _element(self, function: Value, place: int) -> Value | None:
        """One of the values that a function returns together."""
        view = self.views(function.path) if function.kind == "definition" else None
        if view is None or view.definitions[function.at].kind not in FUNCTIONS:
            return None
        one = view.definitions[function.at]
        type_of = element_type(one.signature, place)
        if type_of:
            found = self.expression(view, one.parent, type_of, one.at)
            return found and self.instance(found)
        if not self.returns_plainly(view, function.at):
            return None
        return self._agreed(view, view.narrowed.get(function.at, {}).get(f"{RESULT}.{place}", ()))

    def _entered(self, made: Value | None) -> Value | None:
        """What the manager's own method gives to ``with``."""
        if made is None:
            return None
        for name in ("__enter__", "__aenter__"):
            method = self.member(made, name)
            found = self.result(method, owner=made) if method is not None else None
            if found is not None:
                return found
        return None

    def _yielded(self, function: Value) -> Value | None:
        """An instance of the type that a function is declared to yield, if ``with`` gets that."""
        view = self.views(function.path) if function.kind == "definition" else None
        if view is None or self._decorators(view, function.at).isdisjoint(_CONTEXTS):
            return None
        one = view.definitions[function.at]
        type_of = yielded_type(one.signature)
        found = self.expression(view, one.parent, type_of, one.at) if type_of else None
        return found and self.instance(found)

    def _own_object(self, view: View, scope: int, name: str) -> Value | None:
        """The first parameter of a method, whatever its name."""
        one = view.definitions[scope]
        owner = one.parent
        if owner == NOWHERE or view.definitions[owner].kind not in TYPES:
            return None
        if name != first_parameter(one.signature) or "staticmethod" in self._decorators(view, scope):
            return None
        if name in self.selves_of_type or "classmethod" in self._decorators(view, scope):
            return Value("definition", view.path, owner, held=True)
        return Value("instance", view.path, owner)

    def read(self, value: Value, name: str) -> Value | None:
        if name == "__class__" and value.kind == "instance":
            return value._replace(kind="definition", held=True)
        return super().read(value, name)

    # --- methods -----------------------------------------------------------------------------------------

    def is_property(self, view: View, index: int) -> bool:
        """Libraries have their own kinds of properties, and call them so."""
        return any(name.endswith("property") for name in self._decorators(view, index))

    def returns_plainly(self, view: View, index: int) -> bool:
        return self.is_property(view, index) or self._decorators(view, index) <= _PLAIN

    def _decorators(self, view: View, index: int) -> frozenset[str]:
        """The names of what is called between the first line of a definition and that of its name."""
        one = view.definitions[index]
        if one.first == one.at:
            return frozenset()
        by_line = self._once(("decorators", view.path), lambda: _called_by_line(view)) or {}
        lines = range(one.first, one.at)
        return frozenset(name for line in lines for name in by_line.get((line, one.parent), ()))


def _called_by_line(view: View) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for call in view.facts.calls:
        found.setdefault((call.line, call.within), []).append(call.name)
    return found
