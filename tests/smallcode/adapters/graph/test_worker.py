"""A file that kills or holds up its process costs that file, and a process that does not start is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from graph_killers import Killer, NeverStarts

from smallcode.adapters.graph.extract import Extractor
from smallcode.adapters.graph.worker import ExtractionPool, WorkersFailedError
from smallcode.core.graph.facts import FileFacts

GOOD = [(f"good{n}.py", f"def f{n}(): return g{n}()\n") for n in range(12)]
LARGE = ("large.py", "def f(): pass\n" * 3_000)


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(deadline=60.0, factory=Killer) as pool:
        yield pool


def by_path(found: Iterable[FileFacts]) -> dict[str, FileFacts]:
    listed = list(found)
    facts = {one.path: one for one in listed}
    assert len(facts) == len(listed), "a file was told twice"
    return facts


def test_facts_are_those_of_this_process(pool: ExtractionPool) -> None:
    here = Extractor()
    files = [*GOOD, LARGE, ("notes.xyz", "?")]
    assert by_path(pool.facts(files)) == {path: here.facts(path, content) for path, content in files}
    assert list(pool.facts([])) == []


@pytest.mark.parametrize(
    ("deed", "suffix", "reason"), [("CRASH", "py", "exit code -11"), ("EXIT", "js", "exit code 3")]
)
def test_a_killer_costs_its_own_file(pool: ExtractionPool, deed: str, suffix: str, reason: str) -> None:
    killer = (f"killer.{suffix}", f"// {deed}\n")
    found = by_path(pool.facts([*GOOD[:6], killer, *GOOD[6:], LARGE]))
    assert found.keys() == {killer[0], LARGE[0], *(path for path, _ in GOOD)}
    assert reason in found[killer[0]].error
    assert {path for path, facts in found.items() if facts.error} == {killer[0]}


def test_a_file_that_goes_on_for_ever_is_given_up() -> None:
    with ExtractionPool(processes=1, deadline=2.0, factory=Killer) as pool:
        found = by_path(pool.facts([("good.py", "def f(): pass\n"), ("killer.go", "HANG"), GOOD[0]]))
    assert found["killer.go"].error == "it was not read in 2 s"
    assert not found["good.py"].error and not found[GOOD[0][0]].error


def test_a_language_that_goes_on_killing_is_left_out() -> None:
    killers = [(f"k{n}.rs", "// EXIT\n") for n in range(6)]
    with ExtractionPool(processes=1, factory=Killer) as pool:
        found = by_path(pool.facts([*killers, *GOOD]))
    reasons = [found[path].error for path, _ in killers]
    assert sum("exit code 3" in reason for reason in reasons) == 3
    assert sum("too many processes" in reason for reason in reasons) == 3
    assert not any(found[path].error for path, _ in GOOD)


def test_who_stops_in_the_middle_gets_no_old_results(pool: ExtractionPool) -> None:
    half = pool.facts(GOOD)
    next(half)
    half.close()  # type: ignore[attr-defined]
    assert by_path(pool.facts([LARGE])).keys() == {LARGE[0]}


def test_processes_that_do_not_start_are_told() -> None:
    with (
        ExtractionPool(processes=1, factory=NeverStarts) as pool,
        pytest.raises(WorkersFailedError, match="does not start"),
    ):
        list(pool.facts(GOOD))
