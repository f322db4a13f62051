import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.textcodec import decode, dominant_newline, encode
from smallcode.errors import NotText


@pytest.mark.parametrize(
    ("data", "content", "encoding", "bom", "newline"),
    [
        (b"", "", "utf-8", False, "\n"),
        ("é\n".encode(), "é\n", "utf-8", False, "\n"),
        (codecs.BOM_UTF8 + b"a\r\nb\r\n", "a\r\nb\r\n", "utf-8", True, "\r\n"),
        (codecs.BOM_UTF16_LE + "é\r".encode("utf-16-le"), "é\r", "utf-16-le", True, "\r"),
        (codecs.BOM_UTF16_BE + "😀".encode("utf-16-be"), "😀", "utf-16-be", True, "\n"),
    ],
)
def test_text_is_decoded(data: bytes, content: str, encoding: str, bom: bool, newline: str) -> None:
    text = decode("f", data)
    assert (text.content, text.encoding, text.bom, text.newline) == (content, encoding, bom, newline)
    assert encode("f", content, encoding=encoding, bom=bom) == data


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9",
        b"a\0b",
        b"\x89PNG\r\n\x1a\n\0\0",
        "é".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"a",
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        codecs.BOM_UTF32_LE + "a".encode("utf-32-le"),
        b"\xed\xa0\x80",
    ],
)
def test_what_is_no_text_is_refused_not_guessed(data: bytes) -> None:
    with pytest.raises(NotText, match="f is"):
        decode("f", data)


@given(st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode()))
def test_what_is_decoded_is_encoded_to_the_same_bytes(data: bytes) -> None:
    try:
        text = decode("f", data)
    except NotText:
        return
    assert encode("f", text.content, encoding=text.encoding, bom=text.bom) == data


@pytest.mark.parametrize("content", ["a\0b", "\ud83d"])
def test_a_text_that_could_not_be_read_again_is_not_written(content: str) -> None:
    with pytest.raises(NotText):
        encode("f", content)


@pytest.mark.parametrize(
    ("content", "newline"),
    [("", "\n"), ("a\r\nb\n", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb\rc\r\n", "\r"), ("\r\n", "\r\n")],
)
def test_the_line_end_that_most_lines_have(content: str, newline: str) -> None:
    assert dominant_newline(content) == newline
