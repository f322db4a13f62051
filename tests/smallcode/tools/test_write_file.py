from pathlib import Path

import pytest

from smallcode.errors import PermissionDenied, WriteRefused


async def test_a_new_file(project) -> None:
    files = project({})
    output = await files.run("write_file", path="src/a.py", content="x = 1\ny = 2\n")
    assert output.content == "Created src/a.py (2 lines)."
    assert files.workspace.texts == {"src/a.py": "x = 1\ny = 2\n"}
    (diff,) = output.diffs
    assert (diff.path, diff.kind) == ("src/a.py", "created")
    assert diff.diff.startswith("--- /dev/null\n+++ b/src/a.py\n")
    assert "+x = 1\n" in diff.diff


async def test_a_new_empty_file(project) -> None:
    files = project({})
    assert (await files.run("write_file", path="a", content="")).content == "Created a (0 lines)."
    assert files.workspace.texts == {"a": ""}


@pytest.mark.parametrize(
    ("before", "content", "after", "told"),
    [
        ("a\nb\n", "a\nc\nd\n", "a\nc\nd\n", "Changed f: +2 -1, now 3 lines."),
        ("a\r\nb\r\n", "a\nc\nb\n", "a\r\nc\r\nb\r\n", "Changed f: +1 -0, now 3 lines."),
        ("a\r\nb\n", "a\nb\nc\n", "a\r\nb\nc\n", "Changed f: +1 -0, now 3 lines."),
        ("a", "a\n", "a\n", "Changed f: +1 -1, now 1 line."),
        ("a\n", r"$& \1 \n", r"$& \1 \n", "Changed f: +1 -1, now 1 line."),
    ],
)
async def test_an_existing_file(project, before: str, content: str, after: str, told: str) -> None:
    files = project({"f": before})
    await files.run("read_file", path="f")
    output = await files.run("write_file", path="f", content=content)
    assert (output.ok, output.content) == (True, told)
    assert files.workspace.texts["f"] == after
    assert output.diffs[0].kind == "changed"


@pytest.mark.parametrize("content", ["a\nb\n", "a\r\nb\r\n"])
async def test_the_same_content_is_no_change(project, content: str) -> None:
    files = project({"f": "a\r\nb\r\n"})
    output = await files.run("write_file", path="f", content=content)
    assert (output.ok, output.diffs) == (True, ())
    assert "nothing was changed" in output.content
    assert files.approver.asked == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbfa\r\n", b"\xef\xbb\xbf\xc3\xa9\r\nb\r\n"),
        ("\ufeffa\r\n".encode("utf-16-le"), "\ufeffé\r\nb\r\n".encode("utf-16-le")),
        (b"a\n", "é\nb\n".encode()),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
async def test_encoding_and_mark_are_the_files_own(
    disk_project, tmp_path: Path, before: bytes, after: bytes, mark: str
) -> None:
    files = disk_project({"f.txt": before})
    await files.run("read_file", path="f.txt")
    assert (await files.run("write_file", path="f.txt", content=f"{mark}é\nb\n")).ok
    assert (tmp_path / "f.txt").read_bytes() == after


async def test_a_file_that_was_not_read_is_shown_first(project) -> None:
    files = project({"f": "important\n"})
    with pytest.raises(WriteRefused, match="important"):
        await files.run("write_file", path="f", content="x\n")
    assert files.workspace.texts["f"] == "important\n"
    assert (await files.run("write_file", path="f", content="x\n")).ok


async def test_a_denied_change_is_not_made(project) -> None:
    files = project({}, outcome="deny")
    with pytest.raises(PermissionDenied):
        await files.run("write_file", path="f", content="x\n")
    assert files.workspace.texts == {}


LONG = "".join(f"value_{number} = {number}\n" for number in range(100))
PIECE = "".join(f"value_{number} = {number}\n" for number in range(40, 50)).replace("= 45", "= 0")


async def test_a_piece_is_not_taken_for_the_file(project) -> None:
    files = project({"f.py": LONG})
    await files.run("read_file", path="f.py")
    refused = await files.run("write_file", path="f.py", content=PIECE)
    assert not refused.ok
    assert "of its 100 lines, lines 1-40, 46, 51-100 would be lost" in refused.content
    assert files.workspace.texts["f.py"] == LONG
    assert files.approver.asked == []
    # Another piece is refused as well; the same one again is meant.
    assert not (await files.run("write_file", path="f.py", content=PIECE.replace("= 0", "= 1"))).ok
    assert (await files.run("write_file", path="f.py", content=PIECE)).ok
    assert files.workspace.texts["f.py"] == PIECE


async def test_a_new_version_is_no_piece(project) -> None:
    files = project({"f.py": LONG})
    await files.run("read_file", path="f.py")
    assert (await files.run("write_file", path="f.py", content="values = range(100)\n")).ok


async def test_the_check_for_pieces_can_be_switched_off(project) -> None:
    files = project({"f.py": LONG}, disable=("fragment check",))
    await files.run("read_file", path="f.py")
    assert (await files.run("write_file", path="f.py", content=PIECE)).ok
