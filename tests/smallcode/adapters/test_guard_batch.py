"""Several files changed at once: one permission, all or nothing as far as possible."""

import asyncio

import pytest

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.guard import WriteGuard
from smallcode.adapters.memory import MemoryWorkspace
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import BatchFailed, EditRejected, PermissionDenied, StaleEdit
from smallcode.messages import Edit, Text
from smallcode.ports import Outcome

FILES = {"a.py": "x = 1\n", "b.py": "x = 1\n", "c.py": "x = 1\n"}


class Stubborn(MemoryWorkspace):
    """Refuses the edits of ``refuse``, and every edit of ``once`` but the first."""

    def __init__(self, refuse: str = "", once: str = "") -> None:
        super().__init__(FILES)
        self.refuse, self.once = refuse, once
        self.edited: list[str] = []

    async def apply_edit(self, edit: Edit) -> Text:
        if edit.path == self.refuse or (edit.path == self.once and edit.path in self.edited):
            raise EditRejected(edit.path, f"The editor refused the edit of {edit.path}.")
        self.edited.append(edit.path)
        return await super().apply_edit(edit)


async def batch(guard: WriteGuard, *paths: str) -> list[Edit]:
    edits = []
    for path in paths:
        base = await guard.read(path)
        content = base.content.replace("x", "y")
        edits.append(Edit(path, base, minimal_edits(base.content, content), content))
    return edits


def guarded(memory: MemoryWorkspace, outcome: Outcome = "allow_once") -> tuple[WriteGuard, FixedApprover]:
    approver = FixedApprover(outcome)
    return WriteGuard(memory, approver), approver


async def test_all_are_changed_with_one_question() -> None:
    memory = MemoryWorkspace(FILES)
    guard, approver = guarded(memory)
    results = await guard.apply_edits(await batch(guard, "a.py", "b.py", "c.py"))
    assert [text.content for text in results] == ["y = 1\n"] * 3
    assert memory.texts == dict.fromkeys(FILES, "y = 1\n")
    (request,) = approver.asked
    assert (request.title, request.protected) == ("Edit 3 files", False)
    assert [line for line in request.detail.splitlines() if line.startswith("+++")] == [
        "+++ b/a.py",
        "+++ b/b.py",
        "+++ b/c.py",
    ]


async def test_one_file_that_needs_a_person_makes_the_batch_need_one() -> None:
    guard, approver = guarded(MemoryWorkspace({"a.py": "x\n", ".github/workflows/ci.yml": "x\n"}))
    await guard.apply_edits(await batch(guard, "a.py", ".github/workflows/ci.yml"))
    assert [request.protected for request in approver.asked] == [True]


async def test_denied_is_nothing_written() -> None:
    memory = MemoryWorkspace(FILES)
    guard, _ = guarded(memory, "deny")
    with pytest.raises(PermissionDenied, match="3 files"):
        await guard.apply_edits(await batch(guard, *FILES))
    assert memory.texts == FILES


@pytest.mark.parametrize(
    ("memory", "texts", "told"),
    [
        (Stubborn("a.py"), FILES, "Nothing is changed in any file."),
        (Stubborn("c.py"), FILES, "Nothing is changed in any file."),
        (
            Stubborn("c.py", once="a.py"),
            FILES | {"a.py": "y = 1\n"},
            "Still changed, since that could not be taken back: a.py.",
        ),
    ],
)
async def test_an_edit_that_fails_midway(memory: Stubborn, texts: dict[str, str], told: str) -> None:
    guard, _ = guarded(memory)
    with pytest.raises(BatchFailed, match=f"The editor refused the edit of {memory.refuse}. {told}"):
        await guard.apply_edits(await batch(guard, *FILES))
    assert memory.texts == texts


async def test_a_file_that_changed_meanwhile_stops_all_before_anyone_is_asked() -> None:
    memory = MemoryWorkspace(FILES)
    guard, approver = guarded(memory)
    edits = await batch(guard, *FILES)
    memory.texts["b.py"] = "z\n"
    with pytest.raises(StaleEdit):
        await guard.apply_edits(edits)
    assert (memory.texts["a.py"], approver.asked) == ("x = 1\n", [])


async def test_two_edits_of_one_file_are_a_programming_error() -> None:
    guard, _ = guarded(MemoryWorkspace(FILES))
    with pytest.raises(ValueError, match="two edits"):
        await guard.apply_edits(await batch(guard, "a.py", "./a.py"))


async def test_a_cancelled_batch_is_not_taken_back() -> None:
    """The undo log below knows what was begun."""

    class Slow(MemoryWorkspace):
        async def apply_edit(self, edit: Edit) -> Text:
            if edit.path == "b.py":
                raise asyncio.CancelledError
            return await super().apply_edit(edit)

    memory = Slow(FILES)
    guard, _ = guarded(memory)
    with pytest.raises(asyncio.CancelledError):
        await guard.apply_edits(await batch(guard, *FILES))
    assert memory.texts["a.py"] == "y = 1\n"
