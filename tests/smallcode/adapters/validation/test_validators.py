"""What a change is told about: the errors that it brought in, by line, and nothing else."""

from __future__ import annotations

import asyncio
import shutil
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.adapters.validation import Use, Validators
from smallcode.adapters.validation.checkers import ALL, Checker, Verdict
from smallcode.adapters.validation.programs import Programs
from smallcode.adapters.validation.projects import Place, ProjectChecker
from smallcode.adapters.validation.source import Source
from smallcode.core.problems import Found, locate
from smallcode.languages import ALL as LANGUAGES
from smallcode.messages import Problem, Text

PROGRAMS = {
    "javascript": "node", "bash": "bash", "go": "gofmt", "rust": "rustfmt", "ruby": "ruby", "php": "php",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """As explained in cases.toml."""

    path: str
    good: str
    old: str
    new: str
    line: int
    elsewhere: str
    instead: str
    above: str = ""
    only: str = ""

    @property
    def broken(self) -> str:
        assert self.good.count(self.old) == 1
        return self.good.replace(self.old, self.new)


CASES = {
    name: Case(**entry)
    for name, entry in tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8")).items()
}


def text(path: str, content: str) -> Text:
    return Text(path, content, f"disk:{hash(content)}")


def lines(problems: Sequence[Problem]) -> list[int]:
    return [one.line for one in problems]


@pytest.fixture(params=["checker", "grammar"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def validators(way: str, root: Path) -> Validators:
    return Validators(str(root), Use(checkers=ALL if way == "checker" else (), timeout=60.0))


@pytest.mark.parametrize("name", CASES)
async def test_a_change_is_told_of_its_own_errors_alone(name: str, way: str, tmp_path: Path) -> None:
    case = CASES[name]
    if case.only == "checker" and way != "checker":
        pytest.skip("the grammar places it elsewhere or there is none")
    program = PROGRAMS.get(name.partition(" ")[0])
    if way == "checker" and case.only == "checker" and program and not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    judge = validators(way, tmp_path)

    async def new(before: str | None, after: str) -> Sequence[Problem]:
        return await judge.new_problems(
            None if before is None else text(case.path, before), text(case.path, after)
        )

    good, broken = case.good, case.broken
    assert not await new(None, good)
    assert not await new(good, good.replace(case.elsewhere, case.instead))
    told = await new(good, broken)
    assert lines(told) == [case.line], told
    assert all(one.path == case.path and one.severity == "error" and one.source for one in told)
    # A grammar that is not reliable has no say about a file that it never could read.
    assert lines(await new(None, broken)) == ([] if case.only == "known" else [case.line])
    assert not await new(broken, broken), "nothing has changed"
    assert not await new(broken, broken.replace(case.elsewhere, case.instead)), "it was broken before"
    if case.above:
        assert not await new(broken, case.above + broken), "it has moved"
    assert not await new(broken, good), "it is repaired"


def test_every_language_has_its_case() -> None:
    tried = {name.partition(" ")[0] for name in CASES}
    unjudged = {"markdown", "csharp", "lua"}
    assert {language.name for language in LANGUAGES} - unjudged <= tried
    assert not unjudged & tried


async def test_a_grammar_for_outlines_judges_no_text(way: str, tmp_path: Path) -> None:
    judge = validators(way, tmp_path)
    assert not await judge.new_problems(None, text("a.md", "# Title [broken(\n```\n| a |\n"))


async def test_one_fixed_and_one_added_is_new(way: str, tmp_path: Path) -> None:
    before, after = "a = (1\nb = 2\n", "a = 1\nb = [2\n"
    told = await validators(way, tmp_path).new_problems(text("a.py", before), text("a.py", after))
    assert lines(told) == [2]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.txt", "((("),
        ("a.py", "x = (\n" * 200_000),
        ("a.js", f"f({'1,' * 6000}\n"),
        ("a.json", "[" * 100_000),
        ("a.html", "<p>{% if a < b %}</em>{% endif %}</p>"),
        ("a.yaml", "{% if a %}\nb: {{ c }}\n"),
        ("a.c", "BEGIN_DECLS int f(void) END_DECLS (\n"),
    ],
    ids=["unknown", "large", "long line", "deep", "jinja", "helm", "macros"],
)
async def test_what_nobody_can_judge_is_not_judged(path: str, content: str, tmp_path: Path) -> None:
    assert not await validators("checker", tmp_path).new_problems(None, text(path, content))


@pytest.mark.parametrize(
    ("path", "content"),
    [("a.py", "x = " + "-" * 9000 + "1\n"), ("a.toml", "a = " + "[" * 5000)],
    ids=["deep Python", "deep TOML"],
)
async def test_what_a_checker_fails_on_is_left_to_the_grammar(
    path: str, content: str, tmp_path: Path
) -> None:
    by_both = await validators("checker", tmp_path).new_problems(None, text(path, content))
    by_grammar = await validators("grammar", tmp_path).new_problems(None, text(path, content))
    assert by_both == by_grammar


@pytest.mark.parametrize(("content", "line"), [("\r\n", 2), ("\r", 2), ("\n", 2)], ids=["crlf", "cr", "lf"])
async def test_lines_are_counted_as_editors_do(content: str, line: int, way: str, tmp_path: Path) -> None:
    judge = validators(way, tmp_path)
    told = await judge.new_problems(None, text("a.py", content.join(["s = '\f\u2028'", "x = (1", ""])))
    assert lines(told) == [line]


# --- who is asked, and for how long ----------------------------------------------------------------------


def checker(answer: Verdict | Exception | float, name: str = "fake") -> Checker:
    """One that says ``answer``, raises it, or takes that many seconds."""

    async def check(source: Source, programs: Programs) -> Verdict:
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return ()
        return answer

    return Checker(name, ("python",), check)


def fault(line: int, message: str) -> Problem:
    return Problem("a.py", line, message, source="fake")


@dataclass
class FakeEditor:
    """An ``EditorDiagnostics``: ``known`` before, ``found`` after; counts how often it is asked."""

    known: Sequence[Problem] = ()
    found: Sequence[Problem] = ()
    asked: int = 0

    async def errors(
        self, before: Text | None, after: Text, timeout: float
    ) -> tuple[Sequence[Found], Sequence[Found]] | None:
        self.asked += 1
        if before is None:
            return None
        return locate(self.known, before.content), locate(self.found, after.content)


GOOD, BAD = "a = 1\nb = 2\n", "a = 1\nb = (2\n"
SAID = "an error of its own"


async def told(use: Use, root: Path, before: str | None, after: str) -> list[tuple[int, str]]:
    judge = Validators(str(root), use)
    problems = await judge.new_problems(None if before is None else text("a.py", before), text("a.py", after))
    return [(one.line, one.message.partition("`")[0].strip()) for one in problems]


@pytest.mark.parametrize(
    ("checkers", "grammar", "timeout", "expected"),
    [
        pytest.param([checker([fault(1, SAID)])], True, 60.0, [(1, SAID)], id="a checker goes before"),
        pytest.param([checker(())], True, 60.0, [], id="also where it finds nothing"),
        pytest.param([checker(None)], True, 60.0, [(2, "syntax error at")], id="one that cannot tell"),
        pytest.param([checker(OSError())], True, 60.0, [(2, "syntax error at")], id="one that fails"),
        pytest.param([checker(60.0)], True, 1.5, [(2, "syntax error at")], id="one that hangs"),
        pytest.param([checker(None)], False, 60.0, [], id="nobody else"),
        pytest.param(
            [checker(OSError()), checker([fault(1, SAID)])], True, 60.0, [(1, SAID)], id="one of two fails"
        ),
        pytest.param(
            [checker([fault(1, SAID)]), checker([fault(1, "the same"), fault(2, "other")])],
            True,
            60.0,
            [(1, SAID), (2, "other")],
            id="one error a line",
        ),
    ],
)
async def test_who_has_a_say(
    checkers: list[Checker], grammar: bool, timeout: float, expected: list[tuple[int, str]], tmp_path: Path
) -> None:
    use = Use(checkers, grammar, timeout=timeout)
    assert await told(use, tmp_path, None, BAD) == expected


async def test_what_was_in_a_dialect_before_is_not_blamed_on_the_change(tmp_path: Path) -> None:
    good = "a = 1\nb\nc\nd\n"
    bad = good.replace("d", "e")

    async def by_fake(source: Source, programs: Programs) -> Verdict:
        return [fault(1, SAID), fault(4, "of the change")] if source.content == bad else None

    judge = Validators(str(tmp_path), Use([Checker("fake", ("python",), by_fake)], timeout=60.0))
    assert lines(await judge.new_problems(text("a.py", good), text("a.py", bad))) == [4]
    assert lines(await judge.new_problems(None, text("a.py", bad))) == [1, 4]


async def test_the_editors_word_is_not_lost_with_the_projects(tmp_path: Path) -> None:
    async def never(place: Place, programs: Programs) -> Verdict:
        await asyncio.sleep(60)
        return None

    (tmp_path / "a.py").write_text(GOOD)
    slow = ProjectChecker("slow", ("python",), never)
    use = Use((), projects=[slow], editor=FakeEditor((), [fault(1, SAID)]), timeout=1.0)
    assert await told(use, tmp_path, "a = 1\n", GOOD) == [(1, SAID)]


@pytest.mark.parametrize(
    ("editor", "after", "expected", "asked"),
    [
        pytest.param(FakeEditor((), [fault(1, SAID)]), GOOD, [(1, SAID)], 1, id="new"),
        pytest.param(FakeEditor([fault(1, SAID)], [fault(1, SAID)]), GOOD, [], 1, id="known"),
        pytest.param(
            FakeEditor((), [fault(1, SAID)]), BAD, [(2, "syntax error at")], 0, id="not of broken files"
        ),
    ],
)
async def test_the_editor_is_asked_about_sound_files(
    editor: FakeEditor, after: str, expected: list[tuple[int, str]], asked: int, tmp_path: Path
) -> None:
    use = Use((), editor=editor, timeout=60.0)
    assert await told(use, tmp_path, "a = 1\n", after) == expected
    assert editor.asked == asked
    assert await told(replace(use, editor_timeout=0.0), tmp_path, "a = 1\n", GOOD) == []


async def test_the_deadline_is_for_all(tmp_path: Path) -> None:
    class Slow(FakeEditor):
        async def errors(
            self, before: Text | None, after: Text, timeout: float
        ) -> tuple[Sequence[Found], Sequence[Found]] | None:
            await asyncio.sleep(60)
            return None

    began = time.monotonic()
    assert await told(Use((), editor=Slow(), timeout=0.05), tmp_path, "a = 1\n", GOOD) == []
    assert time.monotonic() - began < 30


class Failing(FakeEditor):
    async def errors(
        self, before: Text | None, after: Text, timeout: float
    ) -> tuple[Sequence[Found], Sequence[Found]] | None:
        raise RuntimeError("no such luck")


async def test_nothing_is_raised(tmp_path: Path) -> None:
    assert await told(Use((), editor=Failing(), timeout=60.0), tmp_path, "a = 1\n", GOOD) == []


async def test_a_cancelled_turn_is_not_held_up(tmp_path: Path) -> None:
    task = asyncio.create_task(told(Use([checker(60.0)], timeout=60.0), tmp_path, None, GOOD))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


PIECES = st.lists(
    st.sampled_from(["{", "}", "(", ")", "[", "]", "<", ">", '"', "'", "`", "\\", "\n", " ", ";", ":", "#",
                     "/*", "*/", "//", "a", "1", "=", ",", "<!--", "-->", "if", "\t", "é", "\ud800", "\0"]),
    max_size=60,
).map("".join)  # fmt: skip
PATHS = st.sampled_from([case.path for case in CASES.values()] + ["a.jsonc", "b.h"])


@given(PATHS, PIECES, PIECES)
@settings(max_examples=60, deadline=None)
def test_any_text_is_survived(path: str, before: str, after: str) -> None:
    in_process = [one for one in ALL if one.name in ("json", "toml")]
    judge = Validators("/", Use(in_process, timeout=60.0))
    told = asyncio.run(judge.new_problems(text(path, before), text(path, after)))
    assert lines(told) == sorted(set(lines(told)))
    assert asyncio.run(judge.new_problems(text(path, after), text(path, after))) == []
