import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.line_ends import to_lf
from smallcode.core.patch import Miss, Patched, apply_patch
from smallcode.core.patch.nearest import MOST_SHOWN_CHARS, MOST_SHOWN_LINES
from smallcode.core.textdiff import apply_edits
from smallcode.messages import TextEdit

TWO = "def a():\n    return 1\n\ndef b():\n    return 1\n"
LARGE = "".join(f"def function_{i}(a, b):\n    return compute_{i}(a) + b * {i}\n\n" for i in range(3400))


@pytest.mark.parametrize(
    ("text", "old", "new", "after", "how"),
    [
        ("a\nb\nc\n", "b", "x", "a\nx\nc\n", "exact"),
        ("a\nb\nc\n", "b\n", "", "a\nc\n", "exact"),
        ("a", "a", "", "", "exact"),
        ("no end", "end", "end\n", "no end\n", "exact"),
        ("x = 1\nfoo = bar", "foo = bar\n", "b\n", "x = 1\nb", "line break at the end"),
        ("x = 1\nfoo = bar\n", "x = 1\n", "x = 2", "x = 2\nfoo = bar\n", "line break at the end"),
        ("x = 1\n", "x = 1\n", "x = 2", "x = 2\n", "line break at the end"),
        ("x = f(1)\n", "f(1)", r"f('$&', '\1', '\\n')", "x = f('$&', '\\1', '\\\\n')\n", "exact"),
        ("a.b*c\n", "a.b*c", "x", "x\n", "exact"),
        ("naïve 😀\n", "😀", "é", "naïve é\n", "exact"),
        ("a\u2028b\fc\n", "b\fc", "d", "a\u2028d\n", "exact"),
        ("a\r\nb\r\n", "a\r\nb", "a\r\nc", "a\r\nc\r\n", "exact"),
        ("a\r\nb\r\n", "b", "b\nc", "a\r\nb\r\nc\r\n", "exact"),
        ("a\r\nb\r\nc\r\n", "a\nb", "a\nx\nb", "a\r\nx\r\nb\r\nc\r\n", "line endings"),
        ("a\nb\nc\n", "a\r\nb", "a\r\nx\r\nb", "a\nx\nb\nc\n", "line endings"),
        ("a\rb\rc\r", "a\nb", "a\nx\nb", "a\rx\rb\rc\r", "line endings"),
        ("a\r\nb\nc\r\nd\n", "b\nc\nd", "b\nC\nd", "a\r\nb\nC\r\nd\n", "line endings"),
        ("a\r\nb\nc\r\n", "a\nb\nc", "a\nb\nnew\nc", "a\r\nb\nnew\nc\r\n", "line endings"),
    ],
)
def test_a_unique_place_is_replaced(text: str, old: str, new: str, after: str, how: str) -> None:
    result = apply_patch(text, old, new)
    assert isinstance(result, Patched)
    assert (result.text, result.how) == (after, how)
    assert apply_edits(text, result.edits) == after


def test_edits_are_minimal() -> None:
    result = apply_patch(
        "def f(a):\r\n    return a + 1\r\n", "def f(a):\n    return a + 1", "def f(a):\n    return a + 2"
    )
    assert isinstance(result, Patched)
    assert result.edits == (TextEdit(26, 27, "2"),)


@pytest.mark.parametrize(
    ("text", "old", "new", "told"),
    [
        ("a\n", "", "b", "old_str is empty"),
        ("a\n", "a", "a", "the same"),
        ("a\r\nb", "a\r\nb", "a\nb", "the same"),
        ("a\n", "zzz", "b", "nothing in it is similar"),
        ("", "foo bar", "b", "nothing in it is similar"),
        (" \n", " ", "b", "with write_file"),
        ("a\n", " \n", "b", "nothing but white space"),
        ("    return total\n", "\treturn total\n", "b", "but for white space"),
        ("    return total;\n", "    return Total;\n", "b", "line 1 in case"),
        ("x = foo(a,b)\n", "x = foo(a, b)\n", "b", "line 1 in white space"),
        ("a\nb\nc\n", "a\n...\nc\n", "a\nx\n", "Do not leave lines out"),
        (
            "def f():\n    return totals\n",
            "def f():\n    return total[0]",
            "b",
            "`return totals`; old_str has `return total[0]`",
        ),
    ],
)
def test_a_miss_says_why(text: str, old: str, new: str, told: str) -> None:
    miss = apply_patch(text, old, new)
    assert isinstance(miss, Miss)
    assert told in miss.reason
    assert not miss.already


def test_copies_are_listed_with_what_tells_them_apart() -> None:
    miss = apply_patch(TWO, "    return 1\n", "    return 2\n")
    assert isinstance(miss, Miss)
    assert miss.ambiguous_at == (2, 5)
    assert "2 times" in miss.reason
    assert "line 2, after `def a():`" in miss.reason
    assert "line 5, after `def b():`" in miss.reason


@pytest.mark.parametrize(
    ("text", "old", "lines"),
    [
        ("aaa\n", "aa", (1, 1)),
        ("x(1)\nx(2)\n", "x(", (1, 2)),
        # To who reads with plain line ends these two are the same text.
        ("a\nb\n--\na\r\nb\r\n", "a\nb", (1, 4)),
        ("a\nb\n--\na\r\nb\r\n", "a\r\nb", (1, 4)),
    ],
)
def test_no_copy_is_preferred(text: str, old: str, lines: tuple[int, ...]) -> None:
    miss = apply_patch(text, old, "y")
    assert isinstance(miss, Miss)
    assert miss.ambiguous_at == lines


def test_many_copies_are_not_all_listed() -> None:
    miss = apply_patch("a\n" * 10_000, "a", "b")
    assert isinstance(miss, Miss)
    assert "at least 50 times" in miss.reason
    assert len(miss.reason) < 500


