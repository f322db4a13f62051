"""What a turn found and what it left: the records that are written while it runs, and what they add up to.

The contents are not in the records but behind the keys that name them, so that equal ones are kept once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal

from ..messages import FileState, Text
from .textcodec import decode

FORMAT = 1
"""The version of the records' form."""


@dataclass(frozen=True, slots=True)
class State:
    """A text by its hash, and by that of the text without its last line end. ``form`` is encoding and byte
    order mark of a file on the disk, "" where the text stands in a buffer."""

    exact: str
    loose: str
    form: str = ""

    def resembles(self, other: State) -> bool:
        """Equal but for the last line end: editors add one when they save, and a turn that cannot be undone
        for that would help nobody."""
        return self.loose == other.loose and (not self.form or not other.form or self.form == other.form)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What stood at a path before a change. ``state`` is of the text that was read there, None where there
    was no file; ``data`` and ``buffer`` are the keys of the file's bytes and of the open document's text.
    The rest is as in FileState, the attributes' values in hexadecimal digits."""

    state: State | None
    data: str | None
    buffer: str | None
    mode: int | None = None
    owner: tuple[int, int] | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    folders: tuple[str, ...] = ()


# --- records ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Began:
    """``at`` in seconds since the epoch; ``root`` is the workspace's."""

    turn: str
    session: str
    root: str
    at: float
    kind: Literal["began"] = "began"
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Found:
    """Before the first change of a file, and again where somebody else changed it between two of ours."""

    path: str
    before: Snapshot
    kind: Literal["found"] = "found"


@dataclass(frozen=True, slots=True)
class Intended:
    """A change is about to be made; ``to`` None deletes. Whether it happened, a crash leaves open."""

    path: str
    to: State | None
    kind: Literal["intended"] = "intended"


@dataclass(frozen=True, slots=True)
class Left:
    """What the turn may have left since the file was found last, and nothing else. ``removed`` where it
    deleted the file meanwhile: one that was made again has lost its mode and owner."""

    path: str
    states: tuple[State | None, ...]
    removed: bool = False
    kind: Literal["left"] = "left"


@dataclass(frozen=True, slots=True)
class Ended:
    at: float
    kind: Literal["ended"] = "ended"


@dataclass(frozen=True, slots=True)
class Undone:
    """These files are as before the turn. ``closed`` where the turn counts as undone, conflicts or not."""

    paths: tuple[str, ...]
    closed: bool
    kind: Literal["undone"] = "undone"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The user keeps what an interrupted turn did."""

    kind: Literal["accepted"] = "accepted"


Record = Began | Found | Intended | Left | Ended | Undone | Accepted


# --- what they add up to -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """Changes of one file with nobody else's between them. ``after`` are the states that they may have
    left: several while a change is under way, or where it was cancelled or cut off. ``removed`` is as in
    Left."""

    before: Snapshot
    after: tuple[State | None, ...] = ()
    removed: bool = False

    @property
    def changes(self) -> bool:
        return (self.removed and self.before.state is not None) or any(
            state != self.before.state for state in self.after
        )

    def left(self, state: State | None) -> bool:
        """Whether the changes may have left the file so."""
        if state is None:
            return None in self.after
        return any(other is not None and other.resembles(state) for other in self.after)


@dataclass(slots=True)
class Turn:
    """``files`` maps a path to its segments, oldest first. ``closed`` where it is undone, or kept by the
    user's word after it was cut off; ``undone`` are the files that are as before."""

    began: Began
    files: dict[str, list[Segment]] = field(default_factory=dict)
    ended: bool = False
    closed: bool = False
    accepted: bool = False
    undone: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return self.began.turn

    def changed(self) -> list[str]:
        """Sorted paths of the files that the turn left, or may have left, different from what it found."""
        return sorted(path for path, segments in self.files.items() if any(one.changes for one in segments))

    def remaining(self) -> list[str]:
        """Sorted paths of the files that it changed and that are not undone."""
        return [path for path in self.changed() if path not in self.undone]

    @property
    def undoable(self) -> bool:
        return not self.closed and bool(self.changed())

    @property
    def cut_off(self) -> bool:
        """It changed something, never came to its end, and nobody has said what to do about it. It may be
        under way still: only who wrote the records knows."""
        return not (self.ended or self.accepted or self.closed) and bool(self.remaining())

    def add(self, record: Record) -> None:
        match record:
            case Found():
                segments = self.files.setdefault(record.path, [])
                if segments and not segments[-1].after:
                    segments.pop()  # Nothing came of the change that it was found for.
                segments.append(Segment(record.before))
            case Intended():
                last = self.files[record.path][-1]
                self.files[record.path][-1] = replace(
                    last, after=(*last.after, record.to), removed=last.removed or record.to is None
                )
            case Left():
                last = self.files[record.path][-1]
                self.files[record.path][-1] = replace(last, after=record.states, removed=record.removed)
            case Ended():
                self.ended = True
            case Undone():
                self.undone |= set(record.paths)
                self.closed = self.closed or record.closed
            case Accepted():
                self.accepted = True
            case Began():
                raise ValueError("a turn begins once")


# --- states and keys ---------------------------------------------------------------------------------


def key_of(content: bytes) -> str:
    """The name of a content: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def text_bytes(text: str) -> bytes:
    """As texts are kept. Half a surrogate pair, which a buffer may hold, is kept as it is."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def form_of(encoding: str, *, bom: bool) -> str:
    return encoding + ("+bom" if bom else "")


def state_of(content: str, form: str = "") -> State:
    without_end = content.removesuffix("\n").removesuffix("\r")
    return State(key_of(text_bytes(content)), key_of(text_bytes(without_end)), form)


def text_at(file: FileState) -> Text | None:
    """The text that is read at the path: the buffer's, else the file's. Raises NotText."""
    if file.buffer is not None:
        return Text(file.path, file.buffer, "")
    return None if file.data is None else decode(file.path, file.data)


def state_at(file: FileState) -> State | None:
    """Raises NotText."""
    text = text_at(file)
    if text is None:
        return None
    form = "" if file.buffer is not None else form_of(text.encoding, bom=text.bom)
    return state_of(text.content, form)


def snapshot(file: FileState) -> tuple[Snapshot, list[bytes]]:
    """The record of a file, and the contents behind its keys. Raises NotText."""
    buffer = None if file.buffer is None else text_bytes(file.buffer)
    record = Snapshot(
        state=state_at(file),
        data=None if file.data is None else key_of(file.data),
        buffer=None if buffer is None else key_of(buffer),
        mode=file.mode,
        owner=file.owner,
        attributes=tuple((name, value.hex()) for name, value in file.attributes),
        folders=file.folders,
    )
    return record, [content for content in (file.data, buffer) if content is not None]
