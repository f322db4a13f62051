"""Names that a file of code defines, by the words that begin a definition in most languages.

This needs no grammar and knows no nesting: it is what is left where nobody can parse the file.
"""

from __future__ import annotations

import re

from .line_ends import to_lf

MODIFIERS = (
    r"export|default|public|private|protected|internal|static|async|abstract|final|override|open|sealed|data"
    r"|inline|unsafe|extern|virtual|declare|partial|local|pub(?:\([\w\s]*\))?"
)
WORDS = (
    r"def|class|function\*?|func|fn|fun|interface|struct|enum|trait|impl|type|module|namespace|protocol|record"
    r"|sub|proc|union|macro_rules!"
)
_VALUE = r"(?:const|let|var)\s+(?P<value>[A-Za-z_$][\w$]*)[^=\n]*=\s*(?:async\s*)?"
_FUNCTION = r"(?:function\b|\([^()\n]*\)[^=\n]*=>|\w+\s*=>)"
_DEFINITION = re.compile(
    rf"^\s*(?:(?:{MODIFIERS})\s+)*"
    rf"(?:(?:{WORDS})\s+(?:\([^)]*\)\s*)?(?P<name>[A-Za-z_$][\w$]*[?!]?)|{_VALUE}{_FUNCTION})"
)

LONGEST_LINE = 500


def defined_on(line: str) -> str:
    """The name whose definition begins on this line, or ""."""
    match = _DEFINITION.match(line[:LONGEST_LINE])
    return (match["name"] or match["value"]) if match else ""


def definitions(content: str) -> list[str]:
    """The names in the order of the file, as often as they are defined."""
    return [name for line in to_lf(content).split("\n") if (name := defined_on(line))]
