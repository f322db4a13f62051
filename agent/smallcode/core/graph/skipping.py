"""Files that the code graph leaves out: those that no person wrote or can read."""

from __future__ import annotations

import re

LARGEST = 1_000_000
"""Characters. A file of code that is longer is data, or generated."""

LONGEST_LINE = 20_000
MEAN_LINE = 500
"""Characters. Of 2,800 hand-written files none comes near; minified scripts are beyond both."""

_HEAD = 2_000
_SMALL = 5_000
_GENERATED = re.compile(
    r"^.*(?:@generated\b|\bCode generated\b.*\bDO NOT EDIT\b|\b(?:automatically|auto-?)\s?generated\b.*"
    r"\b(?:do not|don't) (?:edit|modify)\b)",
    re.MULTILINE | re.IGNORECASE,
)


def why_skipped(content: str) -> str:
    """The reason, as a phrase to show; "" for a file to read."""
    if len(content) > LARGEST:
        return f"it has more than {LARGEST:,} characters"
    if "\0" in content:
        return "it is binary"
    if len(content) > _SMALL and _minified(content):
        return "it is minified"
    return "it is generated" if _GENERATED.search(content[:_HEAD]) else ""


def _minified(content: str) -> bool:
    lines = content.count("\n") + 1
    return len(content) / lines > MEAN_LINE or max(map(len, content.split("\n"))) > LONGEST_LINE
