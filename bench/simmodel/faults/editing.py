"""Faults in the old text of an edit, and in whether and where it is made."""

from __future__ import annotations

import re
from dataclasses import replace

from ..action import Action, Reply
from ..variants import elided as shortened
from ..variants import pick, sibling
from .base import Fault, Moment, edited, shows_real_text


def _is_edit(reply: Reply) -> bool:
    return bool(reply.calls) and reply.action.do == "edit" and bool(reply.action.old)


def stale_old_str(reply: Reply, moment: Moment) -> Reply | None:
    """The old text is remembered instead of copied: a word of one line is another, or a line is missing."""
    if not _is_edit(reply):
        return None
    old = remembered(reply.action.old, moment.dice_key)
    return edited(reply, moment, old, reply.action.new)


def remembered(old: str, key: str) -> str:
    """A text as a model would have it that does not look: one word differs."""
    lines = old.split("\n")
    wordy = [index for index, line in enumerate(lines) if re.search(r"[A-Za-z]{3}", line)]
    if not wordy:
        return f"{old}x"
    index = wordy[pick(len(wordy), key)]
    words = list(re.finditer(r"[A-Za-z_]{3,}", lines[index]))
    word = words[pick(len(words), key, index)]
    other = f"{word[0]}_value" if not word[0].endswith("s") else word[0][:-1]
    lines[index] = lines[index][: word.start()] + other + lines[index][word.end() :]
    return "\n".join(lines)


def whitespace(reply: Reply, moment: Moment) -> Reply | None:
    """Both texts dedented, with tabs for spaces, or the old one with white space at a line's end."""
    if not _is_edit(reply):
        return None
    ways = (_dedented, _tabbed, _trailing)
    first = pick(len(ways), moment.dice_key)
    for way in (*ways[first:], *ways[:first]):
        old, new = way(reply.action.old), way(reply.action.new) if way is not _trailing else reply.action.new
        if old != reply.action.old:
            return edited(reply, moment, old, new)
    return None


def _dedented(text: str) -> str:
    indents = [len(line) - len(line.lstrip(" ")) for line in text.split("\n") if line.strip()]
    common = min(indents, default=0)
    return "\n".join(line[common:] if line[:common].isspace() else line for line in text.split("\n"))


