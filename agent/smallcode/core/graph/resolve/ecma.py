"""Names of JavaScript and TypeScript: modules by path, exports, default exports, ``this``."""

from __future__ import annotations

from collections.abc import Callable

from ..facts import NOWHERE, Import
from ..graph import Graph
from .evaluate import Names
from .kinds import TYPES
from .modules import Tree, above, joined, normal
from .values import Value
from .view import View

# What stands for what, where a file imports what it will be compiled to.
_COMPILED = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs")

# Prefixes that projects give to their own source folder.
_OWN_FOLDERS = ("@/", "~/", "#/")


class EcmaNames(Names):
    selves = ("this",)

    def __init__(self, graph: Graph, views: Callable[[str], View | None], tree: Tree) -> None:
        super().__init__(graph, views)
        self._tree = tree

    # --- imports -----------------------------------------------------------------------------------------

    def imported(self, view: View, one: Import) -> Value | None:
        if not one.module:
            return None
        module = self.module(view.folder, one.module)
        if module is None or not one.name:
            return module
        return self.member(module, one.name)

    def module(self, folder: str, name: str) -> Value | None:
        return self._once(("module", folder, name), lambda: self._find(folder, name))

    def _find(self, folder: str, name: str) -> Value | None:
        if name.startswith("."):
            return self._at(normal(joined(folder, name)))
        for prefix in _OWN_FOLDERS:
            if name.startswith(prefix):
                inside = name.removeprefix(prefix)
                places = [joined(root, f"src/{inside}") for root in above(folder)]
                places += [joined(root, inside) for root in above(folder)]
                return next((found for place in places if (found := self._at(place))), None)
        # A base folder in the settings of the compiler, which are no part of the graph: what stands there
        # with all its path.
        if "/" in name and not name.startswith("@"):
            return next((found for root in above(folder) if (found := self._at(joined(root, name)))), None)
        return None

    def _at(self, place: str | None) -> Value | None:
        if place is None:
            return None
        files = self._tree.files
        for compiled, sources in _COMPILED.items():
            if place.endswith(compiled):
                stem = place.removesuffix(compiled)
                for suffix in sources:
                    if stem + suffix in files:
                        return Value("module", stem + suffix)
        if place in files:
            return Value("module", place)
        for stem in (place, joined(place, "index")):
            for suffix in _SUFFIXES:
                if stem + suffix in files:
                    return Value("module", stem + suffix)
        return None

    # --- what modules give -------------------------------------------------------------------------------

    def exported(self, module: Value, name: str) -> Value | None:
        view = self.views(module.path)
        if view is None:
            return None
        for one in view.imports.get(NOWHERE, {}).get(name, ()):
            if one.reexport:
                return self.imported(view, one) if one.module else self.at_top(view, one.name)
        for index in reversed(view.top(name)):
            if view.definitions[index].exported:
                return self.at_top(view, name)
        if name == "default":
            return None
        for star in view.stars:
            if star.reexport:
                target = self.module(view.folder, star.module)
                found = self.member(target, name) if target is not None else None
                if found is not None:
                    return found
        return None

    # --- this --------------------------------------------------------------------------------------------

    def _in_function(self, view: View, scope: int, name: str, line: int) -> tuple[bool, Value | None]:
        if name != "this":
            return super()._in_function(view, scope, name, line)
        one = view.definitions[scope]
        if one.parent != NOWHERE and view.definitions[one.parent].kind in TYPES:
            of_type = self.shared(view, scope)
            return True, Value("definition" if of_type else "instance", view.path, one.parent)
        if one.kind == "method" and one.parent != NOWHERE:
            # The object literal that the method stands in.
            return True, Value("definition", view.path, one.parent)
        # An arrow function has the object of what is around it, another one its caller's.
        return not one.signature.endswith("=>"), None

    def instance(self, value: Value, sure: float = 1.0) -> Value | None:
        """What ``require`` gives is the module, and its default export where that is constructed."""
        whole = self.member(value, "default") if value.kind == "module" else value
        return super().instance(whole, sure) if whole is not None else None

    def called_member(self, value: Value, name: str) -> Value | None:
        """A field that holds a function is what is called, and what its type declares."""
        found = self.member(value, name)
        if (found is not None and found.kind == "definition" and not found.held) or value.kind != "instance":
            return found
        order, complete = self.linear(value.path, value.at)
        for one in order[: complete + 1]:
            view = self.views(one[0]) if one else None
            if one is not None and view is not None and view.binds(one[1], name):
                fields = view.members.get(one[1], {}).get(name)
                return Value("definition", view.path, fields[-1], value.sure) if fields else None
        return None

    def shared(self, view: View, index: int) -> bool:
        return "static " in view.definitions[index].signature.partition("(")[0]

    def is_property(self, view: View, index: int) -> bool:
        return "get " in view.definitions[index].signature.partition("(")[0]
