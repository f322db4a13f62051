"""What the names of a file stand for, by the rules that the languages have in common.

The languages differ in how modules are found, in what a module gives to others and in which names a method
knows its own object by; those are the methods that a family overrides.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ..facts import NOWHERE, RESULT, Assignment, Import
from ..signatures import has_result, parameter_names, returned_type
from .kinds import FUNCTIONS, TYPES
from .members import Members
from .values import ASSIGNED, DECLARED, Value
from .view import View

_OWN_TYPES = frozenset({"Self", "this", "typing.Self"})


class Names(Members):
    """Answers for the files of one graph as it stands; when the facts of a file change, make another one."""

    selves: tuple[str, ...] = ()
    selves_of_type: tuple[str, ...] = ()
    class_body_is_scope = False

    # --- what a family of languages says -----------------------------------------------------------------

    def elsewhere(self, view: View, name: str) -> Value | None:
        """A name that no scope of the file defines."""
        return None

    def shared(self, view: View, index: int) -> bool:
        """Whether the method belongs to the type rather than to an instance."""
        return False

    # --- expressions -------------------------------------------------------------------------------------

    def expression(self, view: View, within: int, text: str, line: int) -> Value | None:
        """The value of a dotted name at that place, some of whose parts may be calls."""
        first, *rest = text.split(".")
        value = self.super_of(view, within) if first in ("super()", "super") else None
        if value is None:
            name = first.rstrip("()")
            value = self._called(self.name(view, within, name, line), first[len(name) :])
        if rest and within != NOWHERE and within in view.narrowed:
            narrowed = self._narrowed(view, within, f"{first}.{rest[0]}", line)
            if narrowed is not None:
                value, rest = narrowed, rest[1:]
        for part in rest:
            if value is None:
                return None
            name = part.rstrip("()")
            calls = part[len(name) :]
            found = self.member(value, name) if calls else self.read(value, name)
            value = self._called(found, calls, value)
        return value

    def _narrowed(self, view: View, within: int, text: str, line: int) -> Value | None:
        """What was assigned to an attribute before, in the same function."""
        before = _holding(view.narrowed[within].get(text, ()), line)
        return self._last(view, before)

    def _called(self, value: Value | None, calls: str, owner: Value | None = None) -> Value | None:
        """What is left after as many calls as there are pairs of parentheses."""
        for _ in range(len(calls) // 2):
            value = None if value is None else self.result(value, owner=owner)
            owner = None
        return value

    def read(self, value: Value, name: str) -> Value | None:
        """A member's value where it is not called: that of a property is what it returns."""
        found = self.member(value, name)
        if found is None or found.kind != "definition" or value.kind not in ("instance", "super"):
            return found
        view = self.views(found.path)
        if view is None or view.definitions[found.at].kind not in FUNCTIONS:
            return found
        return self.result(found) if self.is_property(view, found.at) else found

    def is_property(self, view: View, index: int) -> bool:
        return False

    def name(self, view: View, within: int, name: str, line: int) -> Value | None:
        """By lexical scope, from the inside to the outside."""
        scope, innermost = within, True
        while scope != NOWHERE:
            one = view.definitions[scope]
            if one.kind in FUNCTIONS:
                known, value = self._in_function(view, scope, name, line if innermost else 0)
                if known:
                    return value
                innermost = False
            elif one.kind == "module" or (self.class_body_is_scope and scope == within):
                found = self._bound(view, scope, name)
                if found is not None:
                    return found
            scope = one.parent
        return self.at_top(view, name) or self.elsewhere(view, name)

    def at_top(self, view: View, name: str) -> Value | None:
        """Defined, imported or assigned at the top of the file, in that order."""
        return self._once(("top", view.path, name), lambda: self._bound(view, NOWHERE, name))

    def _bound(self, view: View, scope: int, name: str) -> Value | None:
        found = self._defined(view, scope, name)
        if found is not None:
            return found
        for one in view.imports.get(scope, {}).get(name, ()):
            value = self._import(view, one)
            if value is not None:
                return value
        return self._agreed(view, view.assigned.get(scope, {}).get(name, ()))

    def _import(self, view: View, one: Import) -> Value | None:
        return self._once(("import", view.path, one), lambda: self.imported(view, one))

    def _defined(self, view: View, scope: int, name: str) -> Value | None:
        """The last of the definitions of that name but for variables, which have the value that they are
        assigned."""
        for index in reversed(view.members.get(scope, {}).get(name, ())):
            if view.definitions[index].kind not in ("variable", "constant", "field"):
                return Value("definition", view.path, index)
        variables = view.members.get(scope, {}).get(name)
        if variables and any(index in view.members for index in variables):
            return Value("definition", view.path, variables[-1])
        return None

    def _in_function(self, view: View, scope: int, name: str, line: int) -> tuple[bool, Value | None]:
        """Whether the function itself binds the name, and to what. Where ``line`` is given, the assignment
        that stands before it last is the one that counts."""
        own = self._own_object(view, scope, name)
        if own is not None:
            return True, own
        assigned = view.assigned.get(scope, {}).get(name, ())
        defined = name in view.members.get(scope, {})
        if defined or name in view.imports.get(scope, {}):
            return True, self._bound(view, scope, name)
        if assigned:
            before = _holding(assigned, line) if line else []
            return True, self._last(view, before) if before else self._agreed(view, assigned)
        return name in parameter_names(view.definitions[scope].signature), None

    def _own_object(self, view: View, scope: int, name: str) -> Value | None:
        if name not in self.selves and name not in self.selves_of_type:
            return None
        owner = view.definitions[scope].parent
        if owner == NOWHERE or view.definitions[owner].kind not in TYPES:
            return None
        if name in self.selves_of_type or self.shared(view, scope):
            return Value("definition", view.path, owner, held=True)
        return Value("instance", view.path, owner)

    def super_of(self, view: View, within: int) -> Value | None:
        owner = view.type_around(within)
        return None if owner == NOWHERE else Value("super", view.path, owner)

    # --- assignments -------------------------------------------------------------------------------------

    def _agreed(self, view: View, assignments: Sequence[Assignment]) -> Value | None:
        """The value of all assignments of one name: the declared type, or what those that are understood
        agree on."""
        assignments = [one for one in assignments if not one.until]
        declared = [one for one in assignments if one.declared]
        values: dict[tuple[str, str, int], Value] = {}
        for one in declared or assignments:
            value = self.assigned(view, one)
            if value is not None:
                values[value[:3]] = min(value, values.get(value[:3], value), key=attrgetter("sure"))
        return next(iter(values.values())) if len(values) == 1 else None

    def _last(self, view: View, assignments: Sequence[Assignment]) -> Value | None:
        """The value of the last assignment, where several values on its line are alternatives."""
        for one in reversed(assignments):
            if one.line != assignments[-1].line:
                return None
            value = self.assigned(view, one)
            if value is not None:
                return value
        return None

    def assigned(self, view: View, one: Assignment) -> Value | None:
        return self._once(("assigned", view.path, one), lambda: self._assigned(view, one))

    def _assigned(self, view: View, one: Assignment) -> Value | None:
        within = one.within
        # A parameter's type is not looked up among the parameters.
        if one.declared and within != NOWHERE and view.definitions[within].kind in FUNCTIONS:
            outside = self._declared(view, within, one)
            return outside and outside.less(DECLARED)
        value = self.expression(view, within, f"{one.value}()" if one.called else one.value, one.line)
        if value is None:
            return None
        if one.declared:
            return self.instance(value, DECLARED)
        return value.less(ASSIGNED)._replace(held=value.kind == "definition")

    def _declared(self, view: View, within: int, one: Assignment) -> Value | None:
        local = one.value in view.members.get(within, {}) or one.value in view.imports.get(within, {})
        around = within if local else view.definitions[within].parent
        value = self.expression(view, around, one.value, one.line)
        return None if value is None else self.instance(value)

    def instance(self, value: Value, sure: float = 1.0) -> Value | None:
        """What is declared with that type."""
        view = self.views(value.path) if value.kind == "definition" else None
        if view is None or view.definitions[value.at].kind not in TYPES:
            return None
        return value._replace(kind="instance", held=False).less(sure)

    def result(self, value: Value, sure: float = 1.0, owner: Value | None = None) -> Value | None:
        """What a call of it gives: an instance of a class, or what a function is declared or seen to return.
        What returns its own object gives ``owner``, where that is known."""
        made = self.instance(value, sure)
        if made is not None or value.kind != "definition":
            return made
        view = self.views(value.path)
        if view is None or view.definitions[value.at].kind not in FUNCTIONS:
            return None
        returned = self._once(("returned", value.path, value.at), lambda: self._returned(view, value.at))
        if returned is not None and owner is not None and self._returns_own(view, value.at):
            returned = owner._replace(kind="instance", held=False) if owner.kind != "module" else returned
        return returned and returned.less(min(sure, DECLARED))

    def _returned(self, view: View, index: int) -> Value | None:
        one = view.definitions[index]
        type_of = returned_type(one.signature)
        if type_of in _OWN_TYPES:
            owner = view.type_around(index)
            return None if owner == NOWHERE else Value("instance", view.path, owner)
        if type_of:
            found = self.expression(view, one.parent, type_of, one.at)
            return None if found is None else self.instance(found)
        if has_result(one.signature) or not self.returns_plainly(view, index):
            return None
        return self._agreed(view, view.assigned.get(index, {}).get(RESULT, ()))

    def _returns_own(self, view: View, index: int) -> bool:
        type_of = returned_type(view.definitions[index].signature)
        if type_of:
            return type_of in _OWN_TYPES
        returned = view.assigned.get(index, {}).get(RESULT, ())
        own = {(name, False) for name in self.selves} | {(name, True) for name in self.selves_of_type}
        return bool(returned) and all((one.value, one.called) in own for one in returned)

    def returns_plainly(self, view: View, index: int) -> bool:
        """Whether a call of the function gives what its body returns."""
        return True


def _holding(assignments: Sequence[Assignment], line: int) -> list[Assignment]:
    """Those that stand before the line and hold there."""
    return [one for one in assignments if one.line < line and (not one.until or line <= one.until)]
