"""Values as models write them: JSON, Python literals and unquoted keys in any mixture, closers missing.

A reader walks once from left to right. It recovers what has one reading and gives up on the rest; a value
that the text ends inside is never given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .repairs import COMMENTS, LOOSE_COMMAS, LOOSE_LITERALS, LOOSE_QUOTES, MISSING_BRACKETS
from .strings import Place, UnreadableError, read_string, starts_string

# Values nested deeper than this are no arguments of a tool.
MAX_DEPTH = 60

_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"//[^\n]*|/\*(?:[^*]|\*(?!/)){0,2000}\*/|#[^\n]*")
_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])")
_WORD = re.compile(r"[A-Za-z_]\w*")
_BARE_KEY = re.compile(r"[^\s:=,{}\[\]()\"'<>]{1,100}")
_BARE_VALUE = re.compile(r"[^,{}\[\]\n\"<>]{1,2000}")
# Outside Gemma's calls only what looks like a name, and stops like one, may go without quotes.
_BARE_NAME = re.compile(r"(?!(?:NaN|Infinity)\b)[A-Za-z_][\w.\-/]{0,80}(?=\s{0,40}[,}\]])")
_SEPARATOR = re.compile(r"\s*(?::|=>?)")
_STRICT = {"true": True, "false": False, "null": None}
_LOOSE = {"True": True, "False": False, "None": None, "undefined": None, "TRUE": True, "FALSE": False}
_CLOSER = {"{": "}", "[": "]", "(": ")"}
_CLOSERS = frozenset("}])")
# What may stand where a closer is missing: markup, a fence, the end of the reply.
_BOUNDARY = re.compile(r"</?[|｜]?[A-Za-z]|<[|｜]|```|\[/?[A-Z]|;")


class LooseReader:
    """Reads values from ``text[at:end]``. ``at`` moves on; ``repairs`` says what it took, ``open`` whether
    closers were missing. ``bare`` allows strings without quotes as values, as Gemma's calls have them; what
    is in ``own`` is the dialect's own way of writing and no repair."""

    def __init__(
        self, text: str, at: int, end: int, *, bare: bool = False, own: frozenset[str] = frozenset()
    ) -> None:
        self.text = text
        self.at = at
        self.end = end
        self.bare = bare
        self.own = own
        self.repairs: dict[str, None] = {}
        self.open = False

    def value(self, place: Place = "mapping", depth: int = 0) -> Any:
        """The value at ``at``. Raises UnreadableError."""
        if depth > MAX_DEPTH:
            raise UnreadableError("it is nested too deep", self.at)
        self.skip()
        self._demand_more()
        start = self.text[self.at]
        if start == "{":
            self.at += 1
            return self.mapping("}", "mapping", depth)
        if start in "[(":
            self.at += 1
            return self._sequence(_CLOSER[start], depth)
        if starts_string(self.text, self.at):
            return self.string(place)
        return self._scalar()

    def mapping(self, closer: str, place: Place, depth: int) -> dict[str, Any]:
        """The pairs up to ``closer``, which may be missing."""
        found: dict[str, Any] = {}
        pending = False
        while self._more(closer, pending, fresh=not found):
            key = self._key()
            value = self.value(place, depth + 1)
            if key in found and found[key] != value:
                raise UnreadableError(f"it holds two different values for {key!r}", self.at)
            found[key] = value
            pending = self._comma(closer)
        return found

    def string(self, place: Place) -> str:
        quoted = read_string(self.text, self.at, place, self.end)
        self.at = quoted.end
        self._note(*quoted.repairs)
        return quoted.value

    def skip(self) -> None:
        """Past white space and comments."""
        while self.at < self.end:
            space = _SPACE.match(self.text, self.at, self.end)
            if space:
                self.at = space.end()
                continue
            comment = _COMMENT.match(self.text, self.at, self.end)
            if not comment:
                return
            self._note(COMMENTS)
            self.at = comment.end()

    def _sequence(self, closer: str, depth: int) -> list[Any]:
        found: list[Any] = []
        pending = False
        while self._more(closer, pending, fresh=not found):
            found.append(self.value("sequence", depth + 1))
            pending = self._comma(closer)
        return found

    def _more(self, closer: str, pending: bool, *, fresh: bool) -> bool:
        """Whether another element follows; ``pending`` after a comma, ``fresh`` where nothing has been read.
        Moves past the closer."""
        self.skip()
        if self.at >= self.end:
            if pending or fresh:
                raise UnreadableError(
                    "it ends where a value belongs", self.at, cut=self.end == len(self.text)
                )
            self._leave_open()
            return False
        letter = self.text[self.at]
        if letter in _CLOSERS:
            if pending:
                self._note(LOOSE_COMMAS)
            if letter == closer:
                self.at += 1
            else:
                self._leave_open()
            return False
        if _BOUNDARY.match(self.text, self.at, self.end) and not self._begins_string():
            self._leave_open()
            return False
        return True

    def _comma(self, closer: str) -> bool:
        """Pass the comma behind an element. One may be missing between elements, and be one too many."""
        self.skip()
        commas = 0
        while self.at < self.end and self.text[self.at] == ",":
            commas += 1
            self.at += 1
            self.skip()
        if commas > 1:
            self._note(LOOSE_COMMAS)
        if not commas and self.at < self.end and self.text[self.at] not in _CLOSERS:
            self._must_begin_element(closer)
        return commas > 0

    def _must_begin_element(self, closer: str) -> None:
        begins = self._begins_string() or self.text[self.at] in "{["
        if begins or (closer != "]" and self._bare_key()):
            self._note(LOOSE_COMMAS)
        elif not _BOUNDARY.match(self.text, self.at, self.end):
            near = self.text[self.at : min(self.end, self.at + 30)]
            raise UnreadableError(f"a comma or bracket is missing before {near!r}", self.at)

    def _begins_string(self) -> bool:
        return starts_string(self.text, self.at) and not self.text.startswith("```", self.at)

    def _bare_key(self) -> bool:
        key = _BARE_KEY.match(self.text, self.at, self.end)
        return key is not None and _SEPARATOR.match(self.text, key.end(), self.end) is not None

    def _key(self) -> str:
        if starts_string(self.text, self.at):
            key = self.string("key")
        else:
            bare = _BARE_KEY.match(self.text, self.at, self.end)
            if not bare:
                near = self.text[self.at : min(self.end, self.at + 30)]
                raise UnreadableError(f"a key is missing before {near!r}", self.at)
            self.at = bare.end()
            key = bare.group()
            self._note(LOOSE_QUOTES)
        separator = _SEPARATOR.match(self.text, self.at, self.end)
        if not separator:
            self.skip()
            self._demand_more()
            raise UnreadableError(f"there is no value for {key[:40]!r}", self.at)
        self.at = separator.end()
        return key

    def _scalar(self) -> Any:
        for pattern, convert in _SCALARS:
            found = pattern.match(self.text, self.at, self.end)
            if found is None:
                continue
            if found.end() == len(self.text) and found.group() not in _STRICT:
                raise UnreadableError("it ends inside a value", self.at, cut=True)
            known, value, repair = convert(found.group())
            if known:
                self.at = found.end()
                self._note(*repair)
                return value
        return self._bare_value()

    def _bare_value(self) -> str:
        pattern = _BARE_VALUE if self.bare else _BARE_NAME
        found = pattern.match(self.text, self.at, self.end)
        if found is None or not found.group().strip():
            near = self.text[self.at : min(self.end, self.at + 30)]
            raise UnreadableError(f"{near!r} is no value", self.at, cut=self._is_cut_word())
        if found.end() == self.end == len(self.text):
            raise UnreadableError("it ends inside a value", self.at, cut=True)
        self.at = found.end()
        self._note(LOOSE_QUOTES)
        return found.group().strip()

    def _is_cut_word(self) -> bool:
        rest = self.text[self.at : self.at + 8]
        whole = self.at + len(rest) == len(self.text) == self.end
        return whole and any(word.startswith(rest) for word in (*_STRICT, *_LOOSE, "-"))

    def _demand_more(self) -> None:
        if self.at >= self.end:
            raise UnreadableError("a value is missing at its end", self.at, cut=self.end == len(self.text))

    def _leave_open(self) -> None:
        self.open = True
        self._note(MISSING_BRACKETS)

    def _note(self, *repairs: str) -> None:
        self.repairs.update(dict.fromkeys(repair for repair in repairs if repair not in self.own))


def _number(text: str) -> tuple[bool, Any, tuple[str, ...]]:
    plain = text.replace("_", "").lstrip("+")
    if len(plain) > 300:
        return False, None, ()
    try:
        return True, int(plain), ()
    except ValueError:
        return True, float(plain), ()


def _word(text: str) -> tuple[bool, Any, tuple[str, ...]]:
    if text in _STRICT:
        return True, _STRICT[text], ()
    return text in _LOOSE, _LOOSE.get(text), (LOOSE_LITERALS,)


_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], tuple[bool, Any, tuple[str, ...]]]], ...] = (
    (_NUMBER, _number),
    (_WORD, _word),
)
