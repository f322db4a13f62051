"""Pictures, known by their first bytes."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.images import LARGEST_BYTES, Kind, image_of, kind_of, tokens_of
from smallcode.messages import Image


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    b"\xff\xff\xc4\x00\x04ab\xff\xc2\x00\x11\x08\x01\x2c\x02\x80\x03\x01\x11\0\x02\x11\0\x03\x11\0"
)
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 300)
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (639 | 299 << 14).to_bytes(4, "little") + b"\0" * 8
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + (639).to_bytes(3, "little") + (299).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (png(640, 300), "image/png"),
        (JPEG, "image/jpeg"),
        (b"GIF89a" + struct.pack("<HH", 640, 300), "image/gif"),
        (LOSSY, "image/webp"),
        (LOSSLESS, "image/webp"),
        (EXTENDED, "image/webp"),
    ],
)
def test_kinds(data: bytes, mime: str) -> None:
    assert kind_of(data) == Kind(mime, 640, 300)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"<svg>", png(0, 5), png(5, 5)[:20], JPEG[:20], b"\xff\xd8"]
)
def test_anything_else_is_no_picture(data: bytes) -> None:
    assert kind_of(data) is None
    assert image_of("x.png", data) == (
        "x.png is no picture that a model can be shown (PNG, JPEG, GIF or WebP)."
    )


@given(
    st.binary(max_size=80),
    st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP", b"GIF89a"]),
)
def test_any_bytes_are_looked_at(data: bytes, start: bytes) -> None:
    kind = kind_of(start + data)
    assert kind is None or kind.width > 0 < kind.height


@pytest.mark.parametrize(
    ("width", "height", "tokens"), [(10, 10, 576), (1920, 1080, 69 * 39), (8000, 8000, 4096)]
)
def test_tokens(width: int, height: int, tokens: int) -> None:
    assert tokens_of(Kind("image/png", width, height)) == tokens


def test_a_picture_is_encoded_with_what_it_takes() -> None:
    data = png(280, 560)
    assert image_of("a.png", data) == Image("a.png", "image/png", base64.b64encode(data).decode(), 576)
    assert "too large" in str(image_of("a.png", data + b"\0" * LARGEST_BYTES))
