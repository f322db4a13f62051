"""The guard knows which lines were shown: what would be lost unread, and which versions there were."""

import pytest

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.guard import WriteGuard
from smallcode.adapters.memory import MemoryWorkspace
from smallcode.adapters.shown import MOST_CHARS, VERSIONS_KEPT, ShownTexts
from smallcode.core.textdiff import minimal_edits, split_lines
from smallcode.errors import WriteRefused
from smallcode.messages import Edit, Text

LONG = "".join(f"line {number} of a file that is long\n" for number in range(1, 401))


def lines_of(first: int, last: int) -> str:
    return "".join(split_lines(LONG)[first - 1 : last])


def rewrite(base: Text, content: str) -> Edit:
    return Edit(base.path, base, minimal_edits(base.content, content), content)


async def guarded(content: str) -> tuple[WriteGuard, MemoryWorkspace, Text]:
    memory = MemoryWorkspace({"a.py": content})
    guard = WriteGuard(memory, FixedApprover("allow_once"))
    return guard, memory, await guard.read("a.py")


@pytest.mark.parametrize(
    ("shown", "content", "refused"),
    [
        ((1, 400), "short\n", ""),
        ((1, 100), "short\n", "lines 101-400 would be lost"),
        # What it saw it writes back; the rest, less than half of the file, would be gone all the same.
        ((1, 250), lines_of(1, 250), "lines 251-400 would be lost"),
        ((1, 250), lines_of(1, 200), "lines 251-400 would be lost"),
        ((101, 400), lines_of(101, 400), "lines 1-100 would be lost"),
        ((101, 300), lines_of(101, 300), "lines 1-100, 301-400 would be lost"),
        # Most of what was not seen stays.
        ((1, 250), lines_of(1, 240) + "new\n" + lines_of(241, 390), ""),
        ((1, 395), lines_of(1, 395), ""),
        ((1, 100), lines_of(1, 99) + "changed\n" + lines_of(101, 400), ""),
        ((1, 1), LONG + "more\n", ""),
    ],
)
async def test_what_would_be_lost_unread(shown: tuple[int, int], content: str, refused: str) -> None:
    guard, memory, base = await guarded(LONG)
    guard.shown(base, *shown)
    if refused:
        with pytest.raises(WriteRefused, match=refused):
            await guard.apply_edit(rewrite(base, content))
        assert memory.texts["a.py"] == LONG
    else:
        await guard.apply_edit(rewrite(base, content))
        assert memory.texts["a.py"] == content


async def test_sending_it_again_does_not_help_but_reading_does() -> None:
    guard, memory, base = await guarded(LONG)
    for _ in range(30):
        with pytest.raises(WriteRefused):
            await guard.apply_edit(rewrite(base, "short\n"))
    assert memory.texts["a.py"] == LONG
    guard.shown(base, 1, 150)
    with pytest.raises(WriteRefused, match=r"lines 151-400 .* lost[\s\S]*read_file start_line=151"):
        await guard.apply_edit(rewrite(base, "short\n"))
    guard.shown(base, 151, 400)
    await guard.apply_edit(rewrite(base, "short\n"))
    assert memory.texts["a.py"] == "short\n"


async def test_what_was_seen_stays_seen_after_an_own_edit() -> None:
    guard, memory, base = await guarded(LONG)
    guard.shown(base)
    after = await guard.apply_edit(rewrite(base, "new\n" + LONG))
    assert guard.seen(after).missing(0, 401) == 0
    assert not guard.seen(after).knows_place(5, 5)
    await guard.apply_edit(rewrite(after, "short\n"))
    assert memory.texts["a.py"] == "short\n"


async def test_another_version_is_not_seen() -> None:
    guard, memory, base = await guarded("a\nb\n")
    guard.shown(base)
    memory.texts["a.py"] = "a\nc\n"
    current = await guard.read("a.py")
    assert guard.seen(current).lines == 0
    assert [one.text.content for one in guard.earlier(current)] == ["a\nb\n"]
    assert guard.earlier(base) == ()


def test_versions_are_bounded() -> None:
    shown = ShownTexts()
    for number in range(VERSIONS_KEPT + 3):
        shown.note(Text("a.py", f"{number}\n", ""), 1, None)
    newest = Text("a.py", "new\n", "")
    assert [one.text.content for one in shown.earlier(newest)] == ["6\n", "5\n", "4\n", "3\n"]
    half = MOST_CHARS // 2
    for letter in "xyz":
        shown.note(Text("big.py", letter * half, ""), 1, None)
    assert len(shown.earlier(newest)) == 1
    assert shown.is_current(Text("a.py", "6\n", ""))
    assert len(shown.earlier(Text("big.py", "", ""))) == 1
