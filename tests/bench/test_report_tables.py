from html.parser import HTMLParser
from pathlib import Path

import pytest
from bench.runner import cli
from bench.runner.ablation import ablation, variants
from bench.runner.jobs import BadPlan
from bench.runner.markup import markdown_table, page
from bench.runner.plots import plots
from bench.runner.records import Record, append
from bench.runner.select import comparison, side
from bench.runner.summary import MEASURES, Recovery, differences, group, pair, recovery
from bench.runner.tables import Table, tables
from bench_runs import made_run

RUNS = [
    *(made_run(task, harness=name) for task in "abc" for name in ("ours", "pi")),
    *(
        made_run(task, "all", 1.0, seed, "ours", faults={"noop": 2}, recovered={"noop": 1})
        for task in "abc"
        for seed in (0, 1)
    ),
    *(
        made_run(task, "all", 1.0, seed, "pi", success=task == "a", requests=10, reason="<b>wrong</b> | x")
        for task in "abc"
        for seed in (0, 1)
    ),
    made_run(
        "a", "noop", 1.0, harness="pi", success=False, corruption=("x.py: changed",), outcome="time limit"
    ),
]


def rows_of(found: list[Table], title: str) -> list[tuple[str, ...]]:
    return [row for table in found if table.title == title for row in table.rows]


def test_groups_come_fault_free_first() -> None:
    assert [(one.arm, one.label, len(one.records)) for one in group(reversed(RUNS))] == [
        ("×0", "ours", 3),
        ("×0", "pi", 3),
        ("×1", "ours", 6),
        ("×1", "pi", 6),
        ("only noop ×1", "pi", 1),
    ]


def test_what_a_report_says() -> None:
    found = tables(RUNS)
    success = rows_of(found, "Success")
    assert success[0] == ("×0", "ours", "3", "100.0 [100.0, 100.0]", "100.0 (k=1)", "0", "0", "")
    assert success[3][:6] == ("×1", "pi", "6", "33.3 [0.0, 100.0]", "33.3 (k=2)", "0")
    assert success[4] == ("only noop ×1", "pi", "1", "0.0 [0.0, 0.0]", "0.0 (k=1)", "1", "0", "time limit 1")
    assert rows_of(found, "Recovery by fault") == [("noop", "6/12 (50 %)")]
    against = {row[:2]: row[2:] for row in rows_of(found, "ours against pi")}
    assert against["×1", "requests"] == ("10.00", "4.00", "-6.00", "[-6.00, -6.00]")
    assert against["×0", "success"] == ("100.0 %", "100.0 %", "0.0 %", "[0.0 %, 0.0 %]")
    assert rows_of(found, "Success by task")[0] == ("a", "1/1", "1/1", "2/2", "2/2", "0/1")
    failed = rows_of(found, "What failed")
    assert ("a", "pi", "only noop ×1", "0", "time limit", "", "x.py: changed") in failed
    assert len(failed) == 5
    assert all(len(row) == len(table.header) for table in found for row in table.rows)


def test_single_faults_are_also_put_together() -> None:
    single = [made_run("a", kind, 1.0, success=kind == "noop") for kind in ("noop", "elided", "ambiguous")]
    rows = rows_of(tables([*RUNS, *single]), "Success")
    assert [row[:3] for row in rows[4:6]] == [("single faults", "ours", "3"), ("single faults", "pi", "1")]
    assert rows[4][3].startswith("33.3 ")


def test_recovery_counts_by_kind_and_harness() -> None:
    found = recovery(
        [*RUNS, made_run(harness="pi", faults={"noop": 1, "elided": 3}, recovered={"elided": 3})]
    )
    assert {kind: list(by.items()) for kind, by in found.items()} == {
        "elided": [("pi", Recovery(3, 3))],
        "noop": [("ours", Recovery(12, 6)), ("pi", Recovery(1, 0))],
    }


def test_pairs_have_task_fault_rate_and_seed_in_common() -> None:
    first = [made_run("a"), made_run("b"), made_run("a", "all", 1.0, 1)]
    second = [made_run("a", requests=7), made_run("a", "all", 1.0, 2), made_run("a", "all", 2.0, 1)]
    pairs = pair(first, second)
    assert [(one.task, other.metrics.requests) for one, other in pairs] == [("a", 7)]
    requests = next(one for one in differences(pairs) if one.measure.name == "requests")
    assert (requests.first, requests.second, requests.interval.mean) == (4, 7, 3)
    assert len(differences(pairs)) == len(MEASURES)


