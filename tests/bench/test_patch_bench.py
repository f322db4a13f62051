"""The benchmark of the patch engine: that it is fair, and its fixed slice."""

import ast
import json
import random
from collections import Counter
from pathlib import Path

import pytest
from bench.patch import __main__ as command
from bench.patch.cases import Call, Kind, refused
from bench.patch.corpus import LANGUAGES, own_files
from bench.patch.edits import make_edit
from bench.patch.report import by_kind, missed, table, write_json, write_svg
from bench.patch.run import KINDS, MUST_REFUSE, SAFE_OR_REFUSED, Result, judge, run
from bench.patch.timing import ADVERSARIAL, Timing

from smallcode.core.patch import Miss, apply_patch

PACKAGE = Path(command.__file__).parent
SOURCES = own_files()

# What the slice comes to, one call of each class and language. A change of the engine that is for the better
# raises the first figure; the second one is never anything else.
CORRECT, WRONG = 446, 0


def test_the_slice() -> None:
    results = run(SOURCES, per_cell=1, seed=2024)
    counts = Counter(result.verdict for result in results)
    wrong = [f"{one.kind} {one.language}: {one.outcome}" for one in results if one.verdict == "WRONG"]
    assert wrong == []
    assert (counts["correct"], counts["WRONG"]) == (CORRECT, WRONG)
    assert len(results) > 600


def test_mutations_know_nothing_of_the_engine() -> None:
    for name in ("cases", "corpus", "edits", "spacing", "disguises", "unsafe"):
        tree = ast.parse((PACKAGE / f"{name}.py").read_text("utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
        assert not [module for module in modules if "smallcode" in module], name


def test_there_are_files_of_ten_languages_and_many_classes() -> None:
    languages = {source.language for source in SOURCES}
    assert len(languages) >= 10
    assert languages <= set(LANGUAGES.values())
    assert len(KINDS) >= 17
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_edits_are_what_they_say(source) -> None:
    rng = random.Random(7)
    for _ in range(50):
        edit = make_edit(source, rng)
        assert source.text.count(edit.old) == 1
        assert edit.expected == source.text.replace(edit.old, edit.new) != source.text


def test_calls_are_the_same_for_the_same_seed() -> None:
    first, second, other = ([one.call for one in run(SOURCES[:2], 1, seed, KINDS[:8])] for seed in (1, 1, 2))
    assert first == second != other


def test_calls_that_must_be_refused_leave_the_file() -> None:
    for result in run(SOURCES[:3], 2, 5, MUST_REFUSE):
        assert result.call.expected == result.call.text
        assert result.call.wanted == "refuse"


def test_what_is_wrong_counts_as_wrong() -> None:
    """The judge is tried with calls that are judged by what the engine rightly does, against other wishes."""
    text = "a = 1\nb = 2\n"
    kind = Kind("any", lambda edit, rng: None)
    fine = Call(text, "a = 1\n", "a = 3\n", "a = 3\nb = 2\n")
    assert judge(kind, SOURCES[0], fine).verdict == "correct"
    assert judge(kind, SOURCES[0], refused(text, "a = 1\n", "a = 3\n")).verdict == "WRONG"
    assert judge(kind, SOURCES[0], Call(text, "a = 1\n", "a = 3\n", text.upper())).verdict == "WRONG"
    assert judge(kind, SOURCES[0], Call(text, "c = 1\n", "c = 3\n", text)).verdict == "refused"


def test_targets_that_are_missed_are_named() -> None:
    call = refused("a\n", "b\n", "c\n")
    good = [Result("exact", "go", call, "correct", "exact", "")] * 95
    bad = [Result("exact", "go", call, "refused", "", "")] * 6
    wrong = [Result("two copies", "go", call, "WRONG", "", "")]
    assert missed(by_kind(good + bad[:5])) == []
    assert missed(by_kind(good + bad)) == ["exact: 95 of 101, at least 96 wanted"]
    assert missed(by_kind(wrong)) == ["two copies: 1 WRONG", "two copies: 0 of 1, at least 1 wanted"]
    assert {kind.floor for kind in SAFE_OR_REFUSED} == {0}


def test_the_report(tmp_path: Path) -> None:
    results = run(SOURCES[:2], 1, 1)
    timings = [Timing("some", 0.001, 0.02, 3, 0.01)]
    text = table(results, timings)
    assert "| exact | ≥ 95% | 2 | 2 | 0 | 0 |" in text
    assert "| some | 3 | 1.0 ms | 20.0 ms | ≤ 10 ms |" in text
    write_json(tmp_path / "a.json", results, timings, 1)
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["classes"]["exact"] == {"correct": 2}
    write_svg(tmp_path / "a.svg", results)
    assert "<svg" in (tmp_path / "a.svg").read_text("utf-8")


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--per-cell", "1", "--no-timing", "--fails", "1"]) in (0, 1)
    assert "| **all** |" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["line numbers", "elisions", "a long line with quotes", "tabs"])
def test_adversarial_texts_are_answered(name: str) -> None:
    text, old, new = ADVERSARIAL[name]()
    result = apply_patch(text, old, new)
    if isinstance(result, Miss):
        assert len(result.reason) + len(result.nearest) < 5000
