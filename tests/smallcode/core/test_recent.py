"""Recent changes: whether a message speaks of them, and how they are told."""

import pytest

from smallcode.core.recent import Changed, render_changes, speaks_of_changes, split_diff
from smallcode.core.room import Room


@pytest.mark.parametrize(
    "message",
    [
        "review my changes",
        "Please look at my recent changes and tell me what is wrong",
        "what did I change?",
        "what have I just broken",
        "what has changed since the last commit",
        "what's changed here",
        "write a commit message",
        "explain the uncommitted changes",
        "I just renamed the class and now it fails",
        "we recently modified the parser",
        "draft a PR description",
        "summarize the current diff",
        "erkläre meine Änderungen",
        "résume mes modifications",
        "检查我的修改",
    ],
)
def test_messages_that_speak_of_changes(message: str) -> None:
    assert speaks_of_changes(message)


@pytest.mark.parametrize(
    "message",
    [
        "change the colour to blue",
        "make the changes described in SPEC.md",
        "what would change if we dropped Redis?",
        "fix the bug in diff.py",
        "add a changelog",
        "implement the diff command",
        "the price should not change",
        "commit",
        "handle changed files in the watcher",
    ],
)
def test_messages_that_do_not(message: str) -> None:
    assert not speaks_of_changes(message)


DIFF = """\
diff --git a/a.py b/a.py
index 1..2 100644
--- a/a.py
+++ b/a.py
@@ -1 +1 @@
-one
+two
diff --git a/gone.py b/gone.py
deleted file mode 100644
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/old name.txt b/new name.txt
similarity index 100%
rename from old name.txt
rename to new name.txt
diff --git a/logo.png b/logo.png
Binary files a/logo.png and b/logo.png differ
"""


def test_a_diff_is_split_by_file() -> None:
    parts = split_diff(DIFF)
    assert list(parts) == ["a.py", "gone.py", "new name.txt", "logo.png"]
    assert "".join(parts.values()) == DIFF
    assert split_diff("") == {}


CHANGED = [
    Changed("a.py", "modified", "--- a/a.py\n+++ b/a.py\n" + "+line\n" * 20),
    Changed("b.py", "modified", "--- a/b.py\n+++ b/b.py\n" + "+word\n" * 500),
    Changed("c.py", "new, untracked"),
]


@pytest.mark.parametrize(
    ("tokens", "shown", "left_out"),
    [(3000, ["a.py", "b.py"], ""), (400, ["a.py"], "b.py"), (70, [], "a.py, b.py")],
)
def test_whole_diffs_are_shown_as_far_as_there_is_room(tokens: int, shown: list[str], left_out: str) -> None:
    room = Room(tokens, 100_000)
    text = render_changes("main", CHANGED, room)
    assert room.holds(text)
    assert text.startswith("Changed since the last commit (branch main):\n- a.py: modified")
    assert [name for name in ("a.py", "b.py") if f"+++ b/{name}" in text] == shown
    assert (f"(No room for the changes in {left_out};" in text) == bool(left_out)


def test_a_single_diff_that_is_too_long_is_shown_in_part() -> None:
    room = Room(200, 100_000)
    text = render_changes("", CHANGED[1:2], room)
    assert room.holds(text)
    assert "+++ b/b.py" in text
    assert "left out here" in text


def test_nothing_changed() -> None:
    assert (
        render_changes("main", [], Room(100, 1000))
        == "Nothing is changed since the last commit (branch main)."
    )


def test_a_long_list_is_cut() -> None:
    many = [Changed(f"f{number}.py", "modified") for number in range(100)]
    text = render_changes("", many, Room(2000, 100_000))
    assert text.count("- f") == 40
    assert text.endswith("- and 60 more files")
