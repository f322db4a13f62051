"""What a shell command may have done: changed files of the project, or shown whether something works."""

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
    r"|(?:jest|vitest|mocha|rspec|phpunit|ctest|eslint|tsc)\b"
)
_GIT = re.compile(r"git\s+(?:status|diff|log|show|blame|grep|ls-files|branch)\b")
_WRITING = re.compile(
    r"(?<![\d&])>{1,2}(?!\s*(?:/dev/null|&))|\|\s*tee\b|\bsed\s+(?:-\w*i|--in-place)|-delete\b|-exec\b"
)
_MOVING = re.compile(
    r"(?:^|[;&|\n]\s*)(?:mv|cp|rm|touch|patch|dd|perl\s+-\w*i|git\s+(?:apply|checkout|mv|rm|restore|stash|reset"
    r"|merge|rebase)|black|prettier|gofmt|rustfmt|isort|autopep8)\b|\bopen\(|\bwrite_?(?:text|bytes|file)|<<",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"&&|\|\||[;|\n]")
_ASSIGNMENT = re.compile(r"^(?:\w+=\S*\s+)+")


def may_write(command: str) -> bool:
    """False only for commands that are known to look or to test; anything else may have written."""
    if _WRITING.search(command):
        return True
    return any(not (_looks(part) or _TESTING.match(part)) for part in _parts(command))


def writes(command: str) -> bool:
    """Whether it is plain that the command changes files. Running a program may, too, but seldom the ones
    that a task is about."""
    return (_WRITING.search(command) or _MOVING.search(command)) is not None


def only_looks(command: str) -> bool:
    """Whether the command shows what is there and runs nothing of the project's."""
    return not _WRITING.search(command) and all(map(_looks, _parts(command)))


def _parts(command: str) -> list[str]:
    parts = (_ASSIGNMENT.sub("", part.strip()) for part in _SEPARATOR.split(command))
    return [part for part in parts if part and not part.startswith("#")]


def _looks(part: str) -> bool:
    program = part.split(maxsplit=1)[0].rpartition("/")[2]
    return program in _LOOKING.split() or (program == "sed" and " -n" in part) or _GIT.match(part) is not None
