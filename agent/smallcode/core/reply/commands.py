"""Whether a shell command may have changed files of the project."""

from __future__ import annotations

import re

# Programs that look, and those that build or test: what they write is not what a person asks to have changed.
_LOOKING = (
    "ls cat head tail less more wc pwd cd echo printf grep egrep fgrep rg ag find fd tree stat file diff "
    "cmp which type env export set true false test [ : sort uniq cut nl awk jq du df date sleep whoami "
    "uname basename dirname realpath readlink hexdump xxd od strings"
)
_TESTING = re.compile(
    r"(?:python[\d.]*|uv run|poetry run|pipenv run|npx|bunx?)?\s*(?:-m\s+)?(?:pytest|unittest|nose2?|tox"
    r"|nox|mypy|ruff check"
    r"|flake8|pylint|pyright|py_compile|compileall|doctest)\b"
    r"|(?:npm|yarn|pnpm|bun)\s+(?:run\s+)?(?:test|lint|build|check|typecheck)\b|node\s+--(?:test|check)\b"
    r"|(?:cargo|go|dotnet|mvn|gradle|swift|mix|zig)\s+(?:test|check|build|vet|clippy|verify)\b|(?:make"
    r"|just)\s+(?:test|check|lint|build)\b"
    r"|(?:jest|vitest|mocha|rspec|phpunit|ctest|eslint|tsc)\b|git\s+(?:status|diff|log|show|blame|grep"
    r"|ls-files|branch)\b"
)
_WRITING = re.compile(
    r"(?<![\d&])>{1,2}(?!\s*(?:/dev/null|&))|\|\s*tee\b|\bsed\s+(?:-\w*i|--in-place)|-delete\b|-exec\b"
)
_SEPARATOR = re.compile(r"&&|\|\||[;|\n]")
_ASSIGNMENT = re.compile(r"^(?:\w+=\S*\s+)+")


def may_write(command: str) -> bool:
    """False only for commands that are known to look or to test; anything else may have written."""
    if _WRITING.search(command):
        return True
    return any(not _harmless(part) for part in _SEPARATOR.split(command) if part.strip())


def _harmless(part: str) -> bool:
    bare = _ASSIGNMENT.sub("", part.strip())
    if not bare or bare.startswith("#") or _TESTING.match(bare):
        return True
    program = bare.split()[0].rsplit("/", 1)[-1]
    return program in _LOOKING.split() or (program == "sed" and " -n" in bare)
