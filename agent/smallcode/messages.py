"""Frozen values that pass between the parts: what was said, which call was made, what came of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["system", "user", "assistant", "tool"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """The text with pairs of surrogates joined and single ones replaced by U+FFFD.

    JSON can carry half a character. U+FFFD takes as many code units as a half in each encoding, so positions
    stay true, and the text can be encoded.
    """
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call as the model meant it; ``repairs`` names what had to be mended to read it."""

    id: str
    name: str
    arguments: Mapping[str, Any]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture for a model that sees: ``data`` is the file in base64, encoded once for all requests that
    show it; ``tokens`` is what it is estimated to take of a prompt."""

    name: str
    mime: str
    data: str = field(repr=False)
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the transcript.

    ``tool_calls`` is only for the assistant, ``tool_call_id`` only for a tool's result.
    ``reasoning`` is kept for the trace and shown as thoughts; it is not sent back. ``by_harness`` marks a
    user message that no person wrote: a correction, a reminder. ``images`` are the user's.
    """

    role: Role
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    reasoning: str = ""
    by_harness: bool = False
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request, or of a whole turn, by the server's own count.

    ``cached_tokens`` is the part of ``prompt_tokens`` that the server did not read again;
    None where it does not say.
    """

    prompt_tokens: int = 0
    cached_tokens: int | None = None
    completion_tokens: int = 0
    requests: int = 0

    def __add__(self, other: Usage) -> Usage:
        cached = (
            None
            if self.cached_tokens is None and other.cached_tokens is None
            else (self.cached_tokens or 0) + (other.cached_tokens or 0)
        )
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            cached,
            self.completion_tokens + other.completion_tokens,
            self.requests + other.requests,
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A text file as it stands in the editor's buffer or, where none is open, on the disk.

    ``path`` is relative to the workspace's root, with forward slashes. ``content`` is decoded, holds the
    file's own line ends and no byte order mark. ``version`` changes with every change:
    the buffer's version where one is open, else a hash. ``newline`` is the line end that new
    lines should take. ``encoding`` is a Python codec name.
    """

    path: str
    content: str
    version: str
    newline: str = "\n"
    bom: bool = False
    encoding: str = "utf-8"

    @property
    def digest(self) -> str:
        """Hash of the decoded text, equal for a buffer and a file that hold the same."""
        return hashlib.blake2b(self.content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class FileState:
    """What stands at a path, byte for byte; ``path`` as in Text.

    ``data`` is what the disk holds, None where there is no file; ``buffer`` is the text of the open
    document, None where none is open. ``mode`` (permission bits), ``owner`` (user and group) and extended
    ``attributes`` are those of the file on the disk, as far as there is one and the platform has them.
    ``folders`` are those above the path that do not exist, the outermost first.
    """

    path: str
    data: bytes | None
    buffer: str | None = None
    mode: int | None = None
    owner: tuple[int, int] | None = None
    attributes: tuple[tuple[str, bytes], ...] = ()
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace ``content[start:end]``, offsets in code points of the text before any edit."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one file.

    ``base`` is the text that the change was computed from, None for a file that must not exist yet.
    ``edits`` are ascending and do not overlap; applied to ``base.content`` they give ``content``.
    ``bom`` and ``encoding`` are for a new file; one that exists keeps its own.
    """

    path: str
    base: Text | None
    edits: tuple[TextEdit, ...]
    content: str
    bom: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class FileDiff:
    """A unified diff, for people and for permission prompts. ``kind`` says what became of the file."""

    path: str
    diff: str
    kind: Literal["created", "changed", "deleted"] = "changed"


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a call came to. ``content`` is for the model, ``diffs`` for the user; ``problems`` are errors that
    the change brought into its files, also where it succeeded; ``missed`` is set where the place of an edit
    was not found; ``found`` are the files in which a search found something."""

    call_id: str
    ok: bool
    content: str
    diffs: tuple[FileDiff, ...] = ()
    problems: tuple[Problem, ...] = ()
    missed: Missed | None = None
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """An edit whose place was not found: the file and how many lines it has."""

    path: str
    lines: int


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """``pattern`` is a regular expression, or literal text unless ``regex``. ``glob`` limits the file
    names, ``under`` the folder; at most ``limit`` matches are wanted."""

    pattern: str
    regex: bool = False
    ignore_case: bool = False
    under: str = ""
    glob: str = ""
    limit: int = 200


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A matching line; ``line`` counts from 1, ``text`` is without its line end."""

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of a checker. ``line`` counts from 1."""

    path: str
    line: int
    message: str
    severity: Literal["error", "warning", "information", "hint"] = "error"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines ``start`` to ``end`` of a file, counted from 1, both included."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What the user asks for, with what the editor knows about where they are.

    ``active_path`` is the document in front of the user and ``cursor`` the line they are in, counted from 1.
    ``problems`` are those where they point; ``reported`` all that the editor knows of, None where there is no
    editor. ``unsaved`` are documents with changes that are not on the disk, ``images`` pictures that came
    with the request. ``mentions`` are paths, each as it may stand after an @ in the prompt.
    """

    prompt: str
    active_path: str | None = None
    selection: Selection | None = None
    problems: Sequence[Problem] = ()
    mentions: Sequence[str] = field(default=())
    cursor: int | None = None
    reported: Sequence[Problem] | None = None
    unsaved: Sequence[str] = ()
    images: Sequence[Image] = ()
