from pathlib import Path

import pytest

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.guard import SHOWN_CHARS, WriteGuard
from smallcode.adapters.memory import MemoryWorkspace
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import PermissionDenied, StaleEdit, WriteRefused
from smallcode.messages import Edit, SearchQuery, Text, TextEdit
from smallcode.ports import GuardedWorkspace, Outcome, PermissionRequest

LONG = "".join(f"line {number}\n" for number in range(1, 1001))


def change(base: Text, old: str, new: str) -> Edit:
    content = base.content.replace(old, new)
    return Edit(base.path, base, minimal_edits(base.content, content), content)


def new_file(path: str, content: str) -> Edit:
    return Edit(path, None, minimal_edits("", content), content)


def guarded(
    files: dict[str, str], outcome: Outcome = "allow_once"
) -> tuple[WriteGuard, MemoryWorkspace, FixedApprover]:
    memory, approver = MemoryWorkspace(files), FixedApprover(outcome)
    return WriteGuard(memory, approver), memory, approver


async def test_a_file_that_was_shown_is_changed() -> None:
    guard, memory, approver = guarded({"a.py": "x = 1\n"})
    base = await guard.read("a.py")
    guard.shown(base)
    result = await guard.apply_edit(change(base, "1", "2"))
    assert result.content == memory.texts["a.py"] == "x = 2\n"
    assert approver.asked == [
        PermissionRequest(
            kind="edit",
            title="Edit a.py",
            detail="--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n",
        )
    ]


async def test_what_was_written_counts_as_shown() -> None:
    guard, memory, _ = guarded({})
    first = await guard.apply_edit(new_file("a.py", "x = 1\n"))
    second = await guard.apply_edit(change(first, "1", "2"))
    await guard.apply_edit(change(second, "2", "3"))
    assert memory.texts == {"a.py": "x = 3\n"}


async def test_a_file_that_was_never_shown_is_refused_once_with_its_text() -> None:
    guard, memory, approver = guarded({"a.py": "x = 1\ny = 2\n"})
    edit = change(await guard.read("a.py"), "1", "2")
    with pytest.raises(WriteRefused, match=r"a\.py was not read yet") as caught:
        await guard.apply_edit(edit)
    assert "a.py, lines 1-2 of 2:\nx = 1\ny = 2" in str(caught.value)
    assert memory.texts == {"a.py": "x = 1\ny = 2\n"}
    assert approver.asked == []
    await guard.apply_edit(edit)
    assert memory.texts == {"a.py": "x = 2\ny = 2\n"}


async def test_a_file_that_changed_since_is_refused_once() -> None:
    guard, memory, _ = guarded({"a.py": "x = 1\n"})
    guard.shown(await guard.read("a.py"))
    memory.texts["a.py"] = "x = 1  # mine\n"
    edit = change(await guard.read("a.py"), "1", "2")
    with pytest.raises(WriteRefused, match=r"changed since it was read[\s\S]*# mine"):
        await guard.apply_edit(edit)
    await guard.apply_edit(edit)
    assert memory.texts["a.py"] == "x = 2  # mine\n"


async def test_reading_alone_is_not_showing() -> None:
    guard, _, _ = guarded({"a.py": "x\n"})
    base = await guard.read("a.py")
    with pytest.raises(WriteRefused):
        await guard.apply_edit(change(base, "x", "y"))


async def test_a_new_version_of_the_same_text_is_no_change() -> None:
    guard, memory, _ = guarded({"a.py": "x\n"})
    guard.shown(Text("a.py", "x\n", "buffer:17"))
    await guard.apply_edit(change(await guard.read("a.py"), "x", "y"))
    assert memory.texts["a.py"] == "y\n"


async def test_another_text_under_the_same_version_is_a_change() -> None:
    guard, _, _ = guarded({"a.py": "x\n"})
    base = await guard.read("a.py")
    guard.shown(Text("a.py", "other\n", base.version))
    with pytest.raises(WriteRefused):
        await guard.apply_edit(change(base, "x", "y"))


async def test_an_edit_of_an_old_base_is_stale_before_anyone_is_asked() -> None:
    guard, memory, approver = guarded({"a.py": "x\n"})
    old = await guard.read("a.py")
    memory.texts["a.py"] = "y\n"
    guard.shown(await guard.read("a.py"))
    with pytest.raises(StaleEdit):
        await guard.apply_edit(change(old, "x", "z"))
    assert approver.asked == []


