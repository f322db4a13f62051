"""Strings in the bodies of calls: JSON's, Python's, and those between tokens of their own.

The end of a quoted string is the first quote that something structural follows, so that quotes which the
model forgot to escape stay inside. Where that leaves an odd number of quotes inside, the string may as well
have ended at one of them: there is no one reading, and it is unreadable.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Literal

from .repairs import INNER_QUOTES, LOOSE_ESCAPES, LOOSE_QUOTES, MISSING_BRACKETS, RAW_CONTROLS

Place = Literal["key", "mapping", "sequence", "call"]


class UnreadableError(Exception):
    """Raised and caught within the parser: the text at hand has no one reading. ``cut`` where it ends too
    early; ``at`` is the offset where that was seen."""

    def __init__(self, why: str, at: int, *, cut: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.at = at
        self.cut = cut


@dataclass(frozen=True, slots=True)
class Quoted:
    value: str
    end: int
    repairs: tuple[str, ...] = ()


# The quotes of Gemma 4 and of FunctionGemma are tokens; nothing is escaped between them.
TOKENS = ('<|"|>', "<escape>")
_PAIRS = {"“": "”", "‘": "’", "”": "”", "’": "’"}
STARTS = frozenset("\"'`“”‘’")
_PREFIXED = re.compile(r"""[rRbBfFuU]{1,2}(?=["'])""")

# White space and names are bounded so that no quote costs more than a fixed look ahead.
_GAP = r"\s{0,400}"
_NAME = r"[\w.$ -]{1,80}"
_KEY = rf"""(?:["'“]{_NAME}["'”]{_GAP}[:=]|[\w$-]{{1,80}}{_GAP}(?::|=(?!=))|<\|"\|>{_NAME}<\|"\|>{_GAP}:)"""
_COMMENT = r"//|/\*|\#"
_MARKUP = (
    r"</?[|｜/]?(?:tool|func|invoke|param|arg|im_|eo|end|message|seed|minimax|dots|call|｜|response)|"
    r"<[|｜]\w|```"
)
_FOLLOWS: dict[Place, re.Pattern[str]] = {
    "key": re.compile(rf"{_GAP}(?::|=>?)"),
    "mapping": re.compile(
        rf"{_GAP}(?:\}}(?!\s{{0,20}}[\"\w])|$|,{_GAP}(?:{_KEY}|\}}|,|$|{_COMMENT})|\n{_GAP}{_KEY}|[ ]{_KEY}|"
        rf"{_MARKUP}|{_COMMENT})"
    ),
    "sequence": re.compile(
        rf"""{_GAP}(?:\]|\)|$|,{_GAP}(?:["'“{{\[\d\]),-]|$|<\||[tTfFnN]\w{{2,4}}\b|{_COMMENT})|{_MARKUP}|{_COMMENT})"""
    ),
    "call": re.compile(
        rf"{_GAP}(?:\)|\]\s{{0,9}}(?:\Z|<)|$|,{_GAP}(?:[A-Za-z_]\w{{0,80}}{_GAP}=(?!=)|\)|\*|$|[\"'])|{_MARKUP})"
    ),
}
# A quote that ends what a token began: a key follows, or the end of the call.
_MIXED = re.compile(r"\"(?=,\w{1,80}:\Z|\}\Z)")
# A path of Windows whose backslashes are single ones: "C:\Users\ada".
PATH = re.compile(r"[A-Za-z]:(?:\\[^\\/:*?\"<>|\r\n]{1,100})+\\?")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U00[0-9a-fA-F]{6}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", "\\": "\\", '"': '"'}
_LOOSE = {"'": "'", "\n": "", "`": "`"}
_BETWEEN_LETTERS = re.compile(r"(?<=\w)['’](?=\w)")


def starts_string(text: str, at: int) -> bool:
    """Whether a string begins at ``at``, with a quote, a token or a prefix such as Python's r."""
    return text[at : at + 1] in STARTS or text.startswith(TOKENS, at) or _PREFIXED.match(text, at) is not None


def read_string(text: str, at: int, place: Place, end: int) -> Quoted:
    """The string that begins at ``at`` and is over before ``end``. Raises UnreadableError."""
    for token in TOKENS:
        if text.startswith(token, at):
            return _between_tokens(text, at + len(token), token, end)
    raw = False
    prefix = _PREFIXED.match(text, at)
    if prefix:
        raw, at = "r" in prefix.group().lower(), prefix.end()
    quote = text[at]
    if quote in "\"'" and text.startswith(quote * 3, at):
        return _triple(text, at + 3, quote * 3, end, raw)
    return _quoted(text, at, place, end, raw)


def _between_tokens(text: str, start: int, token: str, end: int) -> Quoted:
    close = text.find(token, start, end)
    mixed = _MIXED.search(text, start, close if close >= 0 else end) if token == TOKENS[0] else None
    # A quote that ends an inner string is none of these.
    if mixed and text.count('"', start, mixed.start()) % 2 == 0:
        return Quoted(text[start : mixed.start()], mixed.start() + 1, (LOOSE_QUOTES,))
    if close >= 0:
        return Quoted(text[start:close], close + len(token))
    # A last value without its end token, where the body is closed all the same: only what can be no part
    # of a longer value is taken.
    last = text.rfind("}", start, end)
    value = text[start:last] if last >= 0 else ""
    if last < 0 or text[last + 1 : end].strip() or not _plain_line(value):
        raise UnreadableError(f"a string is not closed with {token}", end, cut=end == len(text))
    return Quoted(value, last, (MISSING_BRACKETS,))


def _plain_line(value: str) -> bool:
    return not any(letter in value for letter in "\n{}[]()\"'`|<")


def _triple(text: str, start: int, quotes: str, end: int, raw: bool) -> Quoted:
    close = text.find(quotes, start, end)
    if close < 0:
        raise UnreadableError(f"a string is not closed with {quotes}", end, cut=end == len(text))
    body = text[start:close]
    repairs = (LOOSE_QUOTES,)
    return Quoted(body if raw else unescape(body, start)[0], close + 3, repairs)


def _quoted(text: str, at: int, place: Place, end: int, raw: bool) -> Quoted:
    quote = text[at]
    closing = _PAIRS.get(quote, quote)
    follows = _FOLLOWS[place]
    start = position = at + 1
    while True:
        position = _next(text, position, closing, end)
        if position < 0:
            raise UnreadableError("a string is not closed", end, cut=end == len(text))
        # No key holds quotes.
        if text.startswith(TOKENS[0], position - 2) and follows.match(text, position + 3, end):
            return Quoted(text[start : position - 2], position + 3, (LOOSE_QUOTES,))
        if place == "key" or follows.match(text, position + 1, end):
            break
        position += 1
    body = text[start:position]
    repairs: list[str] = [] if quote == '"' else [LOOSE_QUOTES]
    _check_inside(body, closing, repairs, start)
    if "\n" in body or "\t" in body or "\r" in body:
        repairs.append(RAW_CONTROLS)
    if raw:
        return Quoted(body, position + 1, tuple(repairs))
    if "\\" in body and PATH.fullmatch(body):
        return Quoted(body, position + 1, (*repairs, LOOSE_ESCAPES))
    value, escapes = unescape(body, start)
    return Quoted(value, position + 1, (*repairs, *escapes))


def _next(text: str, position: int, closing: str, end: int) -> int:
    """The next quote that no backslash escapes, or -1."""
    while True:
        found = text.find(closing, position, end)
        if found < 0:
            return -1
        before = found
        while before > position and text[before - 1] == "\\":
            before -= 1
        if (found - before) % 2 == 0:
            return found
        position = found + 1


def _check_inside(body: str, closing: str, repairs: list[str], at: int) -> None:
    if closing not in body:
        return
    inner = _ESCAPE.sub("", body)
    inner = _BETWEEN_LETTERS.sub("", inner) if closing != '"' else inner
    count = inner.count(closing)
    if count % 2 or re.search(rf"{closing}\s+{closing}", inner):
        raise UnreadableError('it has inner quotes; write them \\"', at)
    if count:
        repairs.append(INNER_QUOTES)


def unescape(body: str, at: int) -> tuple[str, tuple[str, ...]]:
    """The text that the escapes of JSON and Python stand for; one that neither knows stays as it is.
    Raises UnreadableError for half a surrogate pair."""
    if "\\" not in body:
        return body, ()
    loose = False

    def one(match: re.Match[str]) -> str:
        nonlocal loose
        code = match[1]
        if len(code) > 1:
            loose = loose or code[0] != "u"
            number = int(code[1:], 16)
            return chr(number) if number <= sys.maxunicode else match[0]
        known = _SIMPLE.get(code)
        if known is not None:
            return known
        loose = True
        return _LOOSE.get(code, match[0])

    value = _ESCAPE.sub(one, body)
    if not value.isascii():
        try:
            value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError as error:
            raise UnreadableError("it holds half of a \\u surrogate pair", at) from error
    return value, (LOOSE_ESCAPES,) if loose else ()
