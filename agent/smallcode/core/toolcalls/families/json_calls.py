"""JSON: ``{"name": …, "arguments": {…}}``, one or a list, as OpenAI, Hermes, Llama 3, Granite, Command-R,
xLAM, Jamba and most others write it inside their own tags, in a fence, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..context import Context, plainly
from ..json_body import Broken, Value, read_json, skip_space
from ..repairs import MISSING_BRACKETS
from ..shape import ARGUMENT_KEYS, BESIDE_KEYS, INNER_KEYS, NAME_KEYS, cut_call, read_calls, unreadable
from ..values import CallProblem, Draft, Family, PlainFamily, Reading

# More calls than this in one list are a listing of something else.
MAX_CALLS = 50
# The name of a call that is cut stands near its beginning.
NAME_WITHIN = 300

_NAME = re.compile(r"""["']?(?:name|tool_name|function|action|tool)["']?\s*:\s*["']([\w.:-]{1,80})["']""")
_SIGNED = re.compile(
    r"""\[?\s*\{\s*["'](?:name|tool_name|action)["']\s*:\s*["'](?P<name>[\w.:-]{1,80})["']\s*,\s*"""
    r"""["'](?:arguments|parameters|action_input|input|args)["']\s*:"""
)
_FIRST_KEY = re.compile(r"""[\[\s]{0,20}\{\s*["'“]?([\w.-]{1,80})["'”]?\s*:""")
_KEYS = frozenset((*NAME_KEYS, *ARGUMENT_KEYS, *BESIDE_KEYS, *INNER_KEYS))
END_TAG = re.compile(r"</(?:\w+[:_])?(?:tool_call|function_call)s?>|</TOOLCALL>")
_LIST = re.compile(r"\[\s*(?=\{|\])")


def read(text: str, start: int, context: Context) -> Reading | None:
    """The calls of the JSON value at ``start``."""
    if context.budget.spent or not text.startswith(("{", "["), start):
        return None
    one_by_one = _LIST.match(text, start)
    if text.startswith("[", start) and not one_by_one:
        return None
    if context.plain and not _begins_call(text, start, context):
        context.budget.spend(0)
        return None
    found = read_json(text, start)
    if isinstance(found, Value) and not found.open:
        return _reading(read_calls(found, context), found.end, context, start)
    if one_by_one:
        return _elements(text, start, one_by_one.end(), context)
    if isinstance(found, Broken):
        return _broken(text, start, found, context)
    reading = _reading(read_calls(found, context), found.end, context, start)
    if reading is None and context.plain:
        return _broken(
            text, start, Broken("it is not closed", cut=found.end == len(text), at=found.end), context
        )
    return reading


def _begins_call(text: str, start: int, context: Context) -> bool:
    """Whether the first key is one that calls have, or the name of a tool."""
    key = _FIRST_KEY.match(text, start)
    if key is None:
        return True
    return key[1] in _KEYS or context.offered.resolve(key[1], exactly=True) is not None


def _elements(text: str, start: int, at: int, context: Context) -> Reading | None:
    """The calls of a list that is broken somewhere: those before that place are whole."""
    made: list[Draft | CallProblem | None] = []
    end = at
    while len(made) <= MAX_CALLS:
        at = skip_space(text, at)
        while text.startswith(",", at):
            at = skip_space(text, at + 1)
        if not text.startswith("{", at):
            break
        found = read_json(text, at)
        if isinstance(found, Broken):
            broken = _broken(text, at, found, context)
            if broken is None:
                return None
            made += broken.problems
            at = end = broken.end
            break
        made += read_calls(found, context)
        at = end = found.end
    closed = text.startswith("]", at)
    repairs = () if closed else (MISSING_BRACKETS,)
    return _reading(made, at + 1 if closed else end, context, start, repairs)


def _reading(
    made: Iterable[Draft | CallProblem | None],
    end: int,
    context: Context,
    start: int,
    repairs: tuple[str, ...] = (),
) -> Reading | None:
    drafts: list[Draft] = []
    problems: list[CallProblem] = []
    for item in made:
        if isinstance(item, Draft):
            drafts.append(Draft(item.name, item.arguments, (*item.repairs, *repairs)))
        elif item is not None:
            problems.append(item)
        elif context.plain:
            context.budget.spend(end - start)
            return None
    if context.plain and (len(drafts) > MAX_CALLS or not (drafts or problems)):
        return None
    return Reading(end, tuple(drafts), tuple(problems))


def _broken(text: str, start: int, broken: Broken, context: Context) -> Reading | None:
    """A call that cannot be read. Without markup it must be signed with an offered name and a key for its
    arguments to be told about at all."""
    context.budget.spend(max(broken.at - start, 40))
    signed = _SIGNED.match(text, start)
    name = signed["name"] if signed else ""
    known = context.offered.resolve(name, exactly=True) if signed else None
    if context.plain and known is None:
        return None
    if broken.cut and not END_TAG.search(text, start):
        near = _NAME.search(text, start, start + NAME_WITHIN)
        said = known[0] if known else near.group(1) if near else ""
        return Reading(len(text), problems=(cut_call(said),))
    end = start + 1 if broken.cut else max(broken.at, start + 1)
    return Reading(end, problems=(unreadable(broken.why),))


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    return read(text, start, plainly(context))


JSON = Family("json", r"[{\[]", read)
PLAIN_JSON = PlainFamily(
    "json",
    r"""(?:\[\s*)?\{\s*["'“]?(?:name|tool\w*|function\w*|action\w*|recipient_name|api\w*|fn|command_name|"""
    r"""arguments|parameters|args|type|id|thoughts?|reasoning|explanation|calls)["'”]?\s*:|"""
    r"""(?:\[\s*)?\{\s*["'][\w.-]{1,80}["']\s*:\s*\{""",
    frozenset(
        {"", "json", "jsonc", "json5", "tool_call", "tool_calls", "tool", "tools", "tool_code", "text", "txt",
         "plaintext", "function_call", "function", "action", "xml", "call"}
    ),
    read_plain,
    inside=True,
)  # fmt: skip