@pytest.mark.parametrize(
    ("text", "old", "new", "already"),
    [
        ("def f():\n    return total\n", "    return totals\n", "    return total\n", True),
        ("def f():\r\n    return total\r\n", "    return totals\n", "    return total\n", True),
        ("def f():\n    return total\n", "return totals", "return total", True),
        # Part of a longer line, twice, or too short to be more than an accident.
        ("def f():\n    return total + 1\n", "return totals", "return total", False),
        ("return total\nreturn total\n", "return totals", "return total", False),
        ("}\n", "foo\n", "}\n", False),
        ("a\n", "foo\n", "", False),
    ],
)
def test_a_change_that_is_there_already(text: str, old: str, new: str, already: bool) -> None:
    miss = apply_patch(text, old, new)
    assert isinstance(miss, Miss)
    assert miss.already is already


@pytest.mark.parametrize(
    ("old", "line"),
    [
        ("    retrun compute_1700(a) + b * 1700\n", 5102),
        ("def function_1700(a, b):\n  return compute_1700(a) + b * 1701\n", 5102),
        ("def functin_12(a, b):", 37),
        ("def function_7(a, b):\n    # a line that was never there\n    return compute_7(a) + b * 7\n", 23),
    ],
)
def test_the_nearest_place_can_be_copied(old: str, line: int) -> None:
    miss = apply_patch(LARGE, old, "x")
    assert isinstance(miss, Miss)
    assert f"Line {line} of the file" in miss.reason
    assert LARGE.count(miss.nearest) == 1
    assert LARGE.splitlines()[line - 1] in miss.nearest
    retried = apply_patch(LARGE, miss.nearest, "x")
    assert isinstance(retried, Patched)


def test_the_nearest_place_of_a_crlf_file_can_be_copied() -> None:
    text = "one = 1\r\ntwo = 22\r\nthree = 3\r\n"
    miss = apply_patch(text, "one = 1\ntwo = 23\n", "x")
    assert isinstance(miss, Miss)
    assert miss.nearest == "one = 1\ntwo = 22\nthree = 3"
    assert isinstance(apply_patch(text, miss.nearest, "x"), Patched)


@pytest.mark.parametrize(
    ("text", "old"),
    [
        (LARGE, "zzz yyy\n" * 13_000),
        (LARGE, "q" * 100_000),
        (LARGE, "return a " * 11_000),
        (LARGE, LARGE[:90_000] + "x" + LARGE[90_000:100_000]),
        ("r " * 500_000, "q" * 100_000),
        ("word " * 200_000, "word x"),
        ("a\n" * 10_000, "a b\n" * 25_000),
        ("\n" * 100_000, "  \n" * 30_000),
    ],
)
def test_a_miss_is_bounded_in_size(text: str, old: str) -> None:
    miss = apply_patch(text, old, "x")
    assert isinstance(miss, Miss)
    assert miss.nearest.count("\n") < MOST_SHOWN_LINES
    assert len(miss.nearest) <= MOST_SHOWN_CHARS
    assert len(miss.reason) < 700


PIECES = st.lists(
    st.sampled_from(["a", "b", "foo", " ", "\n", "\r\n", "\r", "\t", "(", "é", "😀"]), max_size=20
)


@given(PIECES.map("".join), PIECES.map("".join), PIECES.map("".join))
def test_any_texts(text: str, old: str, new: str) -> None:
    result = apply_patch(text, old, new)
    if isinstance(result, Miss):
        assert result.reason
        assert len(result.ambiguous_at) != 1
        return
    assert apply_edits(text, result.edits) == result.text != text
    # A return before a pair is dropped with it: no text means that.
    if result.how == "exact" and "\r\r\n" not in new:
        assert text.count(old) == 1
        assert to_lf(result.text) == to_lf(to_lf(text).replace(to_lf(old), new))


@given(PIECES.map("".join), PIECES.map("".join), PIECES.map("".join), PIECES.map("".join))
def test_a_change_can_be_taken_back(head: str, old: str, new: str, tail: str) -> None:
    there = apply_patch(head + old + tail, old, new)
    if not isinstance(there, Patched) or there.how != "exact" or "\r" in head + old + new + tail:
        return
    assert there.text == head + new + tail
    back = apply_patch(there.text, new, old)
    assert isinstance(back, Miss) or back.how != "exact" or back.text == head + old + tail


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("import a\nimport b\nx = 1\n", "import_a\nimport b\n", "import a\n"),
        (
            "def keep():\n    pass\n\n\ndef gone():\n    pass\n",
            "def keep():\n  pass!\n\n\ndef gone():\n    pass\n",
            "def keep():\n    pass\n",
        ),
    ],
)
def test_what_was_to_be_deleted_and_still_stands_there_is_not_done_already(
    text: str, old: str, new: str
) -> None:
    miss = apply_patch(text, old, new)
    assert isinstance(miss, Miss) and not miss.already and miss.nearest


@pytest.mark.parametrize(
    ("old", "shown"),
    [
        ('"1;A;19 %;10,00x', True),
        ('x"1;A;19 %;10,00', True),
        ("nothing alike at all", False),
        ("line", False),
    ],
)
def test_a_part_of_a_long_line_is_found_by_its_beginning_or_end(old: str, shown: bool) -> None:
    line = f'    self.check(export([(1, "A", 1190)], {"z" * 200}).endswith("1;A;19 %;10,00;1"))'
    miss = apply_patch(f"import unittest\n\n\ndef test(self):\n{line}\n", old, "new")
    assert isinstance(miss, Miss)
    assert (line in miss.nearest) is shown
