"""gpt-oss's harmony: ``<|channel|>commentary to=functions.f <|constrain|>json<|message|>{…}<|call|>``, the
recipient before the channel or behind it, with the tokens or stripped of them."""

from __future__ import annotations

import re

from ..context import Context
from ..json_body import Broken, Value, begins_arguments, read_arguments
from ..shape import named_call
from ..tags import past_closers
from ..values import CallProblem, Draft, Family, Reading

_TO = r"to=(?P<{}>[\w.:\-]{{1,100}}?)(?=<\||\s|\{{|json|code|$)"
_HEADER = re.compile(
    r"(?:<\|start\|>\s*)?(?:assistant\s*)?(?:<\|channel\|>\s*|commentary\s*|analysis\s*)*"
    + _TO.format("first")
    + r"(?:\s|<\|channel\|>|<\|constrain\|>|commentary|analysis|final|json|code)*(?:<\|message\|>)?\s*",
    re.IGNORECASE,
)
_OWN = ("functions.", "function.")


def read(text: str, start: int, context: Context) -> Reading | None:
    """The call whose header begins at ``start``; None for a header without a recipient."""
    header = _HEADER.match(text, start)
    if header is None or context.budget.spent:
        return None
    name = header["first"]
    marked = name.startswith(_OWN) or "<|" in header.group()
    known = context.offered.resolve(name, exactly=not marked)
    begins = text.startswith("[", header.end()) or begins_arguments(text, header.end())
    if not begins or (known is None and not marked):
        return None
    found = read_arguments(text, header.end())
    if isinstance(found, Broken):
        context.budget.spend(max(found.at - start, 40))
    call = named_call(name, found, context)
    end = found.end if isinstance(found, Value) else len(text) if found.cut else max(found.at, header.end())
    drafts = (call,) if isinstance(call, Draft) else ()
    return Reading(past_closers(text, end), drafts, (call,) if isinstance(call, CallProblem) else ())


HARMONY = Family(
    "harmony",
    r"<\|start\|>\s*assistant(?=(?:<\|channel\|>)?[^<\n]{0,100}to=)|<\|channel\|>(?=[^<\n]{0,100}to=)|"
    r"(?<!\w)(?:assistant)?(?:commentary|analysis)?\s?(?=to=(?:functions?\.)?[\w.\-]{1,80})",
    read,
)
