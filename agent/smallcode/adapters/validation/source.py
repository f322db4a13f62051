"""What is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...languages import Language, language_of
from ...messages import Problem, Text

# Characters. A file beyond it is data or generated, and a checker would take seconds.
LARGEST = 1_000_000

# Characters of one line. Minified code has longer ones; nobody repairs it by line.
LONGEST_LINE = 10_000

_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Source:
    """``content`` has ``\\n`` for every line end, so that all checkers count lines as we do."""

    path: str
    content: str
    language: Language

    def problem(self, line: int, message: str, source: str) -> Problem:
        return Problem(self.path, line, message, source=source)


def source_of(text: Text) -> Source | None:
    """None where nobody can judge the file: an unknown language, too large, minified."""
    if len(text.content) > LARGEST:
        return None
    language = language_of(text.path, text.content)
    content = _LINE_END.sub("\n", text.content)
    if language is None or max(map(len, content.split("\n"))) > LONGEST_LINE:
        return None
    return Source(text.path, content, language)
