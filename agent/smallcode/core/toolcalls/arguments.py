"""The arguments of a call made to fit the schema of its tool, each change recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .offered import Offered
from .repairs import NEAR_PARAMETER, NESTED_ARGUMENTS, NULL_DROPPED, SOLE_ARGUMENT, TYPED
from .resemblance import folded, nearest
from .typed import NoReadingError, fitted, from_text, types_of
from .values import CallProblem, Draft

# Names that models trained with other tools give the same parameter.
_SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "path file filename filepath targetfile target absolutepath relativepath relativeworkspacepath uri",
        "path dir directory folder cwd dirpath root under",
        "content contents text filecontent filetext filecontents body data code newcontent source",
        "command cmd commandline shellcommand bash script shell",
        "oldstr oldstring old search oldtext original find searchtext oldcontent before",
        "newstr newstring new replace newtext replacement replacewith newcontent updated after",
        "pattern query regex regexp search searchterm term keyword q searchpattern",
        "glob include filepattern globpattern pattern includepattern",
        "startline start linestart from offset beginline startlinenumber viewstart",
        "endline end lineend to stopline endlinenumber viewend",
        "code source pythoncode script program snippet",
        "url uri link address",
        "timeout timeoutseconds timeoutsec",
        "name symbol symbolname identifier q query function class method",
        "names symbols identifiers symbolnames",
        "query symbol name question",
        "maxtokens tokens budget limit tokenbudget",
    )
)
_WRAPPERS = frozenset(
    {
        "arguments",
        "parameters",
        "args",
        "params",
        "input",
        "kwargs",
        "properties",
        "toolinput",
        "data",
        "value",
    }
)


def fit(
    name: str, given: Any, offered: Offered, repairs: tuple[str, ...] = (), *, text: bool = False
) -> Draft | CallProblem:
    """The call of an offered tool with arguments as its schema has them. With ``text`` the values are bare
    text, whose conversion is part of the dialect and no repair."""
    schema = offered.schema(name)
    properties = _properties(schema)
    made: list[str] = list(repairs)
    named = _as_mapping(given, schema, properties, made)
    if named is None:
        said = f"The arguments of {name} are not an object with its parameters: {_takes(schema)}."
        return CallProblem("arguments", said)
    named = _renamed(_unwrapped(named, properties, made), properties, made)
    arguments: dict[str, Any] = {}
    required = schema.get("required")
    for key, value in named.items():
        spec = properties.get(key)
        if text and isinstance(value, str):
            arguments[key] = from_text(value, types_of(spec))
            continue
        try:
            fit_value = fitted(value, spec, key)
        except NoReadingError as error:
            return CallProblem("arguments", f"The call of {name} did not run: {error}.")
        types = types_of(spec)
        if fit_value is None and types and "null" not in types and key not in (required or ()):
            made.append(f"{NULL_DROPPED}: {key}")
            continue
        if fit_value is not value and (type(fit_value) is not type(value) or fit_value != value):
            made.append(f"{TYPED}: {key}")
        arguments[key] = fit_value
    return Draft(name, arguments, tuple(dict.fromkeys(made)))


def sole_parameter(schema: Mapping[str, Any]) -> str | None:
    """The one parameter that a bare value can be meant for."""
    required = schema.get("required")
    if isinstance(required, list) and len(required) == 1 and isinstance(required[0], str):
        return required[0]
    properties = _properties(schema)
    return next(iter(properties)) if len(properties) == 1 and not required else None


def missing(name: str, arguments: Mapping[str, Any], offered: Offered) -> list[str]:
    """The required parameters that are not given."""
    required = offered.schema(name).get("required")
    return [key for key in required if key not in arguments] if isinstance(required, list) else []


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, Mapping) else {}


def _takes(schema: Mapping[str, Any]) -> str:
    return ", ".join(str(name) for name in _properties(schema)) or "none"


def _as_mapping(
    given: Any, schema: Mapping[str, Any], properties: Mapping[str, Any], made: list[str]
) -> Mapping[str, Any] | None:
    if isinstance(given, list) and len(given) == 1 and isinstance(given[0], dict):
        made.append(NESTED_ARGUMENTS)
        return given[0]
    if isinstance(given, Mapping):
        return given
    sole = sole_parameter(schema)
    if sole is None or given is None or (isinstance(given, str) and not given.strip()):
        return None
    types = types_of(properties.get(sole))
    if isinstance(given, str) or "array" in types or not isinstance(given, list):
        made.append(SOLE_ARGUMENT)
        return {sole: given}
    return None


def _unwrapped(given: Mapping[str, Any], properties: Mapping[str, Any], made: list[str]) -> Mapping[str, Any]:
    """The arguments under a key that is none of the tool's own, such as ``{"input": {"path": …}}``."""
    if len(given) != 1 or not properties:
        return given
    key, inner = next(iter(given.items()))
    if key in properties or folded(key) not in _WRAPPERS:
        return given
    if isinstance(inner, str):
        inner = from_text(inner, frozenset({"object"}))
    if not isinstance(inner, dict) or not all(name in properties for name in inner):
        return given
    made.append(NESTED_ARGUMENTS)
    return inner


def _renamed(given: Mapping[str, Any], properties: Mapping[str, Any], made: list[str]) -> Mapping[str, Any]:
    """Unknown names replaced by the parameter they are meant for. A name for which two are left, or a
    parameter that two names would take, stays as it is."""
    unknown = [key for key in given if key not in properties]
    if not unknown or not properties:
        return given
    free = [name for name in properties if name not in given]
    targets_of = {key: meant(key, free) for key in unknown}
    targets = [target for target in targets_of.values() if target]
    found: dict[str, Any] = {}
    for key, value in given.items():
        target = targets_of.get(key)
        if target and targets.count(target) == 1:
            made.append(f"{NEAR_PARAMETER}: {key[:40]} -> {target}")
            found[target] = value
        else:
            found[key] = value
    return found


def meant(key: str, free: Iterable[str]) -> str | None:
    """The one of the free parameters that an unknown name stands for, if there is one."""
    short = folded(key.strip("\"' \n"))
    alike = [name for name in free if folded(name) == short]
    if not alike:
        groups = [group for group in _SYNONYMS if short in group]
        alike = [name for name in free if any(folded(name) in group for group in groups)]
    if alike:
        return alike[0] if len(alike) == 1 else None
    return nearest(key, free)
