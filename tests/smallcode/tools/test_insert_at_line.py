import pytest

from smallcode.errors import WriteRefused

OLD = "a\nb\nc\n"


@pytest.mark.parametrize(
    ("before", "line", "content", "after"),
    [
        (OLD, 1, "x\n", "x\na\nb\nc\n"),
        (OLD, 2, "x", "a\nx\nb\nc\n"),
        (OLD, 4, "x", "a\nb\nc\nx\n"),
        (OLD, 3, "x\ny\n", "a\nb\nx\ny\nc\n"),
        (OLD, 2, "", "a\n\nb\nc\n"),
        ("a\nb", 3, "x", "a\nb\nx"),
        ("a\nb", 2, "x", "a\nx\nb"),
        ("a\r\nb\r\n", 2, "x\ny\n", "a\r\nx\r\ny\r\nb\r\n"),
        ("a\r\nb", 3, "x\n", "a\r\nb\r\nx\r\n"),
        ("", 1, "x", "x\n"),
        ("a\x0cb\nc\n", 2, r"\1 $&", "a\x0cb\n\\1 $&\nc\n"),
    ],
)
async def test_where_it_lands(project, before: str, line: int, content: str, after: str) -> None:
    files = project({"f": before})
    await files.run("read_file", path="f")
    output = await files.run("insert_at_line", path="f", line=line, content=content)
    assert output.ok, output.content
    assert files.workspace.texts["f"] == after


async def test_the_place_is_shown(project) -> None:
    files = project({"f": "".join(f"{number}\n" for number in range(1, 21))})
    await files.run("read_file", path="f")
    output = await files.run("insert_at_line", path="f", line=10, content="x\ny")
    assert output.content == ("Changed f: +2 -0, now 22 lines.\nf, lines 8-13 of 22:\n8\n9\nx\ny\n10\n11\n")


@pytest.mark.parametrize("line", [0, -1, 5, 100])
async def test_a_line_that_is_none(project, line: int) -> None:
    files = project({"f": OLD})
    await files.run("read_file", path="f")
    output = await files.run("insert_at_line", path="f", line=line, content="x")
    assert not output.ok
    assert "f has 3 lines: line is 1 to 4" in output.content
    assert files.workspace.texts["f"] == OLD


async def test_a_file_that_was_not_read_is_shown_first(project) -> None:
    files = project({"f": OLD})
    with pytest.raises(WriteRefused, match="not read yet"):
        await files.run("insert_at_line", path="f", line=2, content="x")
    assert files.workspace.texts["f"] == OLD


async def test_another_text_than_the_one_shown_is_refused(project) -> None:
    files = project({"f": OLD})
    await files.run("read_file", path="f")
    files.workspace.texts["f"] = "new\n" + OLD
    with pytest.raises(WriteRefused, match="changed since"):
        await files.run("insert_at_line", path="f", line=2, content="x")
    assert files.workspace.texts["f"] == "new\n" + OLD


async def test_own_edits_move_the_lines_below(project) -> None:
    """The model reads, adds lines at the top, and counts in what it read: that number is wrong now."""
    whole = "".join(f"line {number}\n" for number in range(1, 301))
    files = project({"f": whole})
    await files.run("read_file", path="f")
    await files.run("patch", path="f", old_str="line 1\n", new_str="new\nnew\nline 1\n")
    refused = await files.run("insert_at_line", path="f", line=200, content="x")
    assert not refused.ok
    assert "not shown to you under that number" in refused.content
    assert "f, lines 198-202 of 302:\nline 196\n" in refused.content
    # Now the lines are shown, and the next try lands where it says.
    assert (await files.run("insert_at_line", path="f", line=202, content="x")).ok
    assert "line 199\nx\nline 200\n" in files.workspace.texts["f"]


async def test_own_edits_leave_the_lines_above(project) -> None:
    files = project({"f": OLD})
    await files.run("read_file", path="f")
    await files.run("patch", path="f", old_str="c\n", new_str="c\nd\n")
    assert (await files.run("insert_at_line", path="f", line=2, content="x")).ok
    assert files.workspace.texts["f"] == "a\nx\nb\nc\nd\n"


async def test_lines_that_were_not_shown(project) -> None:
    files = project({"f": "".join(f"{number}\n" for number in range(1, 501))})
    await files.run("read_file", path="f", start_line=1, end_line=50)
    assert not (await files.run("insert_at_line", path="f", line=300, content="x")).ok
    assert (await files.run("insert_at_line", path="f", line=51, content="x")).ok
