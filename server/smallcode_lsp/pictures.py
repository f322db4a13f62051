"""Pictures that come with a request: dropped files, and what was pasted.

A dropped file may lie anywhere: it is the user who shows it, not the agent who looks for it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from smallcode.core.images import LARGEST_BYTES, image_of
from smallcode.errors import SmallCodeError
from smallcode.messages import Image

from .uris import to_path

if TYPE_CHECKING:
    from . import wire

DEADLINE = 10.0
"""Seconds for one file; a network drive may not answer."""


async def read_all(given: Sequence[wire.WireImage]) -> list[Image]:
    """Raises SmallCodeError for the first that is no picture, or cannot be read."""
    return [await _read(one, number) for number, one in enumerate(given, start=1)]


async def _read(given: wire.WireImage, number: int) -> Image:
    name = given.name or f"picture {number}"
    if given.data is not None:
        data = _decoded(given.data, name)
    elif (path := to_path(given.uri or "")) is not None:
        name = given.name or Path(path).name
        data = await _of_file(Path(path), name)
    else:
        raise SmallCodeError(f"{name} has neither data nor the URI of a file.", "Send one of the two.")
    image = image_of(name, data)
    if isinstance(image, str):
        raise SmallCodeError(image, "Send it in another form, or leave it out.")
    return image


def _decoded(data: str, name: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise SmallCodeError(
            f"The data of {name} is no base64.", "Send the file's bytes in base64."
        ) from None


async def _of_file(path: Path, name: str) -> bytes:
    try:
        async with asyncio.timeout(DEADLINE):
            return await asyncio.to_thread(_first_bytes, path)
    except TimeoutError:
        raise SmallCodeError(f"{name} cannot be read in time.", "Check the drive.") from None
    except OSError as error:
        raise SmallCodeError(f"{name} cannot be read: {error.strerror}.", "Check the file.") from None


def _first_bytes(path: Path) -> bytes:
    """One more than is allowed, so that a file that is too large is known for one."""
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)
