"""Replies that hold no call: own-written ones, and those that quote the formats of all families."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from ..tools import TOOLS
from ..values import Case
from . import code, data, generated, prose, thinking

_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "words": prose.TALK,
    "tables, logs, diffs": prose.TABLES,
    "JSON": data.JSON,
    "JSON in a fence": data.FENCED_JSON,
    "XML, HTML": data.MARKUP,
    "YAML, TOML": data.YAML,
    "code": code.CODE,
    "thoughts, then words": thinking.THINKING,
}


def negatives(seed: int) -> list[Case]:
    """All tools are offered with each, so that every name in them is one that could be called."""
    chance = Random(f"{seed} negatives")
    groups: dict[str, Iterable[str]] = {
        **_WRITTEN,
        "quoted inline": generated.inline(chance),
        "quoted in a fence": generated.fenced(chance),
        "decoy in thoughts": generated.decoys(chance),
        "unmarked in thoughts": generated.unmarked_thoughts(chance),
        "unknown tool": generated.unknown(chance),
        "schema not satisfied": generated.unfit(chance),
    }
    tools = tuple(TOOLS.values())
    return [
        Case(
            id=f"negative-{kind.replace(' ', '-')}-{number:03}",
            family="negative",
            corruption="none",
            kind=kind,
            text=text,
            original=text,
            expected=(),
            tools=tools,
            source="own",
        )
        for kind, texts in groups.items()
        for number, text in enumerate(texts)
    ]
