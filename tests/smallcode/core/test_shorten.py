import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.shorten import join_ends, shorten

TEXTS = st.text(alphabet="ab\n…😀", max_size=3000)


def test_the_ends_stay_and_the_cut_is_named() -> None:
    text = "\n".join(f"line {number}" for number in range(1000))

    short = shorten(text, 500)

    lines = short.splitlines()
    assert lines[0] == "line 0"
    assert lines[-1] == "line 999"
    (mark,) = [line for line in lines if line.startswith("[...")]
    assert set(lines) - {mark} <= set(text.splitlines()), "the cut falls on line ends"
    left_out = len(text) - (len(short) - len(mark) - 1)
    assert mark == f"[... about {left_out:,} characters are left out here ...]"


def test_one_long_line_is_cut_anyway() -> None:
    short = shorten("<" + "x" * 100_000 + ">", 500)

    assert short.startswith("<xxx")
    assert short.endswith("xxx>")
    assert 480 < len(short) <= 500


@pytest.mark.parametrize(
    ("head", "tail", "hidden", "expected"),
    [
        ("a\n", "b\n", 1000, "a\n[... about 1,000 characters are left out here ...]\nb\n"),
        ("a", "b", 7, "a\n[... about 7 characters are left out here ...]\nb"),
    ],
)
def test_what_was_dropped_before_is_counted(head: str, tail: str, hidden: int, expected: str) -> None:
    assert join_ends(head, tail, hidden, 200) == expected


@given(TEXTS, st.integers(min_value=0, max_value=1500))
def test_never_longer_than_allowed_and_whole_when_it_fits(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit or short == text
    assert (short == text) == (len(text) <= limit)


@given(TEXTS, TEXTS, st.integers(min_value=1, max_value=10**9), st.integers(min_value=100, max_value=1500))
def test_joined_ends_fit(head: str, tail: str, hidden: int, limit: int) -> None:
    joined = join_ends(head, tail, hidden, limit)

    assert len(joined) <= limit
    before, _, after = joined.partition("[... about ")
    assert head.startswith(before.removesuffix("\n"))
    assert tail.endswith(after.partition("...]\n")[2])
