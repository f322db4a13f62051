"""The languages, a file each: how their files are known, and their grammars.

Nothing is loaded here: a grammar is a native module that ``adapters.syntax`` imports when it needs it.
"""

from __future__ import annotations

import posixpath
import re
from fnmatch import fnmatchcase

from .base import Grammar, Graph, Language, Outline, Use
from .bash import BASH
from .c import C
from .cpp import CPP
from .csharp import CSHARP
from .css import CSS
from .go import GO
from .html import HTML
from .java import JAVA
from .javascript import JAVASCRIPT
from .json import JSON, JSONC
from .lua import LUA
from .markdown import MARKDOWN
from .php import PHP
from .python import PYTHON
from .ruby import RUBY
from .rust import RUST
from .toml import TOML
from .typescript import TSX, TYPESCRIPT
from .yaml import YAML

__all__ = ["ALL", "Grammar", "Graph", "Language", "Outline", "Use", "language_of"]

# Where two know a file by name, the first has it.
ALL: tuple[Language, ...] = (
    PYTHON, JAVASCRIPT, TYPESCRIPT, TSX, GO, RUST, JAVA, C, CPP, CSHARP, BASH, RUBY, PHP, LUA,
    JSONC, JSON, YAML, TOML, HTML, CSS, MARKDOWN,
)  # fmt: skip

_BY_SUFFIX = {suffix: language for language in reversed(ALL) for suffix in language.suffixes}

# Names without a wildcard or folder are looked up; few are left to be matched.
_PATTERN = re.compile(r"[*?\[/]")
_BY_NAME = {
    name: language for language in reversed(ALL) for name in language.names if not _PATTERN.search(name)
}
_BY_PATTERN = [(language, name) for language in ALL for name in language.names if _PATTERN.search(name)]

# Characters of the first line that are looked at.
_FIRST_LINE = 256
_SHEBANG = re.compile(r"#!\s*(?:\S*/)?(?:env\s+(?:-\S+\s+|\w+=\S*\s+)*(?:\S*/)?)?([A-Za-z][\w+-]*)")


def language_of(path: str, content: str = "") -> Language | None:
    """The language of a file, by its name and else by its first line; None where neither tells.

    ``path`` has forward slashes; patterns of names with a slash are held against its end.
    """
    by_name = _BY_NAME.get(path.rpartition("/")[2])
    if by_name is not None:
        return by_name
    for language, pattern in _BY_PATTERN:
        if _fits(path, pattern):
            return language
    suffix = posixpath.splitext(path)[1].lower()
    interpreter = interpreter_of(content)
    if not interpreter:
        return _BY_SUFFIX.get(suffix)
    for language in ALL:
        if interpreter in language.interpreters and (not suffix or suffix in language.suffixes):
            return language
    if suffix in BASH.suffixes:
        # It is a shell's, but of another shell: zsh and fish use the same suffix.
        return None
    return _BY_SUFFIX.get(suffix)


def interpreter_of(content: str) -> str:
    """The program of a first line ``#!``, without folder and version number; "" where there is none."""
    shebang = _SHEBANG.match(content[:_FIRST_LINE])
    return shebang[1].rstrip("0123456789") if shebang else ""


def _fits(path: str, pattern: str) -> bool:
    parts = pattern.count("/") + 1
    return fnmatchcase("/".join(path.split("/")[-parts:]), pattern)
