"""A reply that goes round in circles is noticed at the third time, wherever the pieces are cut; what may
repeat is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.reply import Repetition


def kept(text: str, size: int = 7) -> str | None:
    """What is left of the text, None where nothing repeats."""
    seen = Repetition()
    for start in range(0, len(text), size):
        if seen.feed(text[start : start + size]):
            return text[: seen.keep]
    return None


AGAIN = "Wait, let me think again. "
CYCLE = "I check the file. Then I check the test. "
LOG = "ERROR could not connect to the server\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hmm, I see. " + AGAIN * 9, "Hmm, I see. " + AGAIN.strip()),
        ("One thing first. " + CYCLE * 9, "One thing first. " + CYCLE.strip()),
        (("The file is fine!\n\n") * 9, "The file is fine!"),
        ("So. " + "tick tock " * 60, "So. tick tock"),
        ("让我再想想。" * 9, "让我再想想。"),
        ("我看看" * 200, "我看看"),
        ("abcabc" * 200, "abc"),
        (LOG * 20, LOG.strip()),
        ("I see:\n```\n" + "x = 1\n" * 2000, "I see:\n```\nx = 1"),
        ("| a | b |\n" * 2000, "| a | b |"),
        ("0, " * 4000, "0,"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_circles(text: str, wanted: str, size: int) -> None:
    assert (kept(text, size) or "").rstrip() == wanted


def test_the_third_time_is_enough() -> None:
    assert kept(AGAIN * 2 + "Good. ") is None
    assert kept(AGAIN * 3 + "Good. ") is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No. No. No. I mean it.",
        "Row, row, row your boat, gently down the stream.",
        "Very very very very good.",
        "```py\n" + "    assert total([]) == 0\n" * 20 + "```\n",
        "```css\n" + "a {\n  color: red;\n}\n" * 12 + "```\n",
        "```\n" + "0 0 0 0 0 0 0 0\n" * 60 + "```\n",
        "| name | value |\n|---|---|\n" + "| a | 0 |\n" * 30,
        "- Updated the import.\n" * 6,
        LOG * 4,
        "-" * 2000,
        "=" * 79 + "\n" + "=" * 79 + "\n" + "=" * 79 + "\n",
        "\n" * 500,
        "1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3",
        "}\n" * 50,
        "It reads a.py. It reads b.py. It reads c.py. It reads d.py.",
        "The first is fine. The second is not. The first is fine. The third is fine.",
        "AAAABBBB" * 20,
        " ".join(str(number) for number in range(3000)),
    ],
)
def test_what_may_repeat(text: str) -> None:
    assert kept(f"{text}\nThat is all.\n") is None


@given(st.text(max_size=300), st.integers(1, 9))
def test_pieces_do_not_matter(text: str, size: int) -> None:
    assert kept(text, size) == kept(text, max(len(text), 1))


@given(st.text(max_size=60), st.integers(3, 6))
def test_what_is_kept_is_a_beginning(text: str, copies: int) -> None:
    whole = f"{text}. " * copies
    found = kept(whole)
    assert found is None or whole.startswith(found)


def test_a_stopped_one_stays_stopped() -> None:
    seen = Repetition()
    assert seen.feed(AGAIN * 5)
    keep = seen.keep
    assert seen.feed("Something else. ") and seen.keep == keep
