from pathlib import Path

import pytest
from pydantic import ValidationError

from smallcode.errors import NoSuchFile, WriteRefused

CODE = "def area(r):\n    return 3 * r * r\n\n\ndef rim(r):\n    return 2 * 3 * r\n"


async def test_a_change_shows_where_it_landed(project) -> None:
    files = project({"shapes.py": CODE})
    await files.run("read_file", path="shapes.py")
    output = await files.run("patch", path="shapes.py", old_str="3 * r * r", new_str="PI * r * r")
    assert output.ok
    assert output.content == (
        "Changed shapes.py: +1 -1, now 6 lines.\nLines 1-4 are now:\ndef area(r):\n    return PI * r * r\n\n"
    )
    assert files.workspace.texts["shapes.py"] == CODE.replace("3 * r * r", "PI * r * r")
    assert "-    return 3 * r * r\n+    return PI * r * r\n" in output.diffs[0].diff


@pytest.mark.parametrize(
    ("before", "strings", "after"),
    [
        (b"a\r\nb\r\n", ("a\nb\n", "a\nx\nb\n"), b"a\r\nx\r\nb\r\n"),
        (b"\xef\xbb\xbfa\nb", ("a", "z"), b"\xef\xbb\xbfz\nb"),
        ("\ufeffa\r\nb\r\n".encode("utf-16-be"), ("b", "é😀"), "\ufeffa\r\né😀\r\n".encode("utf-16-be")),
        (b"s = 'x'\n", ("'x'", r"'$& $1 \1 \n'"), rb"s = '$& $1 \1 \n'" + b"\n"),
        (b"a\x0cb\n", ("a", "c"), b"c\x0cb\n"),
        (b"one", ("one", "one\ntwo\n"), b"one\ntwo\n"),
        (b"a\nb\r\nc\n", ("b\nc", "b\nx\nc"), b"a\nb\r\nx\r\nc\n"),
    ],
)
async def test_bytes_outside_the_change_are_kept(
    disk_project, tmp_path: Path, before: bytes, strings: tuple[str, str], after: bytes
) -> None:
    files = disk_project({"f.txt": before})
    await files.run("read_file", path="f.txt")
    output = await files.run("patch", path="f.txt", old_str=strings[0], new_str=strings[1])
    assert output.ok, output.content
    assert (tmp_path / "f.txt").read_bytes() == after


async def test_lenient_matches_are_told(project) -> None:
    files = project({"f": "a\r\nb\r\n"})
    await files.run("read_file", path="f")
    output = await files.run("patch", path="f", old_str="a\nb\n", new_str="c\nb\n")
    assert "(old_str matched but for line endings)" in output.content


async def test_a_miss_shows_the_place_and_the_next_try_works(project) -> None:
    files = project({"shapes.py": CODE})
    missed = await files.run(
        "patch", path="shapes.py", old_str="    return 3*r*r\n", new_str="    return 0\n"
    )
    assert not missed.ok
    assert missed.diffs == ()
    assert "shapes.py was not changed" in missed.content
    assert "    return 3 * r * r\n" in missed.content
    again = await files.run(
        "patch", path="shapes.py", old_str="    return 3 * r * r\n", new_str="    return 0\n"
    )
    assert again.ok


async def test_copies_are_told_by_line(project) -> None:
    files = project({"f": "def a():\n    pass\ndef b():\n    pass\n"})
    output = await files.run("patch", path="f", old_str="    pass\n", new_str="    return\n")
    assert not output.ok
    assert "line 2, after `def a():`" in output.content
    assert "line 4, after `def b():`" in output.content


async def test_a_change_that_is_there_is_no_failure(project) -> None:
    files = project({"f": "value = new_name\n"})
    output = await files.run("patch", path="f", old_str="value = old_name\n", new_str="value = new_name\n")
    assert output.ok
    assert output.diffs == ()
    assert "already there" in output.content


async def test_a_place_that_was_not_shown_is_not_changed_unseen(project) -> None:
    files = project({"f": "secret = 1\n"})
    with pytest.raises(WriteRefused):
        await files.run("patch", path="f", old_str="1", new_str="2")
    await files.run("patch", path="f", old_str="nowhere to be found", new_str="2")
    assert files.workspace.texts["f"] == "secret = 1\n"


async def test_a_long_change_is_shown_in_part(project) -> None:
    files = project({"f": "a\n"})
    await files.run("read_file", path="f")
    output = await files.run("patch", path="f", old_str="a", new_str="\n".join("x" * 500 for _ in range(60)))
    assert "more lines" in output.content
    assert len(output.content) < 3000


async def test_deleting_everything(project) -> None:
    files = project({"f": "a\n"})
    await files.run("read_file", path="f")
    assert (await files.run("patch", path="f", old_str="a\n", new_str="")).ok
    assert files.workspace.texts["f"] == ""


async def test_a_missing_file(project) -> None:
    with pytest.raises(NoSuchFile):
        await project({}).run("patch", path="f", old_str="a", new_str="b")


async def test_several_changes_at_once(project) -> None:
    files = project({"shapes.py": CODE})
    await files.run("read_file", path="shapes.py")
    output = await files.run(
        "patch",
        path="shapes.py",
        old_str="def area(r):",
        new_str="def disc(r):",
        edits=[
            {"old_str": "return 3 * r * r", "new_str": "return PI * r * r"},
            {"old_str": "2 * 3", "new_str": "2 * PI"},
        ],
    )
    assert output.ok, output.content
    assert files.workspace.texts["shapes.py"] == (
        "def disc(r):\n    return PI * r * r\n\n\ndef rim(r):\n    return 2 * PI * r\n"
    )
    assert output.diffs[0].diff.count("\n+") == 4


async def test_edits_alone(project) -> None:
    files = project({"f": "a = 1\nb = 2\n"})
    await files.run("read_file", path="f")
    output = await files.run("patch", path="f", edits=[{"old_str": "a = 1\n", "new_str": ""}])
    assert output.ok
    assert files.workspace.texts["f"] == "b = 2\n"


async def test_one_that_does_not_fit_stops_all(project) -> None:
    files = project({"shapes.py": CODE})
    await files.run("read_file", path="shapes.py")
    output = await files.run(
        "patch",
        path="shapes.py",
        old_str="def area(r):",
        new_str="def disc(r):",
        edits=[{"old_str": "return 2 * 4 * r\n", "new_str": "return 0\n"}],
    )
    assert not output.ok
    assert "Edit 2 of 2 does not fit, so none was made" in output.content
    assert "    return 2 * 3 * r" in output.content
    assert files.workspace.texts["shapes.py"] == CODE


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ({}, "old_str and new_str missing"),
        ({"old_str": "a"}, "new_str missing"),
        ({"new_str": "a", "edits": [{"old_str": "a", "new_str": "b"}]}, "old_str missing"),
        ({"edits": [{"old_str": "a"}]}, "new_str"),
        ({"edits": []}, "old_str and new_str missing"),
    ],
)
async def test_half_a_change_is_never_completed(project, arguments, missing: str) -> None:
    files = project({"f": "a\n"})
    with pytest.raises(ValidationError, match=missing):
        await files.run("patch", path="f", **arguments)
    assert files.workspace.texts["f"] == "a\n"
