import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.line_ends import PlainText, to_lf
from smallcode.core.textdiff import apply_edits

TEXTS = st.lists(st.sampled_from(["a", "b", " ", "\n", "\r", "\r\n", "\f", "\u2028", "😀"]), max_size=30).map(
    "".join
)


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("ab", [0, 1, 2]),
        ("a\nb", [0, 1, 2, 3]),
        ("a\r\nb", [0, 1, 3, 4]),
        ("\r\n\r\n", [0, 2, 4]),
        ("a\rb\r\n", [0, 1, 2, 3, 5]),
    ],
)
def test_offsets_lead_back_to_the_text(text: str, offsets: list[int]) -> None:
    file = PlainText(text)
    assert [file.offset(at) for at in range(len(file.plain) + 1)] == offsets


@pytest.mark.parametrize(
    ("text", "span", "new", "after"),
    [
        ("a\r\nb\r\n", (2, 3), "x\ny", "a\r\nx\r\ny\r\n"),
        ("a\r\nb\nc\n", (0, 5), "a\nnew\nb\nc", "a\r\nnew\r\nb\nc\n"),
        ("a\nb\r\nc\r\n", (0, 1), "a\na2", "a\na2\nb\r\nc\r\n"),
        ("a\rb\r", (2, 3), "x\ny", "a\rx\ry\r"),
        ("a\r\nb\r\nc\r\n", (0, 5), "a\nb2\nc", "a\r\nb2\r\nc\r\n"),
        ("a\r\nb\r\n", (0, 4), "", ""),
        ("print('x')\n", (7, 8), "\r", "print('\r')\n"),
    ],
)
def test_new_lines_take_the_ends_of_their_place(
    text: str, span: tuple[int, int], new: str, after: str
) -> None:
    assert apply_edits(text, PlainText(text).replace(*span, new)) == after


def test_a_text_without_line_ends_takes_the_given_one() -> None:
    assert apply_edits("a", PlainText("a", "\r\n").replace(1, 1, "\nb\n")) == "a\r\nb\r\n"


@given(TEXTS, TEXTS.filter(lambda text: "\r" not in text), st.data())
def test_replacing_is_the_same_in_plain_text_and_keeps_the_rest(
    text: str, new: str, data: st.DataObject
) -> None:
    file = PlainText(text)
    start = data.draw(st.integers(0, len(file.plain)))
    end = data.draw(st.integers(start, len(file.plain)))
    after = apply_edits(text, file.replace(start, end, new))
    assert after.startswith(text[: file.offset(start)])
    assert after.endswith(text[file.offset(end) :])
    # A lone carriage return next to the place may meet a new line feed; everything else is as in plain text.
    if "\r" not in text.replace("\r\n", ""):
        assert to_lf(after) == file.plain[:start] + new + file.plain[end:]