@pytest.mark.parametrize(
    ("place", "shown", "hidden"),
    [
        ("line 500\n", "a.py, lines 492-508 of 1000:\nline 492\n", "line 509\n"),
        ("line 1\n", "a.py, lines 1-9 of 1000:\nline 1\n", "line 10\n"),
        ("line 1000\n", "a.py, lines 992-1000 of 1000:\nline 992\n", "line 991\n"),
    ],
)
async def test_of_a_large_file_the_place_is_shown(place: str, shown: str, hidden: str) -> None:
    guard, _, _ = guarded({"a.py": LONG})
    with pytest.raises(WriteRefused) as caught:
        await guard.apply_edit(change(await guard.read("a.py"), place, "new\n"))
    assert shown in str(caught.value)
    assert hidden not in str(caught.value)


@pytest.mark.parametrize("content", [LONG, "x" * 100_000, "é" * 1999 + "\n" + "y" * 5000])
async def test_what_is_shown_is_bounded(content: str) -> None:
    guard, _, _ = guarded({"a.py": content})
    base = await guard.read("a.py")
    with pytest.raises(WriteRefused) as caught:
        await guard.apply_edit(Edit("a.py", base, (TextEdit(0, len(content), "z"),), "z"))
    assert SHOWN_CHARS * 0.9 < len(str(caught.value)) < SHOWN_CHARS + 300


async def test_an_empty_file_is_shown_as_such() -> None:
    guard, _, _ = guarded({"a.py": ""})
    base = await guard.read("a.py")
    with pytest.raises(WriteRefused, match=r"a\.py is empty"):
        await guard.apply_edit(Edit("a.py", base, (TextEdit(0, 0, "z"),), "z"))


async def test_what_is_denied_is_not_written() -> None:
    guard, memory, approver = guarded({"a.py": "x\n"}, outcome="deny")
    base = await guard.read("a.py")
    guard.shown(base)
    for attempt in (
        guard.apply_edit(change(base, "x", "y")),
        guard.apply_edit(new_file("b.py", "x\n")),
        guard.remove(base),
    ):
        with pytest.raises(PermissionDenied):
            await attempt
    assert memory.texts == {"a.py": "x\n"}
    assert [request.title for request in approver.asked] == ["Edit a.py", "Create b.py", "Delete a.py"]


@pytest.mark.parametrize(
    ("path", "protected"),
    [
        (".github/workflows/ci.yml", True),
        ("x/../.vscode/tasks.json", True),
        ("smallcode.toml", True),
        ("Makefile", False),
    ],
)
async def test_files_that_need_a_person(path: str, protected: bool) -> None:
    guard, _, approver = guarded({})
    await guard.apply_edit(new_file(path, "x\n"))
    assert [request.protected for request in approver.asked] == [protected]


async def test_a_link_does_not_hide_a_file_that_needs_a_person(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / "docs").symlink_to(".vscode")
    approver = FixedApprover("deny")
    with pytest.raises(PermissionDenied):
        await WriteGuard(DiskWorkspace(tmp_path), approver).apply_edit(new_file("docs/tasks.json", "{}"))
    assert (approver.asked[0].title, approver.asked[0].protected) == ("Create .vscode/tasks.json", True)


async def test_an_edit_whose_parts_disagree_is_a_programming_error() -> None:
    guard, memory, approver = guarded({"a.py": "x\n"})
    base = await guard.read("a.py")
    guard.shown(base)
    with pytest.raises(ValueError, match="do not lead"):
        await guard.apply_edit(Edit("a.py", base, (TextEdit(0, 1, "shown"),), "written\n"))
    assert (memory.texts, approver.asked) == ({"a.py": "x\n"}, [])


async def test_an_edit_that_changes_nothing_asks_nothing() -> None:
    guard, _, approver = guarded({"a.py": "x\n"})
    base = await guard.read("a.py")
    guard.shown(base)
    assert await guard.apply_edit(Edit("a.py", base, (), "x\n")) == base
    assert approver.asked == []


async def test_deleting_is_guarded_too() -> None:
    guard, memory, approver = guarded({"a.py": "x\n"})
    base = await guard.read("a.py")
    with pytest.raises(WriteRefused):
        await guard.remove(base)
    await guard.remove(base)
    assert memory.texts == {}
    assert approver.asked[0].detail == "--- a/a.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"


async def test_the_rest_passes_through() -> None:
    guard, memory, _ = guarded({"b/a.py": "x\n"})
    workspace: GuardedWorkspace = guard
    assert workspace.root == memory.root
    assert workspace.locate("b/./a.py") == "b/a.py"
    assert await workspace.files("b") == ["b/a.py"]
    assert [match.line for match in await workspace.search(SearchQuery("x"))] == [1]
    await workspace.save()
    assert memory.saves == 1
