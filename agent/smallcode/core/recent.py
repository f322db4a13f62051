"""Whether a message speaks of recent changes, and what was changed, as far as there is room for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .room import Room
from .shorten import shorten_to

FEATURE = "recent changes"
"""The name under which it can be switched off."""

MOST_FILES = 40
"""Lines of the list of changed files."""

_MINE = (
    r"(?:(?:my|our|the|these|those|all|recent|latest|last|current|uncommitted|unstaged|staged|local"
    r"|pending)\s+)"
)
_SPEAKS = re.compile(
    r"\b(?:review|explain|summari[sz]e|describe|check|look at|go over|see|show me|revert|undo|commit|stage)"
    rf"\s+{_MINE}{{1,3}}(?:changes|diff|edits|modifications|work)\b"
    r"|\b(?:recent|latest|uncommitted|unstaged|staged|pending|unsaved) (?:changes|edits|modifications|work)\b"
    r"|\bwhat (?:did|have) (?:i|we|you) (?:just |recently )?(?:change|edit|modif|touch|break|broke|do)\w*\b"
    r"|\bwhat(?:'s| is| has| was)? (?:been )?(?:changed|modified|different)\b"
    r"|\b(?:i|we) (?:have )?(?:just |recently )(?:changed|edited|modified|touched|renamed|refactored)\b"
    r"|\bsince (?:the|my|our) last commit\b|\bcommit message\b|\bgit (?:diff|status)\b"
    r"|\b(?:pull request|pr|merge request) (?:description|summary|text)\b|\bchangelog entry\b"
    r"|\b(?:letzten?|meine|aktuellen?) änderungen\b|\bwas (?:habe ich|wurde) geändert\b"
    r"|\b(?:derniers?|mes) (?:changements|modifications)\b|\b(?:últimos|mis) cambios\b"
    r"|最近的(?:修改|更改|改动)|我的(?:修改|更改|改动)|提交信息",
    re.IGNORECASE,
)


def speaks_of_changes(message: str) -> bool:
    """Whether the message is about what was changed lately, beyond doubt."""
    return _SPEAKS.search(message) is not None


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that differs from the last commit. ``state`` is one word ("modified", "new", ...); ``diff`` is
    unified, "" where there is none to show."""

    path: str
    state: str
    diff: str = ""


def split_diff(diff: str) -> dict[str, str]:
    """The parts of a diff of git by the path of the file, the new one where it was renamed."""
    parts: dict[str, str] = {}
    for part in re.split(r"^(?=diff --git )", diff, flags=re.MULTILINE):
        named = _NEW_NAME.search(part) or _OLD_NAME.search(part) or _BOTH_NAMES.match(part)
        if named is not None:
            parts[named[1]] = part
    return parts


_NEW_NAME = re.compile(r"^\+\+\+ b/([^\t\n]+)", re.MULTILINE)
_OLD_NAME = re.compile(r"^--- a/([^\t\n]+)", re.MULTILINE)
_BOTH_NAMES = re.compile(r"diff --git a/(?:.+) b/(.+)")


def render_changes(branch: str, changed: Sequence[Changed], room: Room) -> str:
    """What was changed since the last commit: the list of files first, then as many whole diffs as have room;
    what is left out is named."""
    if not changed:
        return f"Nothing is changed since the last commit{_on(branch)}."
    listed = [f"- {one.path}: {one.state}" for one in changed[:MOST_FILES]]
    if len(changed) > MOST_FILES:
        listed.append(f"- and {len(changed) - MOST_FILES} more files")
    told = "\n".join([f"Changed since the last commit{_on(branch)}:", *listed])
    left_out: list[str] = []
    for one in (one for one in changed if one.diff):
        more = f"{told}\n```diff\n{one.diff.rstrip()}\n```"
        if room.beside(_left_out([*left_out, *(other.path for other in changed)])).holds(more):
            told = more
        else:
            left_out.append(one.path)
    if len(left_out) == 1 and "```diff" not in told:
        return _first_cut(told, next(one for one in changed if one.path == left_out[0]), room)
    return shorten_to(f"{told}{_left_out(left_out)}", room)


def _first_cut(told: str, one: Changed, room: Room) -> str:
    """A single diff that is too long is shown in part: its two ends and a mark."""
    frame = f"{told}\n```diff\n\n```"
    cut = shorten_to(one.diff.rstrip(), room.beside(frame))
    return shorten_to(f"{told}\n```diff\n{cut}\n```" if cut else f"{told}{_left_out([one.path])}", room)


def _left_out(paths: Sequence[str]) -> str:
    if not paths:
        return ""
    shown = ", ".join(paths[:10]) + (f" and {len(paths) - 10} more" if len(paths) > 10 else "")
    return f"\n(No room for the changes in {shown}; git diff HEAD -- FILE shows them.)"


def _on(branch: str) -> str:
    return f" (branch {branch})" if branch else ""
