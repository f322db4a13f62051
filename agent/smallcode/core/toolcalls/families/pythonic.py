"""Python calls: ``[f(a=1), g()]`` of Llama 4 and LFM2, lines of OLMo 3, ``print(f(a=1))`` of Gemma 3, and
``f.call(a=1)`` of Llama 3's own tools."""

from __future__ import annotations

import re
from typing import Any

from ..context import Context, plainly
from ..json_body import Broken, read_loosely, skip_space
from ..loose import LooseReader
from ..repairs import LOOSE_ESCAPES, LOOSE_LITERALS, LOOSE_QUOTES, MISSING_BRACKETS
from ..shape import cut_call, named_call, unreadable
from ..strings import UnreadableError
from ..values import CallProblem, Draft, Family, PlainFamily, Reading

MAX_CALLS = 50
# What Python writes otherwise than JSON.
OWN = frozenset({LOOSE_QUOTES, LOOSE_LITERALS, LOOSE_ESCAPES})

_ASSIGNED = re.compile(r"(?:Call:\s*)?(?:(?:[A-Za-z_]\w*\s*=\s*)?(?:await\s+)?)")
_NAME = re.compile(r"([^\W\d][\w.\-]{0,80})\s?\(")
_PRINT = re.compile(r"print\(\s*(?=[^\W\d][\w.\-]*\s?\()")
_KEYWORD = re.compile(r"([^\W\d]\w*)\s*(?:=(?!=)|:)\s*")
_IN_FENCE = re.compile(r"([^\W\d][\w.\-]{0,80})[ \t]*\r?\n```\w*\s*tool_call\(")
_FENCE_END = re.compile(r"\s*```")
_AFTER_LIST = re.compile(r"\s*\]")


def read(text: str, start: int, context: Context) -> Reading | None:
    """The calls that begin at ``start``, in brackets or not."""
    if context.budget.spent:
        return None
    listed = text.startswith("[", start)
    at = skip_space(text, start + 1) if listed else start
    if not _begins(text, at, context):
        return None
    made: list[Draft | CallProblem] = []
    end = at
    while len(made) <= MAX_CALLS and _begins(text, at, context):
        one = _one(text, at, context)
        if one is None:
            context.budget.spend(max(end - start, 40))
            return None
        call, end = one
        made.append(call)
        if isinstance(call, CallProblem) and call.kind != "unknown tool":
            break
        at = _past_separators(text, end)
    closed = _AFTER_LIST.match(text, end) if listed else None
    end = closed.end() if closed else end
    extra = (MISSING_BRACKETS,) if listed and not closed else ()
    drafts = tuple(Draft(d.name, d.arguments, (*d.repairs, *extra)) for d in made if isinstance(d, Draft))
    return Reading(end, drafts, tuple(item for item in made if isinstance(item, CallProblem)))


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    return read(text, start, plainly(context))


def read_in_fence(text: str, start: int, context: Context) -> Reading | None:
    """ChatGLM3's way: the name on a line, then a fence that calls ``tool_call``."""
    named = _IN_FENCE.match(text, start)
    known = context.offered.resolve(named[1], exactly=True) if named else None
    if named is None or known is None:
        return None
    found = read_loosely(text, named.end(), _arguments, own=OWN)
    call = named_call(named[1], found, context)
    if isinstance(found, Broken) or not isinstance(call, Draft):
        context.budget.spend(40)
        return None
    fence = _FENCE_END.match(text, found.end)
    return Reading(fence.end() if fence else found.end, (call,))


def _begins(text: str, at: int, context: Context) -> bool:
    name = _name(text, at)
    if name is None:
        return False
    return not context.plain or context.offered.resolve(_bare(name[1]), exactly=True) is not None


def _name(text: str, at: int) -> tuple[int, str] | None:
    """The offset of the arguments and the name of the call at ``at``."""
    assigned = _ASSIGNED.match(text, at)
    at = assigned.end() if assigned else at
    printed = _PRINT.match(text, at)
    found = _NAME.match(text, printed.end() if printed else at)
    return (found.end(), found[1]) if found else None


def _bare(name: str) -> str:
    return name.removesuffix(".call")


def _one(text: str, at: int, context: Context) -> tuple[Draft | CallProblem, int] | None:
    named = _name(text, at)
    if named is None:
        return None
    found = read_loosely(text, named[0], _arguments, own=OWN)
    name = _bare(named[1])
    if isinstance(found, Broken):
        return _broken(text, at, name, found, context)
    end = found.end
    if text.startswith("print(", skip_space(text, at)) and text.startswith(")", skip_space(text, end)):
        end = skip_space(text, end) + 1
    call = named_call(name, found, context)
    return None if call is None else (call, end)


def _broken(
    text: str, at: int, name: str, broken: Broken, context: Context
) -> tuple[CallProblem, int] | None:
    context.budget.spend(max(broken.at - at, 40))
    if context.plain and not broken.cut:
        return None
    known = context.offered.resolve(name, exactly=True)
    if broken.cut:
        return cut_call(known[0] if known else name), len(text)
    return unreadable(broken.why), max(broken.at, at + 1)


def _arguments(reader: LooseReader) -> Any:
    """Keyword arguments as a dict; one positional argument as it is."""
    named: dict[str, Any] = {}
    positional: list[Any] = []
    while _more(reader):
        keyword = _KEYWORD.match(reader.text, reader.at, reader.end)
        if reader.text.startswith("**", reader.at):
            reader.at += 2
            spread = reader.value("call", 1)
            named.update(spread if isinstance(spread, dict) else {})
        elif keyword:
            reader.at = keyword.end()
            key = keyword[1]
            value = reader.value("call", 1)
            if key in named and named[key] != value:
                raise UnreadableError(f"it holds two different values for {key!r}", reader.at)
            named[key] = value
        else:
            positional.append(reader.value("call", 1))
    if not positional:
        return named
    if named or len(positional) > 1:
        raise UnreadableError("it has arguments without a name", reader.at)
    return positional[0]


def _more(reader: LooseReader) -> bool:
    reader.skip()
    comma = False
    while reader.at < reader.end and reader.text[reader.at] == ",":
        comma = True
        reader.at += 1
        reader.skip()
    if reader.at >= reader.end:
        if comma:
            raise UnreadableError("it ends after a comma", reader.at, cut=True)
        reader.open = True
        reader.repairs[MISSING_BRACKETS] = None
        return False
    if reader.text[reader.at] == ")":
        reader.at += 1
        return False
    if reader.text[reader.at] in "]}<":
        reader.open = True
        reader.repairs[MISSING_BRACKETS] = None
        return False
    return True


def _past_separators(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in ",;"):
        at += 1
    return at


PYTHONIC = Family("python", r"\[\s*[^\W\d][\w.\-]*\s?\(|[^\W\d][\w.\-]*\s?\(", read)
PLAIN_PYTHONIC = PlainFamily(
    "python",
    r"\[\s*[^\W\d][\w.\-]{0,80}\s?\(|"
    r"(?<![\w.])(?:Call:[ \t]*)?(?:[A-Za-z_]\w*\s*=\s*)?(?:await\s+)?[^\W\d][\w.\-]{0,80}\(",
    frozenset(
        {"", "tool_code", "tool_call", "tool_calls", "tool", "python", "py", "tools", "text", "function_call"}
    ),
    read_plain,
)
