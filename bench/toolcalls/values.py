"""The values of the corpus: a call, how it is written, a family of models, a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .json_text import PLAIN, JsonForm, json_text


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the model means it; ``kind`` names what its arguments exercise, for the report."""

    name: str
    arguments: Mapping[str, Any]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a call is written.

    An encoder takes its legitimate variants from ``variants`` and writes JSON through the methods, so that a
    mutator damages the JSON of every family in one place. ``as_string`` is how many times the arguments are
    encoded as a JSON string. ``drop`` characters are missing at the end of the JSON of each call (or of the
    arguments, where the name stands outside of it) and ``after`` follows it.
    """

    variants: Random
    form: JsonForm = PLAIN
    arguments_key: str = ""
    as_string: int = 0
    after: str = ""
    drop: int = 0

    def arguments(self, call: Call) -> str:
        """The arguments alone, where the name stands outside of the JSON."""
        return self.surrounded(self._arguments_text(call))

    def call(self, call: Call, name: str = "name", arguments: str = "arguments", **extra: Any) -> str:
        """The whole call as one JSON object."""
        return self.surrounded(self.entry(call, name, arguments, **extra))

    def entry(self, call: Call, name: str = "name", arguments: str = "arguments", **extra: Any) -> str:
        """As ``call``, but inside of something else that is JSON, so nothing surrounds it."""
        value: dict[str, Any] = {**extra, name: call.name}
        value[self.arguments_key or arguments] = self._arguments_value(call)
        return json_text(value, self.form)

    def nested(self, call: Call, key: str) -> str:
        """``{key: arguments}``."""
        return json_text({key: self._arguments_value(call)}, self.form)

    def array(self, entries: Sequence[str]) -> str:
        separator = ",\n" if self.form.indent else ", "
        comma = "," if self.form.trailing_comma else ""
        text = f"[{separator.join(entries)}{comma}]"
        return self.surrounded(text, self.after.replace("}", "]"))

    def _arguments_value(self, call: Call) -> Any:
        value: Any = dict(call.arguments)
        for _ in range(self.as_string):
            value = json_text(value, PLAIN)
        return value

    def _arguments_text(self, call: Call) -> str:
        return json_text(self._arguments_value(call), self.form)

    def surrounded(self, text: str, after: str | None = None) -> str:
        kept = text[: len(text) - self.drop] if self.drop else text
        return f"{kept}{self.after if after is None else after}"


Encode = Callable[[Sequence[Call], Style], str]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of models and its way of printing calls.

    ``source`` says where the format is public. ``planned`` families stand in the design's table; the others
    test how the parser does with what was not named to its author. A ``marked`` call has a token of its own,
    so it may stand after prose. ``syntax`` is ``json``, ``tags`` (raw values between tags), ``python``,
    ``custom`` or ``lines``. ``value_end`` is what tells that a string value is whole; empty where nothing
    does. ``openers``, ``closers`` and ``wrapper`` are the parts that models forget; ``special`` are the
    tokens that a server strips, and ``separators`` those that vanish with them between name and arguments.
    ``most`` is how many calls one reply may hold.
    """

    name: str
    source: str
    encode: Encode = field(repr=False)
    planned: bool = True
    marked: bool = True
    syntax: str = "json"
    value_end: str = '"'
    openers: tuple[str, ...] = ()
    closers: tuple[str, ...] = ()
    wrapper: tuple[str, str] | None = None
    special: tuple[str, ...] = ()
    think: tuple[str, str] | None = ("<think>", "</think>")
    most: int = 3
    accepts: Callable[[Call], bool] = field(default=lambda call: True, repr=False)
    prose_before: bool = True
    prose_after: bool = True


@dataclass(frozen=True, slots=True)
class Mutated:
    """``original`` is the same reply without the damage; ``expected`` was fixed before it.

    ``must_not`` marks a reply that was cut within a value, so that running it would run something that the
    model did not finish.
    """

    text: str
    original: str
    expected: tuple[Call, ...]
    must_not: bool = False


@dataclass(frozen=True, slots=True)
class Mutator:
    """``apply`` gives None where it finds nothing to damage; ``weight`` is how often it comes."""

    name: str
    applies: Callable[[Family], bool] = field(repr=False)
    apply: Callable[[Family, Sequence[Call], Random], Mutated | None] = field(repr=False)
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A reply, the tools that were offered with it, and the calls that it holds."""

    id: str
    family: str
    corruption: str
    kind: str
    text: str
    original: str
    expected: tuple[Call, ...]
    tools: tuple[Mapping[str, Any], ...]
    planned: bool = True
    must_not: bool = False
    source: str = ""
