import pytest


@pytest.mark.parametrize(
    ("before", "content", "after"),
    [
        ("a\n", "b\n", "a\nb\n"),
        ("a", "b", "a\nb"),
        ("a\r\n", "b\nc\n", "a\r\nb\r\nc\r\n"),
        ("a\r\nb", "c\n", "a\r\nb\r\nc\r\n"),
        ("a\r\n", "b\r\n", "a\r\nb\r\n"),
        ("", "b\n", "b\n"),
        ("a\n\n", "b\n", "a\n\nb\n"),
    ],
)
async def test_text_is_added(project, before: str, content: str, after: str) -> None:
    files = project({"f": before})
    await files.run("read_file", path="f")
    output = await files.run("append_file", path="f", content=content)
    assert output.ok
    assert files.workspace.texts["f"] == after
    assert output.diffs[0].diff


async def test_what_is_told(project) -> None:
    files = project({"f": "a\n"})
    await files.run("read_file", path="f")
    output = await files.run("append_file", path="f", content="b\nc\n")
    assert output.content == "Changed f: +2 -0, now 3 lines."


async def test_a_missing_file_is_made(project) -> None:
    files = project({})
    output = await files.run("append_file", path="log.txt", content="one\n")
    assert output.content == "Created log.txt (1 line)."
    assert files.workspace.texts == {"log.txt": "one\n"}


async def test_nothing_to_add(project) -> None:
    files = project({"f": "a"})
    output = await files.run("append_file", path="f", content="")
    assert not output.ok
    assert files.workspace.texts["f"] == "a"
