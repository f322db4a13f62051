"""The parser on a slice of the corpus: what must never happen, and how much is read at least."""

from bench.toolcalls.__main__ import parse
from bench.toolcalls.corpus import cases
from bench.toolcalls.negatives import negatives
from bench.toolcalls.report import at_least, meant_cases
from bench.toolcalls.score import score
from bench.toolcalls.tools import TOOLS

SEED = 3
PER_FAMILY = 8
LOOSE_AT_LEAST = 98.0


def test_the_parser_keeps_its_score() -> None:
    scored = score(parse, cases(SEED, PER_FAMILY), negatives(SEED), {}, list(TOOLS.values()), limit=20.0)
    assert [one.case.text for one in scored.false_positives] == []
    assert [one.case.text for one in scored.violations] == []
    assert [one.error for one in scored.errors] == []
    assert at_least(meant_cases(scored), "loose") >= LOOSE_AT_LEAST
