"""Several replacements at once: all or none, whatever their order."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.patch import Miss, Patched, apply_patch, apply_patches
from smallcode.core.textdiff import apply_edits

CODE = "def a():\n    return 1\n\n\ndef b():\n    return 2\n\n\ndef c():\n    return 3\n"
PAIRS = [("return 1\n", "return 10\n"), ("return 2\n", "return 20\n"), ("def c", "def d")]
AFTER = CODE.replace("1\n", "10\n").replace("2\n", "20\n").replace("def c", "def d")


@pytest.mark.parametrize("pairs", list(permutations(PAIRS)))
def test_their_order_does_not_matter(pairs: tuple[tuple[str, str], ...]) -> None:
    result = apply_patches(CODE, pairs)
    assert isinstance(result, Patched)
    assert (result.text, result.how) == (AFTER, "exact")
    assert apply_edits(CODE, result.edits) == AFTER
    assert [edit.start for edit in result.edits] == sorted(edit.start for edit in result.edits)


@pytest.mark.parametrize(
    ("text", "pairs", "after", "how"),
    [
        ("a = 1\n", [("a = 1\n", "a = 2\n")], "a = 2\n", "exact"),
        ("a = 1\nb = 2\n", [("a = 1\n", "a = 3\n")] * 2, "a = 3\nb = 2\n", "exact"),
        (
            "a = 1\r\nb = 2  \r\n",
            [("a = 1\n", "a = 3\n"), ("b = 2\n", "b\n")],
            "a = 3\r\nb  \r\n",
            "line endings, trailing white space",
        ),
        # Both have the line between them as context.
        (
            "a = 1\nb = 2\nc = 3\n",
            [("a = 1\nb = 2\n", "A = 1\nb = 2\n"), ("b = 2\nc = 3\n", "b = 2\nC = 3\n")],
            "A = 1\nb = 2\nC = 3\n",
            "exact",
        ),
        # The second one is about what the first one makes.
        ("a = 1\n", [("a = 1\n", "b = 1\nc = 2\n"), ("c = 2\n", "c = 3\n")], "b = 1\nc = 3\n", "exact"),
        # One of them is there already.
        ("first = 10\nb\n", [("first = 1\n", "first = 10\n"), ("b\n", "c\n")], "first = 10\nc\n", "exact"),
    ],
)
def test_what_fits_together(text: str, pairs: list[tuple[str, str]], after: str, how: str) -> None:
    result = apply_patches(text, pairs)
    assert isinstance(result, Patched), result
    assert (result.text, result.how) == (after, how)
    assert apply_edits(text, result.edits) == after


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([], "no edit"),
        ([PAIRS[0], ("return 9\n", "return 90\n")], "Edit 2 of 2"),
        ([("    return", "    yield"), PAIRS[0]], "Edit 1 of 2"),
        ([PAIRS[0], ("", "x")], "Edit 2 of 2"),
        ([PAIRS[0], ("return 1\n", "return 11\n")], "two edits change line 2"),
        ([("def a", "def x"), ("a():", "y():")], "two edits change line 1"),
        # What the first one makes is no place for a lenient match.
        (
            [("    return 1\n", "    yield 4 \n    stop()\n"), ("    yield 4\n    stop()\n", "")],
            "Edit 2 of 2",
        ),
        # Two are about the same text, which a third one writes once more.
        (
            [("return 1\n", "return 2\n"), ("return 2\n", "return 5\n"), ("return 2\n", "return 6\n")],
            "two edits",
        ),
    ],
)
def test_all_or_none(pairs: list[tuple[str, str]], told: str) -> None:
    miss = apply_patches(CODE, pairs)
    assert isinstance(miss, Miss)
    assert told in miss.reason
    assert not miss.already


def test_all_of_them_are_there_already() -> None:
    miss = apply_patches(
        AFTER, [("    return 1\n", "    return 10\n"), ("    return 2\n", "    return 20\n")]
    )
    assert isinstance(miss, Miss)
    assert miss.already


LINES = st.lists(
    st.sampled_from([f"name_{i} = {i}\n" for i in range(8)]), min_size=3, max_size=8, unique=True
)


@given(LINES, st.data())
def test_several_are_as_one_after_the_other(lines: list[str], data: st.DataObject) -> None:
    text = "".join(lines)
    chosen = data.draw(st.lists(st.sampled_from(lines), min_size=1, unique=True))
    pairs = [(line, line.replace("name", "other")) for line in chosen]
    at_once = apply_patches(text, pairs)
    assert isinstance(at_once, Patched)
    for old, new in pairs:
        step = apply_patch(text, old, new)
        assert isinstance(step, Patched)
        text = step.text
    assert at_once.text == text
