"""Tokens and tags that are missing, doubled, or written otherwise; and what a server leaves around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from ..surroundings import STRAY, prose_after, prose_before
from ..values import Call, Family
from .base import always, contain, mutator, on_text


def _stripped(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    """As a server that skips special tokens hands it over."""
    if contain(calls, *family.special):
        return None
    for token in family.special:
        text = text.replace(token, "")
    # Where the name runs into the next word, nobody can tell where it ends.
    glued = any(re.search(rf"\b{call.name}\w", text) for call in calls)
    return None if glued else text


def _no_closer(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    """The last one to three closers; a reply that has none at its end is left alone."""
    changed = text.rstrip()
    for closer in family.closers[: chance.randint(1, len(family.closers))]:
        changed = changed.removesuffix(closer).rstrip()
    return changed


def _no_opener(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    opener = family.openers[0]
    return text.replace(opener, "", 1).lstrip() if opener in text else None


def _no_wrapper(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    assert family.wrapper is not None
    opener, closer = family.wrapper
    if len(opener) == 1:
        return text[1:-1]
    if contain(calls, opener, closer):
        return None
    return text.replace(opener, "").replace(closer, "").strip()


def _double_opener(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    opener = family.openers[0]
    gap = chance.choice(("", "\n")) if not opener.endswith("\n") else ""
    return text.replace(opener, opener + gap + opener, 1) if opener in text else None


def _ascii(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    """The bars and blanks of these tokens as the characters that a keyboard has."""
    return None if contain(calls, "｜", "▁") else text.replace("｜", "|").replace("▁", "_")


def _crlf(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    """Of the structure alone: where a value has raw lines, its own line ends would change with them."""
    if family.syntax != "json" and contain(calls, "\n"):
        return None
    return text.replace("\n", "\r\n")


def _fenced(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    """The whole reply, or all after a word of intent, in a fence that ends it."""
    if "```" in text or (family.syntax == "python" and not family.marked):
        return None
    words = {"json": ("json", "", "tool_call"), "tags": ("xml", "", "tool_call")}.get(family.syntax, ("",))
    lead = prose_before(chance) if chance.random() < 0.3 else ""
    return f"{lead}```{chance.choice(words)}\n{text.strip()}\n```"


def _prose_around(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    lead = prose_before(chance) if chance.random() < 0.6 else ""
    return f"{lead}{text}{prose_after(chance)}"


def _stray(family: Family, text: str, calls: Sequence[Call], chance: Random) -> str | None:
    return text + chance.choice(("", "\n")) + chance.choice(STRAY)


def _can_lose_opener(family: Family) -> bool:
    """Where what is left is still told from code: not Python with nothing of the format around it."""
    return bool(family.openers) and family.name not in ("llama3_builtin", "gorilla", "minicpm3")


def _has_wide_tokens(family: Family) -> bool:
    return any("｜" in opener for opener in family.openers)


MUTATORS = (
    mutator("special tokens stripped", lambda family: bool(family.special), on_text(_stripped), 3),
    mutator("closing tag missing", lambda family: bool(family.closers), on_text(_no_closer)),
    mutator("opening tag missing", _can_lose_opener, on_text(_no_opener)),
    mutator("wrapper missing", lambda family: family.wrapper is not None, on_text(_no_wrapper), 2),
    mutator("opening tag twice", lambda family: bool(family.openers), on_text(_double_opener)),
    mutator("ASCII look-alikes", _has_wide_tokens, on_text(_ascii), 2),
    mutator("CRLF", always, on_text(_crlf)),
    mutator("fenced", lambda family: family.syntax != "lines", on_text(_fenced)),
    mutator("prose around", lambda family: family.prose_after, on_text(_prose_around)),
    mutator("stray token after", always, on_text(_stray)),
)
