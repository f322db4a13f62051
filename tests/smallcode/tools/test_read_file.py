import pytest

from smallcode.errors import NoSuchFile, WriteRefused

LINES = "".join(f"line {number} of the file\n" for number in range(1, 101))


@pytest.mark.parametrize(
    ("content", "arguments", "shown"),
    [
        ("a\nb\n", {}, "f.txt, 2 lines\na\nb\n"),
        ("a\n", {}, "f.txt, 1 line\na\n"),
        ("a\r\nb\r\n", {}, "f.txt, 2 lines\na\nb\n"),
        ("a\rb", {}, "f.txt, 2 lines; no line break at its end\na\nb"),
        ("a\fb\u2028c\n", {}, "f.txt, 1 line\na\fb\u2028c\n"),
        ("", {}, "f.txt is empty."),
        ("a\nb\nc\n", {"start_line": 2}, "f.txt, lines 2-3 of 3\nb\nc\n"),
        ("a\nb\nc\n", {"start_line": 2, "end_line": 2}, "f.txt, line 2 of 3\nb\n"),
        ("a\nb\nc\n", {"start_line": 0, "end_line": -1}, "f.txt, 3 lines\na\nb\nc\n"),
        ("a\nb\nc\n", {"end_line": 99}, "f.txt, 3 lines\na\nb\nc\n"),
    ],
)
async def test_what_is_shown(project, content: str, arguments: dict[str, int], shown: str) -> None:
    output = await project({"f.txt": content}).run("read_file", path="f.txt", **arguments)
    assert (output.ok, output.content) == (True, shown)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"start_line": 101}, "has 100 lines; there is no line 101"),
        ({"start_line": 9, "end_line": 3}, "start_line 9 comes after end_line 3"),
    ],
)
async def test_lines_that_are_not_there(project, arguments: dict[str, int], told: str) -> None:
    output = await project({"f.txt": LINES}).run("read_file", path="f.txt", **arguments)
    assert not output.ok
    assert told in output.content


async def test_a_long_file_is_read_in_parts_that_give_the_whole(project) -> None:
    files = project({"f.txt": LINES.replace("\n", "\r\n")}, max_result_chars=800)
    read, start = "", 1
    for _ in range(20):
        output = await files.run("read_file", path="f.txt", start_line=start)
        assert len(output.content) <= 800
        header, _, body = output.content.partition("\n")
        assert body.endswith("\n")
        read += body
        if "next:" not in header:
            break
        start = int(header.rpartition("start_line=")[2])
    assert header == f"f.txt, lines {start}-100 of 100"
    assert read == LINES


async def test_one_line_that_is_too_long_is_cut_and_said_so(project) -> None:
    files = project({"f.txt": "x" * 5000 + "\ny\n"}, max_result_chars=700)
    output = await files.run("read_file", path="f.txt")
    header, _, body = output.content.partition("\n")
    assert header == (
        "f.txt, line 1 of 2, the first 500 of its 5001 characters; next: read_file start_line=2"
    )
    assert body == "x" * 500


async def test_reading_counts_as_shown_and_a_failed_reading_does_not(project) -> None:
    files = project({"f.txt": "a\n", "g.txt": "a\n"})
    await files.run("read_file", path="f.txt")
    assert (await files.run("write_file", path="f.txt", content="b\n")).ok
    await files.run("read_file", path="g.txt", start_line=7)
    with pytest.raises(WriteRefused):
        await files.run("write_file", path="g.txt", content="b\n")


async def test_a_file_that_does_not_exist(project) -> None:
    with pytest.raises(NoSuchFile) as caught:
        await project({"src/main.py": ""}).run("read_file", path="main.py")
    assert caught.value.nearest == ("src/main.py",)
