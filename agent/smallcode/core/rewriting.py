"""Whether a file is better written whole than patched.

Whole files suit models that cannot copy exactly: Qwen2.5-Coder-32B formed 99.6 % of whole files well and
71.6 % of its diffs (Aider's leaderboard of edit formats). They cost an answer as long as the file, and lose
what the model does not write back, so that it stays a matter of small files.
"""

from __future__ import annotations

from typing import Literal

from .profile import Profile

Way = Literal["rewrite", "patch"]

SMALL_FILE_LINES = 120
"""At ten tokens a line, what fits the answer of an 8k window with room to spare."""

MISSES_BEFORE_REWRITE = 2


def rewrite_or_patch(lines: int, profile: Profile, misses: int = 0) -> Way:
    """The way to change a file of ``lines`` lines, ``misses`` patches of which have not found their place."""
    if lines <= profile.whole_file_lines:
        return "rewrite"
    return "rewrite" if misses >= MISSES_BEFORE_REWRITE and lines <= SMALL_FILE_LINES else "patch"


def preference(profile: Profile) -> str:
    """What the system prompt says to models that rather rewrite, "" for the others."""
    if profile.whole_file_lines <= 0:
        return ""
    return (
        f"A file of at most {profile.whole_file_lines} lines you change with write_file: read it, then write "
        "all of it."
    )


def rewrite_hint(path: str, lines: int, misses: int) -> str:
    """What a miss says where writing the whole file is the better way."""
    return (
        f"That was miss {misses} in {path}, which has only {lines} lines: read it, then write all of it with "
        "write_file, every line, none left out."
    )