def _tabbed(text: str) -> str:
    return "\n".join(
        "\t" * ((len(line) - len(line.lstrip(" "))) // 4) + line.lstrip(" ")
        if line.startswith("    ")
        else line
        for line in text.split("\n")
    )


def _trailing(text: str) -> str:
    return "\n".join(f"{line}  " if line.strip() else line for line in text.split("\n"))


def line_numbers(reply: Reply, moment: Moment) -> Reply | None:
    """Both texts bear the numbers that are shown beside the lines; where none are shown, none are copied."""
    if not _is_edit(reply):
        return None
    number = moment.view.numbered(reply.action.path, reply.action.old)
    if not number:
        return None
    return edited(reply, moment, _numbered(reply.action.old, number), _numbered(reply.action.new, number))


def _numbered(text: str, first: int) -> str:
    return "\n".join(f"{number}: {line}" for number, line in enumerate(text.split("\n"), first))


def ambiguous(reply: Reply, moment: Moment) -> Reply | None:
    """Too little of the old text: what is left of it stands in several places of the file."""
    if not _is_edit(reply) or reply.action.index < 0:
        return None
    step = moment.script.steps[reply.action.index]
    for old, new in _shorter(reply.action.old, reply.action.new):
        if step.before.count(old) > 1:
            return edited(reply, moment, old, new)
    return None


def _shorter(old: str, new: str) -> list[tuple[str, str]]:
    """Parts of the edit without the lines and words that both texts share, longest first."""
    found = []
    before, after = old.split("\n"), new.split("\n")
    while len(before) > 1 and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
        found.append(("\n".join(before), "\n".join(after)))
    while len(before) > 1 and len(after) > 1 and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
        found.append(("\n".join(before), "\n".join(after)))
    words = re.findall(r"\w+|\W+", before[0])
    other = re.findall(r"\w+|\W+", after[0]) if after else []
    while len(words) > 1 and len(other) > 1 and words[0] == other[0]:
        words, other = words[1:], other[1:]
        found.append(("\n".join(["".join(words), *before[1:]]), "\n".join(["".join(other), *after[1:]])))
    while len(before) == 1 == len(after) and len(words) > 1 and len(other) > 1 and words[-1] == other[-1]:
        words, other = words[:-1], other[:-1]
        found.append(("".join(words), "".join(other)))
    return [(one, two) for one, two in found if one.strip()]


def elided(reply: Reply, moment: Moment) -> Reply | None:
    if not _is_edit(reply):
        return None
    old = shortened("", reply.action.old)
    new = shortened("", reply.action.new) or reply.action.new
    return edited(reply, moment, old, new) if old else None


def empty_old_str(reply: Reply, moment: Moment) -> Reply | None:
    return edited(reply, moment, "", reply.action.new) if _is_edit(reply) else None


def noop(reply: Reply, moment: Moment) -> Reply | None:
    return edited(reply, moment, reply.action.old, reply.action.old) if _is_edit(reply) else None


def edit_before_reading(reply: Reply, moment: Moment) -> Reply | None:
    """Instead of the look that an edit needs: the edit, with an old text that is made up."""
    step = moment.intent.read_first
    if not reply.calls or step is None or moment.view.shows(step.path, step.old) is not None:
        return None
    made_up = remembered(step.old, moment.dice_key)
    return moment.encode(Action("edit", step.path, made_up, step.new, index=step.index))


def wrong_place(reply: Reply, moment: Moment) -> Reply | None:
    """The edit is made at the lines most like the right ones, if they are visible too."""
    if not _is_edit(reply) or reply.action.index < 0 or moment.intent.why != "step":
        return None
    other = sibling(moment.script.steps[reply.action.index])
    if other is None or moment.view.shows(reply.action.path, other) is None:
        return None
    return edited(reply, moment, other, reply.action.new)


def rewrite_after_miss(reply: Reply, moment: Moment) -> Reply | None:
    """After an edit that missed, the whole file as far as it is visible: what is not shown is lost."""
    tool = moment.offered.tool("write") or moment.offered.tool("shell")
    if not _is_edit(reply) or moment.view.failures == 0 or tool is None:
        return None
    fragment = moment.view.shows(reply.action.path, reply.action.old)
    if fragment is None:
        return None
    content = fragment.text.replace(reply.action.old, reply.action.new)
    return moment.encode(replace(reply.action, do="write", text=content, lines=None))


def _shows_lines(text: str, moment: Moment) -> bool:
    """The places of the copies: two line numbers, or the real text."""
    return len(set(re.findall(r"\bline[s]? (\d+)|^\s*(\d+)[:|]", text, re.M))) >= 2 or shows_real_text(
        text, moment
    )


def _says_empty(text: str, moment: Moment) -> bool:
    return re.search(r"empty|must not be|exact text", text, re.I) is not None


def _says_same(text: str, moment: Moment) -> bool:
    return re.search(r"identical|the same|no change|nothing would change|already", text, re.I) is not None


FAULTS = (
    Fault("stale_old_str", stale_old_str, shows_real_text),
    Fault("whitespace", whitespace, shows_real_text),
    Fault("line_numbers", line_numbers, shows_real_text),
    Fault("ambiguous", ambiguous, _shows_lines),
    Fault("elided", elided, shows_real_text),
    Fault("empty_old_str", empty_old_str, _says_empty),
    Fault("noop", noop, _says_same),
    Fault("edit_before_reading", edit_before_reading, shows_real_text),
    Fault("wrong_place", wrong_place, shows_real_text),
    Fault("rewrite_after_miss", rewrite_after_miss, shows_real_text),
)
