"""The calls of all classes, and what the engine makes of each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from smallcode.core.patch import Patched, apply_patch
from smallcode.core.textdiff import apply_edits

from .cases import Call, Kind
from .corpus import Source
from .disguises import DISGUISES
from .edits import Edit, make_edit
from .spacing import SPACING
from .unsafe import MUST_REFUSE, SAFE_OR_REFUSED

Verdict = Literal["correct", "WRONG", "refused"]

KINDS: tuple[Kind, ...] = (*SPACING, *DISGUISES, *SAFE_OR_REFUSED, *MUST_REFUSE)

# Edits that are tried for one that a class can be made of.
_TRIES = 60


@dataclass(frozen=True)
class Result:
    """``outcome`` is how the engine matched, or why it did not."""

    kind: str
    language: str
    call: Call
    verdict: Verdict
    outcome: str
    got: str


def calls(
    sources: Sequence[Source], kinds: Sequence[Kind], per_cell: int, seed: int
) -> Iterator[tuple[Kind, Source, Call]]:
    """``per_cell`` calls of each class for each language, as far as its files have places for them."""
    languages = sorted({source.language for source in sources})
    for kind in kinds:
        for language in languages:
            files = [source for source in sources if source.language == language]
            rng = random.Random(f"{seed} {kind.name} {language}")
            for _ in range(per_cell):
                found = _one(kind, files, rng)
                if found is not None:
                    yield kind, *found


def _one(kind: Kind, files: Sequence[Source], rng: random.Random) -> tuple[Source, Call] | None:
    for _ in range(_TRIES):
        edit: Edit = make_edit(rng.choice(files), rng)
        call = kind.mutate(edit, rng)
        if call is not None:
            return edit.source, call
    return None


def judge(kind: Kind, source: Source, call: Call) -> Result:
    """Runs the engine. What it returns has to be consistent, else it counts as wrong."""
    result = apply_patch(call.text, call.old, call.new)
    verdict: Verdict
    if isinstance(result, Patched):
        consistent = apply_edits(call.text, result.edits) == result.text
        verdict = (
            "correct" if result.text == call.expected and call.wanted == "apply" and consistent else "WRONG"
        )
        return Result(kind.name, source.language, call, verdict, result.how, result.text)
    verdict = ("correct" if result.already else "refused") if call.wanted == "already" else "refused"
    return Result(kind.name, source.language, call, verdict, result.reason, call.text)


def run(sources: Sequence[Source], per_cell: int, seed: int, kinds: Sequence[Kind] = KINDS) -> list[Result]:
    return [judge(*one) for one in calls(sources, kinds, per_cell, seed)]
