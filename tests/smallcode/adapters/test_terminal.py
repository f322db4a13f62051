import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.terminal import CappedOutput, plain_text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"plain\ttext\n", "plain\ttext\n"),
        (b"\x1b[1;31mred\x1b[0m \x1b[38;5;196mrot\x1b[m", "red rot"),
        (b"\x1b]0;title\x07after", "after"),
        (b"\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"),
        (b"\x1b]never ended\nnext", "\nnext"),
        (b"\x1bP1$q\x1b\\x\x1b(B\x1b7\x1b=y", "xy"),
        (b"cut \x1b[", "cut "),
        (b"10%\r50%\r100%\ndone\r\n", "100%\ndone\n"),
        (b"kept\r\r\nnext", "kept\nnext"),
        (b"N\bNA\bAM\bME\bE", "NAME"),
        (b"bell\x07 nul\0 del\x7f", "bell nul\ufffd del"),
        (b"\xff\xfe caf\xc3\xa9 \xc3", "\ufffd\ufffd café \ufffd"),
        ("\x9b31m é\u2028".encode(), "31m é\u2028"),
    ],
)
def test_plain_text(raw: bytes, expected: str) -> None:
    assert plain_text(raw) == expected


@given(st.binary(max_size=2000))
def test_any_bytes_become_text_without_control_characters(raw: bytes) -> None:
    text = plain_text(raw)

    assert all(character in "\t\n" or ord(character) >= 0x20 for character in text)
    assert "\x7f" not in text


@pytest.mark.parametrize("unit", [b"\x1b[", b"\x1b]", b"x", b"\r", b"\b", b"\x1bP;"])
def test_the_time_is_linear(unit: bytes) -> None:
    begun = time.perf_counter()
    plain_text(unit * 200_000)
    assert time.perf_counter() - begun < 1


def test_only_the_ends_are_kept() -> None:
    output = CappedOutput(1000)
    for number in range(100_000):
        output.feed(b"line %d\n" % number)

    text = output.text()

    assert text.startswith("line 0\nline 1\n")
    assert text.endswith("line 99998\nline 99999\n")
    assert "characters are left out here" in text
    assert len(text) <= 1000


@given(st.lists(st.binary(max_size=300), max_size=40), st.integers(min_value=100, max_value=400))
def test_the_pieces_in_which_it_comes_do_not_matter(chunks: list[bytes], limit: int) -> None:
    pieces, whole = CappedOutput(limit), CappedOutput(limit)
    for chunk in chunks:
        pieces.feed(chunk)
    whole.feed(b"".join(chunks))

    assert pieces.text() == whole.text()
    assert len(pieces.text()) <= limit
