"""Definitions by regular expressions: what can be searched while the index is built.

A twentieth of the time of the syntax tree, for nearly the same names; what stands in comments and strings is
found too. Nesting is read from indentation where the language has it, and the end of a definition is the line
before the next one that is indented no deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..definitions import MODIFIERS, WORDS
from .docs import signature
from .facts import NOWHERE, Definition, Kind
from .skipping import LARGEST

# The last group of what matches is always a name.
_NAME = r"(?P<name>[^\W\d][\w$]*[?!]?)"
_BY_WORD = (
    rf"^[ \t]*(?:(?:{MODIFIERS})[ \t]+)*(?P<word>{WORDS})[ \t]+"
    rf"(?:\([^)\n]*\)[ \t]*)?(?:self\.)?(?:[\w.]+[.:])?{_NAME}"
)
_KEYWORDS = r"(?!(?:return|else|new|throw|case|if|while|for|switch|catch|goto|await|delete|with|do|try)\b)"
_BY_VALUE = (
    r"|^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+(?P<variable>[A-Za-z_$][\w$]*)[^=\n]*=[ \t]*"
    r"(?:async[ \t]*)?(?:function\b|\([^()\n]*\)[^=\n]*=>|\w+[ \t]*=>)"
)
_BY_ARGUMENTS = (
    rf"|^[ \t]+(?:(?:{MODIFIERS}|readonly|get|set)[ \t]+)*{_KEYWORDS}(?P<called>[#A-Za-z_$][\w$]*)"
    r"[ \t]*(?:<[^()\n]*>)?\([^;\n]*\{[ \t]*$"
)
# Types before the name, arguments behind it, and no end of a statement on the line.
_BY_TYPE = (
    rf"|^[ \t]*{_KEYWORDS}[A-Za-z_][^;={{}}()#\n\"'/]{{0,150}}?[ \t*&:](?P<called>~?[A-Za-z_]\w*)[ \t]*"
    r"\([^;\n]*$"
)
_PYTHON = re.compile(rf"^[ \t]*(?:async[ \t]+)?(?P<word>def|class)[ \t]+{_NAME}", re.MULTILINE)
_WORDED = re.compile(_BY_WORD, re.MULTILINE)
_SCRIPT = re.compile(_BY_WORD + _BY_VALUE + _BY_ARGUMENTS, re.MULTILINE)
_TYPED = re.compile(_BY_WORD + _BY_TYPE, re.MULTILINE)
_SHELL = re.compile(rf"^[ \t]*(?:(?P<word>function)[ \t]+{_NAME}|(?P<called>[\w-]+)[ \t]*\(\))", re.MULTILINE)

_PATTERNS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("py", "pyi", "pyw"), _PYTHON),
    **dict.fromkeys(("js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"), _SCRIPT),
    **dict.fromkeys(("c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "java", "cs"), _TYPED),
    **dict.fromkeys(("go", "rs", "rb", "php", "lua", "kt", "swift", "scala"), _WORDED),
    **dict.fromkeys(("sh", "bash"), _SHELL),
}

_KINDS: Mapping[str, Kind] = {
    "class": "class",
    "record": "class",
    "interface": "interface",
    "protocol": "interface",
    "struct": "struct",
    "union": "struct",
    "enum": "enum",
    "trait": "trait",
    "type": "type",
    "module": "module",
    "namespace": "module",
    "macro_rules!": "macro",
}
_TAB = 8
_LONGEST_LINE = 200


class _Found(NamedTuple):
    name: str
    word: str
    depth: int
    line: int
    column: int
    head: str


def fast_definitions(path: str, content: str) -> tuple[Definition, ...]:
    """In the order of the file; empty for languages that have no such words, and for huge files. ``last`` is
    a guess, ``docstring`` empty, and ``ordinal`` as in the facts of a tree."""
    pattern = _PATTERNS.get(path.rpartition("/")[2].rpartition(".")[2].lower())
    if pattern is None or len(content) > LARGEST:
        return ()
    found = list(_found(pattern, content))
    lasts = _lasts([one.depth for one in found], [one.line for one in found], content.count("\n") + 1)
    nested = pattern is _PYTHON
    definitions: list[Definition] = []
    around: list[tuple[int, int]] = []
    ordinals: dict[str, int] = {}
    for last, one in zip(lasts, found, strict=True):
        # It ends what stands above it, and defines nothing itself.
        if one.word == "impl":
            continue
        while around and around[-1][0] >= one.depth:
            around.pop()
        parent = around[-1][1] if nested and around else NOWHERE
        around.append((one.depth, len(definitions)))
        outer = definitions[parent] if parent != NOWHERE else None
        qualified = f"{outer.qualified}.{one.name}" if outer else one.name
        kind = _KINDS.get(one.word, "function")
        if kind == "function" and outer is not None and outer.kind == "class":
            kind = "method"
        ordinal = ordinals.get(qualified, 0)
        ordinals[qualified] = ordinal + 1
        definitions.append(
            Definition(
                one.name, qualified, kind, one.line, last, one.line, one.column,
                signature(one.head), "", parent, ordinal,
            )
        )  # fmt: skip
    return tuple(definitions)


def _found(pattern: re.Pattern[str], content: str) -> Iterator[_Found]:
    line, counted = 1, 0
    for match in pattern.finditer(content):
        word, which = match["word"], match.lastgroup
        if which is None:
            continue
        start = match.start()
        line += content.count("\n", counted, start)
        counted = start
        end = content.find("\n", start)
        head = content[start : min(end if end >= 0 else len(content), start + _LONGEST_LINE)]
        indent = head[: len(head) - len(head.lstrip())]
        yield _Found(
            match[which], word or "", len(indent.expandtabs(_TAB)), line, match.start(which) - start, head
        )


def _lasts(depths: list[int], lines: list[int], total: int) -> list[int]:
    """For each the line before the next definition that is indented no deeper."""
    lasts = [total] * len(depths)
    waiting: list[int] = []
    for index, depth in enumerate(depths):
        while waiting and depths[waiting[-1]] >= depth:
            ended = waiting.pop()
            lasts[ended] = max(lines[ended], lines[index] - 1)
        waiting.append(index)
    return lasts
