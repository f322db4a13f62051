"""Texts that a model sends whole, read as they were meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..core import escapes
from ..messages import Text
from .base import ToolContext


@dataclass(frozen=True, slots=True)
class Meant:
    """``note`` is for the end of what is told of the change; "" where the text was taken as it is."""

    content: str
    note: str = ""


async def meant(
    context: ToolContext,
    path: str,
    base: Text | None,
    content: str,
    put: Callable[[str], str] = lambda content: content,
) -> Meant:
    """``content`` without escapes too many, where there is no doubt of it.

    ``put`` gives the text of the whole file with it, ``base`` is the file before. A reading that would break
    the file is none; where the text does not itself leave no doubt, what settles it is that the file is
    broken without that reading.
    """
    read = None if escapes.FEATURE in context.settings.disable else escapes.through(content)
    if read is None or await _breaks(context, path, base, put(read)):
        return Meant(content)
    if escapes.unescaped(content) is None and not await _breaks(context, path, base, put(content)):
        return Meant(content)
    return Meant(read, " (content was escaped twice)")


async def _breaks(context: ToolContext, path: str, base: Text | None, whole: str) -> bool:
    """Whether the file would have errors that it has not now."""
    if context.validator is None:
        return False
    after = Text(path, whole, "") if base is None else replace(base, content=whole)
    return bool(await context.validator.new_problems(base, after))