class Seen(HTMLParser):
    """The tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "xlink:href") and value]


def test_a_page_needs_nothing_else_and_escapes_what_runs_say() -> None:
    text = page("T & <i>", tables(RUNS), plots(RUNS))
    seen = Seen()
    seen.feed(text)
    assert "script" not in seen.tags
    assert "b" not in seen.tags
    assert seen.tags.count("svg") == 6
    assert [link for link in seen.links if not link.startswith("#")] == []
    assert "&lt;b&gt;wrong&lt;/b&gt; | x" in text
    assert text == page("T & <i>", tables(RUNS), plots(RUNS))


def test_markdown_keeps_a_row_on_a_line() -> None:
    table = Table("t", ("a", "n"), (("x | y\nz", "1"),))
    assert markdown_table(table) == "| a | n |\n| --- | ---: |\n| x \\| y z | 1 |\n"


def write(path: Path, runs: list[Record]) -> str:
    for run in runs:
        append(path, run)
    return str(path)


def test_a_comparison_is_of_two_sides(tmp_path: Path) -> None:
    both = write(tmp_path / "both", RUNS)
    ours = write(tmp_path / "ours", [run for run in RUNS if run.harness == "ours"])
    assert side(ours)[0] == "ours"
    found = comparison(f"{both}#ours", f"{both}#pi")
    assert [table.title for table in found] == ["All conditions", "×0", "×1"]
    assert found[0].note.startswith("9 pairs")
    assert found[1].header[1:3] == ("ours", "pi")
    with pytest.raises(BadPlan, match="#pi"):
        side(both)
    with pytest.raises(BadPlan, match="no run of the same"):
        comparison(ours, write(tmp_path / "other", [made_run("z")]))


def test_an_ablation_takes_one_feature_away_at_a_time() -> None:
    base = (("max_steps", "9"),)
    settings = variants(["x", "y"], base)
    assert settings == [base, (("disable", "x"), ("max_steps", "9")), (("disable", "y"), ("max_steps", "9"))]
    assert variants(["y"], (("disable", "x"),))[1] == (("disable", "x,y"),)
    runs = [
        *(made_run(task, "all", 1.0, settings=settings[0]) for task in "ab"),
        *(made_run(task, "all", 1.0, settings=settings[1], success=False, requests=6) for task in "ab"),
        *(
            made_run(task, settings=one, prompt_tokens=1000 + 50 * number)
            for task in "ab"
            for number, one in enumerate(settings)
        ),
    ]
    worth, cost = ablation(runs, ["x", "y"], base)
    assert worth.rows == (
        ("x", "2", "+100.0 % [100.0 %, 100.0 %]", "0.0 % [0.0 %, 0.0 %]", "-2.00 [-2.00, -2.00]"),
    )
    assert [row[0] for row in cost.rows] == ["x", "y"]
    assert cost.rows[1][cost.header.index("prompt tokens")] == "-100 [-100, -100]"


def test_the_verbs_on_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = write(tmp_path / "runs.jsonl", RUNS)
    html, md = tmp_path / "page.html", tmp_path / "report.md"
    assert cli.main(["report", runs, "--html", str(html), "--md", str(md), "--title", "Our table"]) == 0
    assert html.read_text().startswith("<!doctype html>")
    assert md.read_text().startswith("# Our table\n")
    assert cli.main(["compare", f"{runs}#ours", f"{runs}#pi"]) == 0
    assert "| requests |" in capsys.readouterr().out
    for words, message in (
        (["report", str(tmp_path / "none")], "none"),
        (["compare", runs, runs], "#ours"),
        (["run", "--tasks", "no-such-task"], "no-such-task"),
        (["run", "--harness", "nobody"], "nobody"),
        (["run", "--faults", "gremlins"], "gremlins"),
        (["run", "--set", "max_stepz=3"], "max_stepz"),
        (["run", "--set", "disable=nothing"], "line endings"),
        (["ablate", "--features", "nothing"], "line endings"),
    ):
        assert cli.main(words) == cli.BAD_USAGE
        assert message in " ".join(capsys.readouterr().err.split())
