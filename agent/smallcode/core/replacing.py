"""Replacing every occurrence of a text or a regular expression in a file, line by line as searching does."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from ..errors import SmallCodeError
from ..messages import SearchQuery, Text, TextEdit
from .line_ends import PlainText
from .textdiff import apply_edits, split_lines
from .textmatch import LINE_TIMEOUT, compile_pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """``replacement`` is literal unless ``regex``: then ``\\1`` and ``\\g<name>`` stand for groups.
    ``whole_word`` leaves out matches that touch a letter, a digit or an underscore."""

    pattern: str
    replacement: str
    regex: bool = False
    whole_word: bool = False

    def query(self, under: str, glob: str, limit: int) -> SearchQuery:
        """The search for the lines that the rule changes."""
        if not (self.pattern and self.whole_word):
            return SearchQuery(self.pattern, regex=self.regex, under=under, glob=glob, limit=limit)
        source = f"(?:{self.pattern})" if self.regex else regex.escape(self.pattern)
        return SearchQuery(rf"(?<!\w){source}(?!\w)", regex=True, under=under, glob=glob, limit=limit)


@dataclass(frozen=True, slots=True)
class Replaced:
    """``edits`` lead to ``content``; ``times`` is the number of replacements, 0 where nothing matched."""

    edits: tuple[TextEdit, ...]
    content: str
    times: int


def replace_all(text: Text, rule: Rule) -> Replaced:
    """Apply the rule to every line of a file; line ends are kept. Raises SmallCodeError for a pattern or a
    replacement that cannot be used, and for a pattern that takes too long."""
    pattern = compile_pattern(rule.query("", "", 1))
    if pattern.search("", timeout=LINE_TIMEOUT) is not None:
        raise SmallCodeError(
            f"The pattern {rule.pattern!r} matches where nothing stands.", "Give one that matches some text."
        )
    file = PlainText(text.content, text.newline)
    lines, times = [], 0
    for ended in split_lines(file.plain):
        line = ended.removesuffix("\n")
        changed, found = _in_line(pattern, rule, line, text.path)
        lines.append(changed + ended[len(line) :])
        times += found
    edits = file.replace(0, len(file.plain), "".join(lines)) if times else ()
    return Replaced(edits, apply_edits(text.content, edits), times)


def _in_line(pattern: regex.Pattern[str], rule: Rule, line: str, path: str) -> tuple[str, int]:
    try:
        if rule.regex:
            return pattern.subn(rule.replacement, line, timeout=LINE_TIMEOUT)
        return pattern.subn(lambda _match: rule.replacement, line, timeout=LINE_TIMEOUT)
    except TimeoutError as error:
        raise SmallCodeError(
            f"The pattern {rule.pattern!r} takes too long on {path}.", "Use one without nested repetition."
        ) from error
    except (regex.error, IndexError) as error:
        raise SmallCodeError(
            f"The replacement {rule.replacement!r} cannot be used: {error}.",
            r"Groups are written \1 or \g<name>, a backslash \\.",
        ) from error
