"""OpenAI's JSON printed as text: one object or several, or a list, each with a name and arguments."""

from __future__ import annotations

from .json_body import Broken, read_json, skip_space
from .offered import Offered
from .shape import read_plain_call
from .values import Draft, UnmarkedDialect

# More calls than this in one reply are a listing of something else.
MAX_CALLS = 50


def read(body: str, offered: Offered) -> tuple[Draft, ...]:
    """All calls of a body that holds nothing else, or none."""
    at = skip_space(body, 0)
    drafts: list[Draft] = []
    while at < len(body) and len(drafts) <= MAX_CALLS:
        if body[at] not in "{[":
            return ()
        found = read_json(body, at)
        if isinstance(found, Broken):
            return ()
        for item in found.value if isinstance(found.value, list) else [found.value]:
            draft = read_plain_call(item, offered)
            if draft is None:
                return ()
            drafts.append(Draft(draft.name, draft.arguments, (*draft.repairs, *found.repairs)))
        at = skip_space(body, found.end)
    return tuple(drafts) if len(drafts) <= MAX_CALLS else ()


OPENAI_JSON = UnmarkedDialect("openai json", frozenset({"", "json", "tool_call", "tool"}), read)
