"""Tags and tokens around calls in any of the other families: ``<tool_call>`` of Hermes, Qwen and GLM,
``[TOOL_CALLS]`` of Mistral, ``<|python_tag|>`` of Llama 3, DeepSeek's, Kimi's, LFM2's, Granite's, Phi's …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..arguments import sole_parameter
from ..context import Context, plainly
from ..json_body import Value, skip_space
from ..repairs import EXTRA_BRACKETS, NO_END_TAG, SOLE_ARGUMENT
from ..shape import named_call, unreadable
from ..tags import FLAGS, OPEN, OPEN_TOKENS, WEAK_OPEN, is_closer, is_opener, past_closers, past_openers
from ..values import CallProblem, Draft, Family, Reading
from .arg_pairs import ARG_PAIRS
from .elements import ELEMENTS
from .invoke import INVOKE
from .json_calls import JSON
from .key_values import KEY_VALUES
from .named import NAMED
from .pythonic import PYTHONIC
from .tool_tags import TOOL_TAGS

# What may stand inside, in the order in which they are tried.
BODIES: tuple[Family, ...] = (JSON, INVOKE, ELEMENTS, KEY_VALUES, NAMED, PYTHONIC, TOOL_TAGS, ARG_PAIRS)
_STARTS = tuple((family, re.compile(family.opener, FLAGS)) for family in BODIES)
_OPENED = re.compile(rf"(?:{OPEN})|(?:{OPEN_TOKENS})", FLAGS)
_WEAK = re.compile(WEAK_OPEN, FLAGS)
_EXTRA = re.compile(r"(?:[\s}]|\](?!<\]))*(?:```\s*)?")
# Between two calls that have a token each.
_JOINT = re.compile(rf"\s*[,;]\s*(?=(?:{OPEN_TOKENS}))", FLAGS)
# A bracket too many between two calls of a list.
_EXTRA_BETWEEN = re.compile(r"[}\]]{1,3}[\s,;]*(?=\{)")
_FENCE = re.compile(r"```[\w-]{0,20}[ \t]*\r?\n\s*")
# An opener written where the closer belongs.
_STRAY_OPENER = re.compile(rf"\s*(?:{OPEN})\s*\Z", FLAGS)
_BOUNDARY = re.compile(rf"(?={OPEN})|(?=</think>)|</\w*:?tool_calls?>", FLAGS)
_WORD = re.compile(r"[^\W\d][\w.\-]{0,80}")
_CODE_TOOLS = ("python", "ipython", "code_interpreter")
_CODE_END = re.compile(r"<\|[\w▁]{1,40}\|>|\Z")

OPENER = rf"(?:{OPEN})|(?:{OPEN_TOKENS})"


def read(text: str, start: int, context: Context) -> Reading | None:
    """The calls behind the opener at ``start``; None where the tag is only talked about."""
    opened = _OPENED.match(text, start)
    if opened is None or context.budget.spent:
        return None
    at = past_openers(text, opened.end())
    if "python_tag" in opened.group().lower():
        code = _code(text, at, context)
        if code is not None:
            return code
    fence = _FENCE.match(text, at)
    readings = _bodies(text, fence.end() if fence else at, context)
    if not readings:
        context.budget.spend(at - start + 100)
        return _unread(text, at, context)
    return _closed(
        text, readings, context, needs_end=opened.group().startswith("<") and "|" not in opened.group()
    )


def read_weak(text: str, start: int, context: Context) -> Reading | None:
    """The calls inside a tag that may as well be something else: they must be beyond doubt."""
    opened = _WEAK.match(text, start)
    if opened is None or context.budget.spent:
        return None
    readings = _bodies(text, skip_space(text, opened.end()), plainly(context))
    if not readings:
        context.budget.spend(100)
        return None
    return _closed(text, readings, context, needs_end=True)


def _bodies(text: str, at: int, context: Context) -> list[Reading]:
    """The first family that reads what stands at ``at``, and as many calls of it as follow."""
    for family, starts in _STARTS:
        if not starts.match(text, at):
            continue
        reading = family.read(text, at, context)
        if reading is None:
            continue
        readings = [reading]
        while reading and not reading.problems:
            after = _past_between(text, reading.end)
            extra = _EXTRA_BETWEEN.match(text, after) if family is JSON else None
            after = extra.end() if extra else after
            reading = family.read(text, after, context) if starts.match(text, after) else None
            if reading and _goes_on(reading, family):
                readings.append(reading)
            else:
                break
        return readings
    return []


def _goes_on(reading: Reading, family: Family) -> bool:
    return bool(reading.drafts) or family is JSON


def _past_between(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in ";,"):
        at += 1
    return at


def _closed(text: str, readings: Sequence[Reading], context: Context, *, needs_end: bool) -> Reading:
    """Judge what follows the calls: the end tag, a stray closer, the end, or something that makes it
    doubtful whether the JSON ended where it seemed to."""
    drafts = [draft for reading in readings for draft in reading.drafts]
    problems = [problem for reading in readings for problem in reading.problems]
    end = readings[-1].end
    extra = _EXTRA.match(text, end)
    after = extra.end() if extra else end
    over = text[end:after].strip()
    repairs: tuple[str, ...] = (EXTRA_BRACKETS,) if over.strip("`") else ()
    stray = _STRAY_OPENER.match(text, after)
    if is_closer(text, after):
        end = past_closers(text, after)
    elif stray:
        end = stray.end()
    else:
        if drafts and text[after : after + 1] in ('"', "'", ":") and "\n" not in text[end:after]:
            near = text[end : end + 30]
            why = f'there is more text after the JSON: {near!r}. Inner quotes are written \\".'
            return Reading(_boundary(text, end), problems=(unreadable(why),))
        repairs = (*repairs, NO_END_TAG) if needs_end else repairs
        end = after if repairs and repairs[0] == EXTRA_BRACKETS else end
        if problems:
            end = max(end, _boundary(text, end))
    joint = _JOINT.match(text, end)
    end = joint.end() if joint else end
    made = tuple(Draft(draft.name, draft.arguments, (*draft.repairs, *repairs)) for draft in drafts)
    return Reading(end, made, tuple(problems))


def _unread(text: str, at: int, context: Context) -> Reading | None:
    """A body of no family that is known. It was meant as a call if it begins with the name of a tool."""
    word = _WORD.match(text, at)
    meant = word is not None and context.offered.resolve(word.group(), exactly=True) is not None
    if not meant or is_opener(text, at):
        return None
    if not text[at + len(word.group() if word else "") :].strip():
        return Reading(len(text), problems=(unreadable("it has a name and nothing else"),))
    return Reading(_boundary(text, at), problems=(unreadable("its body is not JSON"),))


def _boundary(text: str, start: int) -> int:
    found = _BOUNDARY.search(text, start)
    return found.end() if found else len(text)


def _code(text: str, at: int, context: Context) -> Reading | None:
    """Code behind Llama's token, for the tool that runs Python, unless it calls another tool."""
    tool = next((name for name in _CODE_TOOLS if context.offered.resolve(name, exactly=True)), None)
    if tool is None or text.startswith(("{", "["), at) or PYTHONIC.read(text, at, plainly(context)):
        return None
    known = context.offered.resolve(tool, exactly=True)
    end = _CODE_END.search(text, at)
    sole = sole_parameter(context.offered.schema(known[0])) if known else None
    if sole is None or end is None or not text[at : end.start()].strip():
        return None
    found = Value({sole: text[at : end.start()].strip("\r\n")}, end.start(), (SOLE_ARGUMENT,))
    call = named_call(tool, found, context)
    problems = (call,) if isinstance(call, CallProblem) else ()
    return Reading(past_closers(text, end.start()), (call,) if isinstance(call, Draft) else (), problems)


WRAPPED = Family("wrapped", OPENER, read)
WEAKLY_WRAPPED = Family("weakly wrapped", WEAK_OPEN, read_weak)
