"""Whole texts that were escaped twice, through every tool that takes one."""

from typing import Any

import pytest

OLD = "one = 1\n"
TWICE = r"a = \"x\"\nb = 2\n"
MEANT = 'a = "x"\nb = 2\n'

CALLS: dict[str, tuple[dict[str, Any], str]] = {
    "write_file": ({"path": "a.py"}, MEANT),
    "append_file": ({"path": "a.py"}, OLD + MEANT),
    "insert_at_line": ({"path": "a.py", "line": 1}, MEANT + OLD),
    "create_and_run": ({"path": "new.py", "command": "true"}, MEANT),
}


@pytest.mark.parametrize("name", CALLS)
async def test_it_is_written_as_it_was_meant(project, name: str) -> None:
    arguments, expected = CALLS[name]
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    output = await files.run(name, **arguments, content=TWICE)
    assert output.ok
    assert "(content was escaped twice)" in output.content
    assert files.workspace.texts[arguments["path"]] == expected


@pytest.mark.parametrize("name", ["write_file", "append_file"])
async def test_a_new_file_too(project, name: str) -> None:
    files = project({})
    output = await files.run(name, path="new.py", content=TWICE)
    assert output.content == "Created new.py (2 lines). (content was escaped twice)"
    assert files.workspace.texts == {"new.py": MEANT}


@pytest.mark.parametrize(
    ("content", "written"),
    [
        # The reading brings an error into the file: the validator of these tests takes BROKEN for one.
        (r"BROKEN\nb\n", r"BROKEN\nb\n"),
        # Without an end it is beyond doubt only where the text as it is has an error.
        (r"a\nb\nc", r"a\nb\nc"),
        (r'print("a\nb\n")', r'print("a\nb\n")'),
    ],
)
async def test_a_doubtful_text_stays_as_it_is(project, content: str, written: str) -> None:
    files = project({})
    output = await files.run("write_file", path="new.py", content=content)
    assert "escaped" not in output.content
    assert files.workspace.texts == {"new.py": written}


async def test_it_can_be_switched_off(project) -> None:
    files = project({}, disable=("escapes in whole texts",))
    await files.run("write_file", path="new.py", content=TWICE)
    assert files.workspace.texts == {"new.py": TWICE}


@pytest.mark.parametrize(
    ("new", "written"),
    [
        (TWICE, MEANT),
        (r"a = 1\nb = 2\nc = 3", r"a = 1\nb = 2\nc = 3"),
        (r"BROKEN\nb\n", r"BROKEN\nb\n"),
    ],
)
async def test_the_new_text_of_a_patch(project, new: str, written: str) -> None:
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    output = await files.run("patch", path="a.py", old_str="one = 1", new_str=new)
    assert ("(content was escaped twice)" in output.content) == (written == MEANT)
    assert files.workspace.texts["a.py"].startswith(written)
