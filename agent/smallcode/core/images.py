"""Pictures that are shown to a model: of which kind, how large, and what they take of a prompt."""

from __future__ import annotations

import base64
import math
import struct
from dataclasses import dataclass

from ..messages import Image

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")

LARGEST_BYTES = 8 * 1024 * 1024

# Qwen2-VL and those after it merge 28 by 28 pixels into one token (arXiv 2409.12191, section 2.1); other
# families take a fixed number for a picture of any size: 256 (Gemma 3) to 576 (LLaVA 1.5). The larger
# estimate is the safe one, and servers scale down what would take more than some thousand tokens.
PIXELS_PER_TOKEN = 28
FEWEST_TOKENS = 576
MOST_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """Sizes in pixels."""

    mime: str
    width: int
    height: int


def kind_of(data: bytes) -> Kind | None:
    """By the first bytes; None for what is none of the kinds that models take."""
    for read in (_png, _gif, _webp, _jpeg):
        kind = read(data)
        if kind is not None and kind.width > 0 and kind.height > 0:
            return kind
    return None


def tokens_of(kind: Kind) -> int:
    """An estimate that is rather too high."""
    squares = math.ceil(kind.width / PIXELS_PER_TOKEN) * math.ceil(kind.height / PIXELS_PER_TOKEN)
    return min(max(squares, FEWEST_TOKENS), MOST_TOKENS)


def image_of(name: str, data: bytes) -> Image | str:
    """The picture, encoded, or why it cannot be shown, as a sentence."""
    if len(data) > LARGEST_BYTES:
        size = len(data) / 1024 / 1024
        return f"{name} is too large to be shown ({size:.1f} MB, {LARGEST_BYTES // 1024 // 1024} at most)."
    kind = kind_of(data)
    if kind is None:
        return f"{name} is no picture that a model can be shown (PNG, JPEG, GIF or WebP)."
    return Image(name, kind.mime, base64.b64encode(data).decode("ascii"), tokens_of(kind))


def _png(data: bytes) -> Kind | None:
    """PNG (RFC 2083): eight bytes of signature, then the chunk IHDR."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return Kind("image/png", width, height)


def _gif(data: bytes) -> Kind | None:
    """GIF87a and GIF89a: the logical screen's size follows the signature."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return Kind("image/gif", width, height)


def _webp(data: bytes) -> Kind | None:
    """WebP in RIFF (RFC 9649): lossy, lossless and extended files each have their size elsewhere."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    form = data[12:16]
    if form == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (value & 0x3FFF for value in struct.unpack("<HH", data[26:30]))
    return Kind("image/webp", width, height)


# JPEG (ITU-T T.81): markers of a frame's header, which has the size, and those without a length.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def _jpeg(data: bytes) -> Kind | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return Kind("image/jpeg", width, height)
        if marker == 0xFF:
            place += 1
        elif marker in _ALONE:
            place += 2
        else:
            place += 2 + max(int.from_bytes(data[place + 2 : place + 4], "big"), 2)
    return None
