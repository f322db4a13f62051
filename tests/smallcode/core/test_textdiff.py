import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.textdiff import apply_edits, minimal_edits, split_lines, unified_diff
from smallcode.messages import TextEdit

# Few different characters, so that equal lines, mixed line ends and half surrogate pairs meet often.
TEXT = st.text(alphabet="ab}\n\r\f\u2028é😀\ud83d\ude00", max_size=60)
LINES = st.lists(st.sampled_from(["a\n", "b\n", "}\n", "\n", "a\r\n", "b\r", "c"]), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\n", ["a\n"]),
        ("a\r\nb\rc\nd", ["a\r\n", "b\r", "c\n", "d"]),
        ("\r\r\n\n", ["\r", "\r\n", "\n"]),
        ("a\fb\u2028c\x85d\n", ["a\fb\u2028c\x85d\n"]),
    ],
)
def test_lines_end_at_newlines_and_carriage_returns_alone(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("same\n", "same\n", ()),
        ("", "new\n", (TextEdit(0, 0, "new\n"),)),
        ("old\n", "", (TextEdit(0, 4, ""),)),
        ("x = 1\n", "x = 2\n", (TextEdit(4, 5, "2"),)),
        ("a\nb\nc\n", "a\nB\nc\n", (TextEdit(2, 3, "B"),)),
        ("a\nb\nc\nd\n", "A\nb\nc\nD\n", (TextEdit(0, 1, "A"), TextEdit(6, 7, "D"))),
        ("a\nb\n", "a\nx\nb\n", (TextEdit(2, 2, "x\n"),)),
        ("a\r\n", "a\n", (TextEdit(1, 3, "\n"),)),
        ("a\n", "a\r\n", (TextEdit(1, 2, "\r\n"),)),
        ("a\rb\nc", "a\r\nc", (TextEdit(1, 4, "\r\n"),)),
        ("\ud83d\ude00", "\ud83d\ude01", (TextEdit(0, 2, "\ud83d\ude01"),)),
        ("no end", "no end\n", (TextEdit(6, 6, "\n"),)),
    ],
)
def test_an_edit_covers_only_what_changed(old: str, new: str, edits: tuple[TextEdit, ...]) -> None:
    assert minimal_edits(old, new) == edits


@given(TEXT | LINES, TEXT | LINES)
def test_the_edits_lead_from_the_old_text_to_the_new(old: str, new: str) -> None:
    edits = minimal_edits(old, new)
    assert apply_edits(old, edits) == new
    for edit in edits:
        for at in (edit.start, edit.end):
            assert old[at - 1 : at + 1] not in {"\r\n", "\ud83d\ude00"} or at == 0


@given(TEXT, TEXT)
def test_no_edit_begins_or_ends_inside_a_line_end_of_the_new_text(old: str, new: str) -> None:
    shift = 0
    for edit in minimal_edits(old, new):
        start = edit.start + shift
        for at in (start, start + len(edit.new)):
            assert new[at - 1 : at + 1] != "\r\n" or at == 0
        shift += len(edit.new) - (edit.end - edit.start)


@pytest.mark.parametrize(
    "edits",
    [
        (TextEdit(0, 9, ""),),
        (TextEdit(2, 1, ""),),
        (TextEdit(1, 3, ""), TextEdit(2, 4, "")),
        (TextEdit(3, 4, ""), TextEdit(0, 1, "")),
        (TextEdit(-1, 0, ""),),
    ],
)
def test_edits_that_do_not_fit_the_text_are_refused(edits: tuple[TextEdit, ...]) -> None:
    with pytest.raises(ValueError):
        apply_edits("12345", edits)


def numbered(count: int) -> list[str]:
    return [f"line {number}\n" for number in range(count)]


@pytest.mark.parametrize(
    ("old", "new", "most"),
    [
        (
            numbered(10_000),
            [line.upper() if i % 2 else line for i, line in enumerate(numbered(10_000))],
            5000,
        ),
        (numbered(10_000), [line.upper() for line in numbered(10_000)], 1),
        (["}\n"] * 10_000, [*["}\n"] * 5000, "x\n", *["}\n"] * 5000], 1),
        ([f"{i % 2}\n" for i in range(10_000)], [f"{i % 3 % 2}\n" for i in range(10_000)], 10_000),
        (numbered(10_000), numbered(10_000)[::-1], 10_000),
        (["x" * 3_000_000], ["x" * 1_500_000 + "y" + "x" * 1_500_000], 1),
    ],
    ids=["every second line", "all lines", "equal lines", "few different lines", "reversed", "one line"],
)
def test_large_texts_take_less_than_a_second(old: list[str], new: list[str], most: int) -> None:
    before, after = "".join(old), "".join(new)
    start = time.perf_counter()
    edits = minimal_edits(before, after)
    assert time.perf_counter() - start < 1
    assert apply_edits(before, edits) == after
    assert len(edits) <= most


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("same", "same", ""),
        (None, "a\n", "--- /dev/null\n+++ b/f.py\n@@ -0,0 +1 @@\n+a\n"),
        ("a\n", None, "--- a/f.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"),
        (
            "a\nb",
            "a\nb\n",
            "--- a/f.py\n+++ b/f.py\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n",
        ),
        (
            "a\r\nb\r\n",
            "a\r\nb\n",
            "--- a/f.py\n+++ b/f.py\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+b\n",
        ),
        ("a\fb\u2028c\n", "x\n", "--- a/f.py\n+++ b/f.py\n@@ -1 +1 @@\n-a\fb\u2028c\n+x\n"),
    ],
)
def test_a_unified_diff(old: str | None, new: str | None, diff: str) -> None:
    assert unified_diff("f.py", old, new) == diff


def test_distant_changes_are_hunks_of_their_own() -> None:
    old = numbered(30)
    new = list(old)
    new[3], new[8], new[25] = "A\n", "B\n", "C\n"
    heads = [line for line in unified_diff("f", "".join(old), "".join(new)).splitlines() if line[:2] == "@@"]
    assert heads == ["@@ -1,12 +1,12 @@", "@@ -23,7 +23,7 @@"]
    assert len(unified_diff("f", "".join(old), "".join(new), context=0).splitlines()) == 2 + 3 * 3


def test_a_path_cannot_forge_lines_of_the_diff() -> None:
    assert unified_diff("a\n+++ b/x", "1\n", "2\n").splitlines()[0] == r"--- a/a\n+++ b/x"


@given(LINES, LINES)
def test_a_diff_read_back_gives_both_texts(old: str, new: str) -> None:
    lines = split_lines(unified_diff("f", old, new, context=1000))[3:]
    texts = {" -": "", " +": ""}
    for index, line in enumerate(lines):
        if line.startswith("\\"):
            continue
        body = line[1:]
        if index + 1 < len(lines) and lines[index + 1].startswith("\\"):
            body = body.removesuffix("\n")
        for marks in texts:
            if line[0] in marks:
                texts[marks] += body
    assert (texts[" -"], texts[" +"]) == (old, new) or old == new
