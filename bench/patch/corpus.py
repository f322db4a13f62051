"""The files that are edited. Nothing here knows the engine."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILES = Path(__file__).resolve().parent / "files"

LANGUAGES = {
    ".py": "python",
    ".js": "javascript",
    ".ts": "typescript",
    ".go": "go",
    ".rs": "rust",
    ".java": "java",
    ".c": "c",
    ".cpp": "cpp",
    ".rb": "ruby",
    ".yaml": "yaml",
    ".html": "html",
    ".h": "c",
    ".cc": "cpp",
}

# Of installed files, those that are neither short nor generated.
_SMALLEST, _LARGEST = 4_000, 200_000
_MOST_PER_LANGUAGE = 12


@dataclass(frozen=True)
class Source:
    name: str
    language: str
    text: str


def own_files() -> list[Source]:
    """The files beside this one: the same on every machine."""
    return [
        Source(path.name, LANGUAGES[path.suffix], path.read_text("utf-8"))
        for path in sorted(FILES.iterdir())
        if path.suffix in LANGUAGES
    ]


def installed_files() -> list[Source]:
    """Files of Python's library and of the packages installed beside it, a few for each language."""
    found: list[Source] = []
    per_language: dict[str, int] = {}
    for path in _candidates():
        language = LANGUAGES[path.suffix]
        if per_language.get(language, 0) >= _MOST_PER_LANGUAGE:
            continue
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if "\r" in text or not text.endswith("\n") or max(map(len, text.split("\n"))) > 400:
            continue
        per_language[language] = per_language.get(language, 0) + 1
        found.append(Source(path.name, language, text))
    return found


def _candidates() -> Iterator[Path]:
    roots = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib")))
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in LANGUAGES and path.is_file() and _SMALLEST <= path.stat().st_size <= _LARGEST:
                yield path


def long_file(lines: int) -> str:
    """A file of about so many lines, made of all of ours, each time with other names."""
    texts = [source.text for source in own_files()]
    out: list[str] = []
    copy = 0
    while len(out) < lines:
        for text in texts:
            numbered = text.replace("name", f"name{copy}").replace("count", f"count{copy}")
            out += [line + (f"  {copy}" if len(line) > 40 else "") for line in numbered.split("\n")]
        copy += 1
    return "\n".join(out[:lines]) + "\n"
