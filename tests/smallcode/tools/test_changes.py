"""What holds for every tool that writes: one door for guard, permission, placeholders and validation."""

from typing import Any

import pytest

from smallcode.errors import PermissionDenied, SmallCodeError, WriteRefused
from smallcode.tools import ALL

OLD = "one = 1\ntwo = 2\nthree = 3\n"

# For each tool that writes, a call that puts ``{new}`` into a file, and which file.
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "patch": ("a.py", {"path": "a.py", "old_str": "two = 2", "new_str": "{new}"}),
    "write_file": ("a.py", {"path": "a.py", "content": "one = 1\n{new}\n"}),
    "append_file": ("a.py", {"path": "a.py", "content": "{new}\n"}),
    "read_and_patch": ("a.py", {"path": "a.py", "old_str": "two = 2", "new_str": "{new}"}),
    "insert_at_line": ("a.py", {"path": "a.py", "line": 2, "content": "{new}"}),
    "replace_in_files": ("a.py", {"pattern": "two = 2", "replacement": "{new}"}),
    "create_and_run": ("new.py", {"path": "new.py", "content": "{new}\n", "command": "true"}),
}


def call(name: str, new: str) -> dict[str, Any]:
    return {
        key: value.replace("{new}", new) if isinstance(value, str) else value
        for key, value in CALLS[name][1].items()
    }


def test_the_table_holds_every_tool_that_writes() -> None:
    assert set(CALLS) == {tool.name for tool in ALL if tool.category == "write"}


@pytest.mark.parametrize("name", CALLS)
async def test_a_change_lands_and_is_validated(project, name: str) -> None:
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    output = await files.run(name, **call(name, "good = 0"))
    assert (output.ok, output.problems) == (True, ())
    assert "error" not in output.content
    path = CALLS[name][0]
    assert "good = 0\n" in files.workspace.texts[path]
    assert files.validator.asked == [path]
    assert [diff.path for diff in output.diffs] == [path]
    assert len([request for request in files.approver.asked if request.kind == "edit"]) == 1


@pytest.mark.parametrize("name", CALLS)
async def test_new_errors_are_told_with_their_lines(project, name: str) -> None:
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    output = await files.run(name, **call(name, "x = BROKEN"))
    path = CALLS[name][0]
    assert output.ok
    (problem,) = output.problems
    line = files.workspace.texts[path].split("\n").index("x = BROKEN") + 1
    assert (problem.path, problem.line) == (path, line)
    assert "New problems: 1 error since your changes" in output.content
    assert f"{path}, line {line}: error: BROKEN is not allowed\n    x = BROKEN" in output.content


@pytest.mark.parametrize("name", CALLS)
async def test_placeholders_are_refused_by_all(project, name: str) -> None:
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    if name in {"patch", "read_and_patch"}:
        # The search for the place has a say before the door.
        output = await files.run(name, **call(name, "# ... rest of the code"))
        assert not output.ok
        assert "`# ... rest of the code` in new_str would replace the code" in output.content
    else:
        with pytest.raises(WriteRefused, match=r"# \.\.\. rest of the code` stands for text that you left"):
            await files.run(name, **call(name, "# ... rest of the code"))
    assert files.workspace.texts == {"a.py": OLD}
    assert [request for request in files.approver.asked if request.kind == "edit"] == []


@pytest.mark.parametrize("name", CALLS)
async def test_the_check_for_placeholders_can_be_switched_off(project, name: str) -> None:
    files = project({"a.py": OLD}, disable=("placeholder check",))
    await files.run("read_file", path="a.py")
    assert (await files.run(name, **call(name, "# ... rest of the code"))).ok


@pytest.mark.parametrize("name", CALLS)
async def test_what_is_denied_is_not_written(project, name: str) -> None:
    files = project({"a.py": OLD}, outcome="deny")
    await files.run("read_file", path="a.py")
    with pytest.raises(PermissionDenied):
        await files.run(name, **call(name, "good = 0"))
    assert files.workspace.texts == {"a.py": OLD}
    assert files.validator.asked == []


@pytest.mark.parametrize("name", sorted(CALLS.keys() - {"create_and_run"}))
async def test_line_ends_are_the_files_own(project, name: str) -> None:
    files = project({"a.py": OLD.replace("\n", "\r\n")})
    await files.run("read_file", path="a.py")
    assert (await files.run(name, **call(name, "good = 0"))).ok
    text = files.workspace.texts["a.py"]
    assert "good = 0\r\n" in text
    assert text.count("\n") == text.count("\r\n")


async def test_the_lines_that_a_placeholder_would_lose_are_named(project) -> None:
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    with pytest.raises(WriteRefused, match="lines 2-3 would be lost"):
        await files.run("write_file", path="a.py", content="one = 1\n# rest of the file unchanged\n")
    # A comment that stands there already may stay.
    files = project({"a.py": OLD + "# rest of the file unchanged\n"})
    await files.run("read_file", path="a.py")
    output = await files.run("write_file", path="a.py", content="one = 1\n# rest of the file unchanged\n")
    assert output.ok


async def test_an_error_is_told_until_it_is_mended(project) -> None:
    """The second edit does not bring the error, but leaves it there: no reason to think that all is well."""
    files = project({"a.py": OLD})
    await files.run("read_file", path="a.py")
    for old, new, problems in (
        ("one = 1", "one = BROKEN", 1),
        ("three = 3", "three = 4", 1),
        ("one = BROKEN", "one = 1", 0),
        ("two = 2", "two = 3", 0),
    ):
        output = await files.run("patch", path="a.py", old_str=old, new_str=new)
        assert (output.ok, len(output.problems)) == (True, problems)


async def test_errors_that_were_there_before_are_not_told(project) -> None:
    files = project({"a.py": OLD + "four = BROKEN\n"})
    await files.run("read_file", path="a.py")
    assert (await files.run("patch", path="a.py", old_str="one = 1", new_str="one = 2")).problems == ()


async def test_many_errors_are_told_in_part(project) -> None:
    files = project({})
    output = await files.run("write_file", path="a.py", content="x = BROKEN\n" * 9 + "y" * 500 + "BROKEN\n")
    assert len(output.problems) == 10
    assert "10 errors" in output.content
    assert "… and 5 more" in output.content
    assert len(output.content) < 1000


async def test_a_file_that_was_read_in_part_is_not_rewritten_from_it(project) -> None:
    whole = "".join(f"value_{number} = {number}\n" for number in range(1000))
    files = project({"a.py": whole}, max_result_chars=4000)
    shown = (await files.run("read_file", path="a.py")).content.partition("\n")[2]
    with pytest.raises(WriteRefused, match="would be lost, and you have not read them"):
        await files.run("write_file", path="a.py", content=shown)
    assert files.workspace.texts["a.py"] == whole
    # Changing a line of what was not shown is no loss.
    assert (await files.run("patch", path="a.py", old_str="value_900 = 900", new_str="value_900 = 1")).ok


@pytest.mark.parametrize("name", CALLS)
async def test_no_tool_leaves_the_workspace(project, name: str) -> None:
    files = project({"a.py": OLD})
    arguments = call(name, "x") | {"path": "../outside.py"}
    with pytest.raises(SmallCodeError):
        await files.run(name, **arguments)
    assert files.workspace.texts == {"a.py": OLD}


async def test_the_words_around_a_result_are_not_written_into_the_file(project) -> None:
    files = project({"a.py": OLD})
    shown = await files.run("read_file", path="a.py")
    with pytest.raises(WriteRefused, match="words of a tool's result"):
        await files.run("write_file", path="a.py", content=shown.content)
    assert files.workspace.texts["a.py"] == OLD
