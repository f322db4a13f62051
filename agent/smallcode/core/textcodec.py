"""Between a file's bytes and its text, without loss: what is decoded here is encoded to the same bytes."""

from __future__ import annotations

import codecs

from ..errors import NotText
from ..messages import Text

# UTF-16 is taken only with its byte order mark: without one it cannot be told from other encodings.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_OF = {encoding: mark for mark, encoding in _MARKS}


def decode(path: str, data: bytes) -> Text:
    """The text of a file, its ``version`` "disk:" and the digest.

    Raises NotText for bytes that are not UTF-8 (with or without byte order mark) or marked UTF-16, and for
    a text with NUL characters: it is never guessed.
    """
    mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    try:
        content = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            path,
            f"{path} is not UTF-8 (byte {error.start + len(mark)}).",
            "Convert it to UTF-8, or work on it with a shell command.",
        ) from error
    if "\0" in content:
        raise NotText(path, f"{path} is a binary file.", "Look at it with a shell command.")
    text = Text(path, content, "", dominant_newline(content), bool(mark), encoding)
    return Text(path, content, f"disk:{text.digest}", text.newline, text.bom, encoding)


def encode(path: str, content: str, *, encoding: str = "utf-8", bom: bool = False) -> bytes:
    """The bytes of a file. Raises NotText for a text that could not be read again."""
    if "\0" in content:
        raise NotText(path, f"The text for {path} holds a NUL character.", "Write it without.")
    try:
        return (_MARK_OF[encoding] if bom else b"") + content.encode(encoding)
    except UnicodeEncodeError as error:
        raise NotText(
            path,
            f"The text for {path} holds half a character at offset {error.start}.",
            "Write it without.",
        ) from error


def dominant_newline(content: str) -> str:
    """The line end that most lines have; ``\\n`` for a text without any, and in a draw."""
    crlf = content.count("\r\n")
    counts = {"\n": content.count("\n") - crlf, "\r\n": crlf, "\r": content.count("\r") - crlf}
    return max(counts, key=lambda end: counts[end])
