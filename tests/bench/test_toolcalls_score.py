"""The score of a parser: what counts, what is found out, what is written."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench.toolcalls import __main__ as command
from bench.toolcalls.adversarial import LENGTH, texts
from bench.toolcalls.corpus import cases
from bench.toolcalls.encoders import FAMILIES
from bench.toolcalls.export import export
from bench.toolcalls.judge import judge
from bench.toolcalls.negatives import negatives
from bench.toolcalls.report import failures, tables
from bench.toolcalls.score import Scored, score
from bench.toolcalls.values import Call, Case

PER_FAMILY = 12
CORPUS = cases(7, PER_FAMILY)
NEGATIVES = negatives(7)
READ = Call("read_file", {"path": "src/a.py", "start_line": 3})


JUDGED = [
    ((), (), "exact"),
    ((READ,), (), "wrong"),
    ((replace(READ, name="bash"),), (READ,), "wrong"),
    ((READ,), (READ,), "exact"),
    ((Call("read_file", {"path": " src/a.py\n", "start_line": "3"}),), (READ,), "loose"),
    ((Call("read_file", {"path": "src/a.py", "start_line": 3.0}),), (READ,), "exact"),
    ((Call("read_file", {"path": "src/a.py", "start_line": True}),), (READ,), "names"),
    ((Call("read_file", {"path": "src/a.py"}),), (READ,), "names"),
    ((Call("f", {"x": "null", "y": "True"}),), (Call("f", {"x": None, "y": True}),), "loose"),
    ((Call("f", {"x": '[1, {"a": 2}]'}),), (Call("f", {"x": [1, {"a": 2}]}),), "loose"),
    ((Call("f", {"x": "a  b"}),), (Call("f", {"x": "a b"}),), "names"),
]


@pytest.mark.parametrize(("found", "expected", "verdict"), JUDGED)
def test_judge(found: tuple[Call, ...], expected: tuple[Call, ...], verdict: str) -> None:
    assert judge(found, expected) == verdict


def scored(parse: Any, positives: Sequence[Case] = CORPUS, limit: float = 20.0) -> Scored:
    return score(parse, positives, NEGATIVES[:20], {"words": "x"}, [], limit=limit)


def test_a_parser_that_knows_all_has_full_marks() -> None:
    known = {case.text: case.expected for case in CORPUS}
    result = scored(lambda text, tools: known.get(text, ()))
    assert {one.verdict for one in result.positives} == {"exact"}
    assert not (result.false_positives or result.violations or result.errors)
    assert tables(result)[0].rows[0][1:] == (
        str(sum(bool(c.expected) for c in CORPUS)),
        "100.0",
        "100.0",
        "100.0",
    )
    assert failures(result, 5) == []


def test_a_parser_that_always_calls_is_found_out() -> None:
    result = scored(lambda text, tools: [READ])
    assert len(result.false_positives) == 20
    assert len(result.violations) == sum(case.must_not for case in CORPUS)
    assert len(failures(result, 7)) == 7


def test_a_parser_that_raises_or_never_ends_is_found_out() -> None:
    def raises(text: str, tools: Any) -> list[Call]:
        raise RecursionError("deep")

    def hangs(text: str, tools: Any) -> list[Call]:
        while True:
            pass

    assert {one.error for one in scored(raises, CORPUS[:3]).errors} == {"RecursionError: deep"}
    stuck = score(hangs, CORPUS[:1], [], {"words": "x"}, [], limit=0.02)
    assert [one.error for one in stuck.errors] == ["given up after 0.02 s"]
    assert stuck.adversarial_errors == {"words": "given up after 0.02 s"}


def test_adversarial_texts_are_of_one_size() -> None:
    assert all(LENGTH <= len(text) <= LENGTH + 200 for text in texts().values())


def test_export_writes_lines_that_a_scorer_reads(tmp_path: Path) -> None:
    export(tmp_path, CORPUS[:PER_FAMILY], NEGATIVES[:3])
    positive = [json.loads(line) for line in (tmp_path / "cases.jsonl").open(encoding="utf-8")]
    negative = [json.loads(line) for line in (tmp_path / "negatives.jsonl").open(encoding="utf-8")]
    assert len(positive) + len(negative) == PER_FAMILY + 3
    assert all(line["expected"] and line["kind"] == "positive" for line in positive)
    assert not any(line["expected"] for line in negative)
    wanted = {"id", "source", "family", "match", "tools", "text", "expected", "kind"}
    assert all(wanted <= set(line) for line in (*positive, *negative))


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: tmp_path / f"result.{name}" for name in ("json", "md", "svg")}
    options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    command.main(["--per-family", "1", "--fails", "1", *options])
    assert "# Tool calls of small models" in capsys.readouterr().out
    assert len(json.loads(files["json"].read_text("utf-8"))["cases"]) == len(FAMILIES)
    assert "## Recall by family" in files["md"].read_text("utf-8")
    assert "</svg>" in files["svg"].read_text("utf-8")
