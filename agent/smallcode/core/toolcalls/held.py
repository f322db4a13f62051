"""What must be held back of text that is still arriving, as it may turn out to be markup or a call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .offered import Offered
from .scan import PLAIN_LANDMARK
from .tags import FLAGS, SEPARATOR

# Tokens and tags are held while they are shorter than this and nothing has ruled them out.
LONGEST_TAG = 160

_TAIL = re.compile(
    r"(?:"
    r"<(?![\s=\d])(?:[^\s<>]{0,90}|[\w:|｜▁ ]{1,40}(?:[\s=][^<>\n]{0,120})?)"  # a tag or token
    r"|<[|｜][^\n]{0,60}"
    r"|\[[A-Z_/ ]{0,25}|\[\s*[\w.\-]{0,80}"  # a token in brackets, a list of calls
    r"|\][<\]minax>\[\s]{0,14}"  # MiniMax M3's noise
    r"|(?:\[\s*)?\{\s*[\"'“]?\w{0,30}[\"'”]?\s*"  # JSON
    r"|[`~◁✿>]+[^\s]{0,20}"
    r"|(?:^|\n)[ \t>*✿]*(?:A(?:c(?:t(?:i(?:on?)?)?)?)?|T(?:o(?:ol?)?)?)?\*{0,2}\s*"  # Action:
    r"|(?<!\w)(?:assistant)?(?:commentary|analysis)?\s?t(?:o(?:=[\w.]{0,80})?)?"
    r"|\b(?:functools|function(?: c(?:a(?:ll?(?:<[|\w]{0,12})?)?)?)?|assistant|commentary|analysis)\s?"
    r"|\b(?:call|print|await)[:(]?\s?"
    r"|\s+"
    r")\Z"
)
_WORD = re.compile(r"(?<![\w.\-:/])([^\W\d][\w.\-:/]{0,90})(\s{0,40})\Z")
_NAMESPACES = ("functions.", "function.", "call:")
_WORDS = ("functools", "function", "assistant", "commentary", "analysis")
_SEPARATED = re.compile(SEPARATOR, FLAGS)
_JSON_KEY = re.compile(r"[\[\s]*\{\s*[\"'“]?(\w{0,80})")
_NAMED = re.compile(r"[\"'“](?:name|tool\w*|function\w*|action)[\"'”]\s*:\s*[\"'“]([^\"'”]{1,90})[\"'”]")
_CALLED = re.compile(r"[\[\s]*(?:\w+\s*=\s*)?(?:await\s+)?(?:print\(\s*)?(?:call:)?([^\W\d][\w.\-:/]{0,90})")
_FENCED = frozenset(
    {"", "json", "jsonc", "json5", "xml", "html", "text", "txt", "plaintext", "tool_call", "tool_calls",
     "tool", "tools", "tool_code", "function_call", "function", "action", "call", "python", "py", "yaml",
     "yml", "react"}
)  # fmt: skip
_ENOUGH = 400


@dataclass(frozen=True, slots=True)
class Holding:
    """Where to stop showing. ``kind`` is "call" where a call without markup may have begun, whose tool
    ``name`` gives if it is known, and "wait" where more text will tell."""

    at: int
    kind: Literal["call", "wait"] = "wait"
    name: str = ""


def hold_from(text: str, start: int, end: int, offered: Offered) -> Holding:
    """The first place in ``text[start:end]`` that cannot be shown yet; ``end`` itself if there is none."""
    for found in PLAIN_LANDMARK.finditer(text, start, end):
        if found["code"]:
            break
        name = _tool(text, found, offered)
        if name is not None:
            return Holding(found.start(), "call", name)
    if end < len(text):
        named = _WORD.search(text, max(start, end - LONGEST_TAG), end)
        if named and _SEPARATED.match(text, end) and _may_be_name(named[1], True, offered):
            return Holding(named.start(), "call", named[1])
        return Holding(end)
    if (
        len(text) < 60
        and text.lstrip()[:8]
        and "here is my thought process"[: len(text.lstrip())].startswith(text.lstrip().lower()[:27])
    ):
        return Holding(start)
    window = max(start, end - LONGEST_TAG - 20)
    tail = _TAIL.search(text, window, end)
    at = tail.start() if tail else end
    word = _WORD.search(text, window, end)
    if word and word.start() < at and _may_be_name(word[1], bool(word[2]), offered):
        return Holding(max(word.start(), start))
    # A token that is arriving may make a call of the name before it.
    named = _WORD.search(text, window, at)
    if named and _may_be_name(named[1], True, offered):
        at = named.start()
    return Holding(max(at, start))


def _tool(text: str, found: re.Match[str], offered: Offered) -> str | None:
    """The name of the tool that may be called here, "" while it is not to be seen, None if there is none."""
    start = found.start()
    bare = text[start : start + 40].lstrip()
    if re.match(r"[>*]*(?:Action|Tool|✿FUNCTION✿)", bare, re.IGNORECASE):
        return ""
    if re.match(r"[\[\s]*\{", bare):
        named = _NAMED.search(text, start, start + _ENOUGH)
        if named:
            known = offered.resolve(named[1], exactly=True)
            return known[0] if known else None
        return "" if len(text) - start < _ENOUGH else None
    if re.match(r"(?:name|tool|tool_name|function|action)[ \t]*:", bare):
        return ""
    called = _CALLED.match(text, start)
    known = offered.resolve(called[1].rstrip(":").removesuffix(".call"), exactly=True) if called else None
    return known[0] if known else None


def _may_be_name(word: str, over: bool, offered: Offered) -> bool:
    """Whether a word at the end is a tool's name, or may become one."""
    if offered.resolve(word, exactly=True) is not None:
        return True
    if word.startswith(_NAMESPACES):
        return True
    starts = (*offered.spellings(), *_NAMESPACES, *_WORDS)
    return not over and any(name.startswith(word) for name in starts)


def may_be_fenced(text: str, start: int, offered: Offered, info: str = "") -> Literal["yes", "no", "unknown"]:
    """Whether the inside of a fence, from ``start`` on, may be a call."""
    if info not in _FENCED:
        return "no"
    body = text[start : start + _ENOUGH].lstrip()
    if len(body) < 12 and "```" not in body:
        return "unknown"
    key = _JSON_KEY.match(body)
    if key:
        return "yes"
    if body.startswith(
        ("<", "[TOOL", "[END", "✿", ">>>", "Action", "**Action", "name:", "tool:", "function:")
    ):
        return "yes"
    called = _CALLED.match(body)
    if called and called.end() == len(body) < _ENOUGH:
        return "unknown"
    known = called and offered.resolve(called[1].rstrip(":"), exactly=True)
    return "yes" if known else "no"
