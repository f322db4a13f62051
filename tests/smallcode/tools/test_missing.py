"""An edit whose place is not found: merged where that is safe, else told, and a better way named."""

from dataclasses import replace

import pytest

from smallcode.core.profile import Profile
from smallcode.messages import Missed
from smallcode.ports import MergeQuestion

CODE = "def area(r):\n    return 3 * r * r\n\n\ndef rim(r):\n    return 2 * 3 * r\n"
QUOTED = "    return 3 * r * r\n\n\ndef rim(r):\n"
MERGED = CODE.replace("def rim", "def edge").replace("3 * r * r", "PI * r * r", 1)
DRIFTED = CODE.replace("3 * r * r", "3.14 * r * r")


class Answers:
    """A merger that gives fixed answers. ``asked`` are the questions."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[MergeQuestion] = []

    async def merge(self, question: MergeQuestion) -> str | None:
        self.asked.append(question)
        return self.answers.pop(0)


async def patch(files, old: str, new: str):
    return await files.run("patch", path="f.py", old_str=old, new_str=new)


# --- merged with a newer text -----------------------------------------------------------------------


async def test_a_change_elsewhere_does_not_cost_the_edit(project) -> None:
    """The user changes a line of the text that the model quotes; the model changes another line of it."""
    files = project({"f.py": CODE})
    await files.run("read_file", path="f.py")
    files.workspace.texts["f.py"] = "# by the user\n" + CODE.replace("def rim", "def edge")
    output = await patch(files, QUOTED, QUOTED.replace("3 * r", "PI * r"))
    assert output.ok, output.content
    assert "your change was merged into its newer text" in output.content
    assert "    return PI * r * r\n" in output.content
    assert files.workspace.texts["f.py"] == "# by the user\n" + MERGED
    assert len(files.approver.asked) == 1


@pytest.mark.parametrize(
    ("now", "disable"),
    [
        (CODE.replace("3 * r * r", "4 * r * r"), ()),
        (CODE.partition("\n\n\n")[2], ()),
        (CODE.replace("def rim", "def edge"), ("three-way merge",)),
        (CODE.replace("def area", "def surface"), ()),
    ],
)
async def test_a_conflict_writes_nothing(project, now: str, disable: tuple[str, ...]) -> None:
    files = project({"f.py": CODE}, disable=disable)
    await files.run("read_file", path="f.py")
    files.workspace.texts["f.py"] = now
    old = "def area(r):\n    return 3 * r * r\n\n\ndef rim(r):\n"
    output = await patch(files, old, old.replace("3 * r", "PI * r"))
    assert not output.ok
    assert files.workspace.texts["f.py"] == now
    assert files.approver.asked == []


async def test_text_that_was_not_shown_is_no_base(project) -> None:
    files = project({"f.py": CODE})
    await files.run("read_file", path="f.py", start_line=5, end_line=6)
    files.workspace.texts["f.py"] = CODE.replace("def rim", "def edge")
    output = await patch(files, "r * r\n\n\ndef rim(r):\n", "PI * r\n\n\ndef rim(r):\n")
    assert not output.ok


async def test_a_merge_that_brings_an_error_is_not_written(project) -> None:
    files = project({"f.py": CODE})
    await files.run("read_file", path="f.py")
    now = files.workspace.texts["f.py"] = CODE.replace("def rim", "def edge")
    output = await patch(files, "3 * r * r\n\n\ndef rim(r):\n", "BROKEN\n\n\ndef rim(r):\n")
    assert not output.ok
    assert files.workspace.texts["f.py"] == now


async def test_an_own_edit_before_is_a_newer_text_too(project) -> None:
    """A stale old_str: the model quotes what stood there before its own first edit."""
    files = project({"f.py": CODE})
    await files.run("read_file", path="f.py")
    await patch(files, "def rim(r):", "def edge(r):")
    output = await patch(files, QUOTED, QUOTED.replace("3 * r", "PI * r"))
    assert output.ok, output.content
    assert files.workspace.texts["f.py"] == MERGED


# --- misses -----------------------------------------------------------------------------------------


async def test_the_second_miss_in_a_small_file_names_the_other_way(project) -> None:
    files = project({"f.py": CODE, "long.py": CODE + "x = 1\n" * 200})
    first = await patch(files, "return 3*r*r", "return 0")
    second = await patch(files, "return  3*r*r", "return 0")
    assert first.missed == second.missed == Missed("f.py", 6)
    assert "write_file" not in first.content
    assert "That was miss 2 in f.py, which has only 6 lines" in second.content
    for _ in range(3):
        output = await files.run("patch", path="long.py", old_str="return 3*r*r", new_str="return 0")
        assert "write_file" not in output.content


async def test_a_success_starts_the_count_again(project) -> None:
    files = project({"f.py": CODE})
    await patch(files, "return 3*r*r", "return 0")
    assert (await patch(files, "return 3 * r * r", "return 1")).ok
    assert "write_file" not in (await patch(files, "return  1 *", "return 2")).content


async def test_the_place_of_a_miss_counts_as_shown_and_no_more(project) -> None:
    long = "".join(f"value_{number} = {number}\n" for number in range(500))
    files = project({"f.py": long})
    await patch(files, "value_300=300", "x")
    text = await files.context.workspace.read("f.py")
    seen = files.context.workspace.seen(text)
    assert seen.knows_place(301, 301)
    assert seen.missing(0, 500) > 450


# --- a merge by a model -----------------------------------------------------------------------------

OLD, NEW = "    return 3 * r * r\n", "    return round(3 * r * r)\n"
GOOD = DRIFTED.replace("return 3.14 * r * r", "return round(3.14 * r * r)")


def with_merger(files, *answers: str | None, **other: object) -> Answers:
    merger = Answers(*answers)
    files.context = replace(files.context, merger=merger, **other)
    return merger


async def test_a_model_is_asked_after_the_second_miss_at_a_place(project) -> None:
    files = project({"f.py": DRIFTED})
    merger = with_merger(files, GOOD)
    assert not (await patch(files, OLD, NEW)).ok
    assert merger.asked == []
    output = await patch(files, OLD, NEW)
    assert output.ok, output.content
    assert merger.asked == [MergeQuestion("f.py", DRIFTED, OLD, NEW)]
    assert files.workspace.texts["f.py"] == GOOD
    assert "a merge found what was meant" in output.content
    assert "return round(3.14 * r * r)" in output.content
    assert len(files.approver.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "",
        DRIFTED,
        "I cannot do that.",
        CODE,
        GOOD.partition("\n\n\n")[0],
        GOOD.replace("def rim", "def edge"),
        GOOD.replace("r)\n\n", "r)  # BROKEN\n\n"),
        "# ... existing code ...\n" + NEW,
    ],
)
async def test_nonsense_is_not_written(project, answer: str | None) -> None:
    files = project({"f.py": DRIFTED})
    merger = with_merger(files, answer)
    await patch(files, OLD, NEW)
    output = await patch(files, OLD, NEW)
    assert not output.ok
    assert len(merger.asked) == 1
    assert files.workspace.texts["f.py"] == DRIFTED
    assert files.approver.asked == []


async def test_no_model_is_asked(project) -> None:
    """Switched off, not wired, or where copies are the trouble."""
    files = project({"f.py": DRIFTED}, disable=("model merge",))
    merger = with_merger(files)
    for _ in range(3):
        assert not (await patch(files, OLD, NEW)).ok
    files = project({"f.py": CODE + CODE})
    merger = with_merger(files)
    for _ in range(3):
        assert not (await patch(files, "def rim(r):", "def edge(r):")).ok
    assert merger.asked == []


async def test_names_come_from_the_grammar_where_there_is_one(project) -> None:
    class Grammar:
        def definitions(self, path: str, content: str) -> list[str] | None:
            return ["rim"] if "def rim" in content else []

    files = project({"f.py": DRIFTED})
    with_merger(files, GOOD, syntax=Grammar(), profile=Profile("x"))
    await patch(files, OLD, NEW)
    assert (await patch(files, OLD, NEW)).ok
