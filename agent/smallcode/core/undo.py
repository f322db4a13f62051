"""What taking back a turn's changes of one file comes to. Nothing is done here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..errors import NotText
from ..messages import FileState
from .textcodec import decode, encode
from .textdiff import split_lines, unified_diff
from .threeway import merge
from .turnlog import Segment, Snapshot, State, bytes_text, key_of, state_at, state_of, text_at

DIFF_LINES = 30
"""The most lines of a diff that a conflict shows: it is read in a message."""

GONE = "its snapshot is gone"

Load = Callable[[str], bytes | None]
"""The content behind a key; None where it is gone."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a file stays as it is; ``diff`` shows what was changed since the turn, shortened."""

    path: str
    reason: str
    diff: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, in this order: ``disk`` is put onto the disk, ``remove`` deletes the file of an open document,
    ``text`` becomes the open document's. None and False where nothing of the kind is to be done."""

    disk: FileState | None = None
    remove: bool = False
    text: str | None = None

    @property
    def empty(self) -> bool:
        return self == Plan()


def plan(path: str, segments: Sequence[Segment], current: FileState, load: Load) -> Plan | Conflict:
    """How the file becomes what it was before the turn.

    What somebody changed in it since, or between two changes of the turn, stays where it does not touch what
    the turn changed; where it does, nothing is done.
    """
    try:
        return _plan(path, segments, current, load)
    except NotText:
        return Conflict(path, "changed since: it is no text any more")


def _plan(path: str, segments: Sequence[Segment], current: FileState, load: Load) -> Plan | Conflict:
    first = segments[0].before
    removed = any(segment.removed for segment in segments)
    if _stands(first, current, removed=removed):
        # A file that the turn made and deleted again may have left its folders behind.
        made_folders = current.data is None and current.folders != first.folders
        return Plan(disk=FileState(path, None, folders=first.folders)) if made_folders else Plan()
    # The file of an open document was deleted: its text stands there still.
    deleted = removed and current.data is None and first.data is not None
    text = _unwound(path, segments, current, load, touched=deleted)
    if isinstance(text, Conflict | Plan):
        return text
    data = None
    if first.data is not None and _is(first.state, text):
        data = load(first.data)
        if data is None:
            return Conflict(path, GONE)
    wanted = FileState(path, data)
    if deleted or removed:
        attributes = tuple((name, bytes.fromhex(value)) for name, value in first.attributes)
        wanted = FileState(path, data, None, first.mode, first.owner, attributes)
    if current.buffer is None:
        return _for_the_disk(first, current, text, wanted)
    if text is None:
        return Plan(remove=True)
    # An edit leaves mode and owner alone, so that undoing one does so too.
    return Plan(
        disk=wanted if deleted and data is not None else None,
        text=text if text != current.buffer else None,
    )


def _for_the_disk(first: Snapshot, current: FileState, text: str | None, wanted: FileState) -> Plan:
    if text is None:
        return Plan(disk=FileState(current.path, None, folders=first.folders))
    data = wanted.data
    if data is None or not _holds(data, text):
        # It stood in a buffer, or others changed it too: the encoding is that of the file.
        like = current.data if current.data is not None else data
        wanted = replace(wanted, data=_encoded(current.path, text, like))
    return Plan() if wanted == FileState(current.path, current.data) else Plan(disk=wanted)


# --- the text ----------------------------------------------------------------------------------------


def _unwound(
    path: str, segments: Sequence[Segment], current: FileState, load: Load, *, touched: bool
) -> str | Conflict | Plan | None:
    """The text as it was before the turn, with what others changed; None for no file. The empty plan where
    nothing of the turn is left, unless ``touched``. Raises NotText."""
    now = text_at(current)
    text = None if now is None else now.content
    state = state_at(current)
    for segment in reversed([one for one in segments if one.after]):
        before = _text_before(segment.before, load)
        if segment.before.state is not None and before is None:
            return Conflict(path, GONE)
        if segment.left(state):
            text, touched = before, True
        elif not _is(segment.before.state, text):
            merged = _merged(path, segment, text, before, load)
            if isinstance(merged, Conflict):
                return merged
            text, touched = merged, touched or merged != text
        state = None if text is None else state_of(text)
    return text if touched else Plan()


def _merged(path: str, segment: Segment, text: str | None, before: str | None, load: Load) -> str | Conflict:
    """``text`` without what the segment changed in it."""
    afters = [_text(state.exact, load) for state in reversed(segment.after) if state is not None]
    known = [after for after in afters if after is not None]
    if text is None:
        return Conflict(path, "deleted since", _short(unified_diff(path, next(iter(known), None), None)))
    if before is not None:
        for after in known:
            merged = merge(after, text, before)
            if merged is not None:
                return merged
    since = unified_diff(path, known[0] if known else None, text)
    deleted = all(state is None for state in segment.after)
    return Conflict(path, "made anew since" if deleted else "changed since", _short(since))


def _text_before(before: Snapshot, load: Load) -> str | None:
    if before.buffer is not None:
        return _text(before.buffer, load)
    data = None if before.data is None else load(before.data)
    return None if data is None else decode("", data).content


def _text(key: str, load: Load) -> str | None:
    content = load(key)
    return None if content is None else bytes_text(content)


def _short(diff: str) -> str:
    lines = split_lines(diff)
    if len(lines) <= DIFF_LINES:
        return diff
    return "".join(lines[:DIFF_LINES]) + f"… {len(lines) - DIFF_LINES} more lines\n"


# --- comparing ---------------------------------------------------------------------------------------


def _stands(first: Snapshot, current: FileState, *, removed: bool) -> bool:
    """Whether there stands what was found. A document that was opened or closed since is no change."""
    if current.buffer is None:
        # Where unsaved text was found and the document is closed, the change may never have been saved.
        same = first.data == (None if current.data is None else key_of(current.data))
        return same and not (removed and first.mode != current.mode)
    return _is(first.state, current.buffer) and (first.data is None) == (current.data is None)


def _is(state: State | None, text: str | None) -> bool:
    return state is None if text is None else state is not None and state_of(text).exact == state.exact


def _holds(data: bytes, text: str) -> bool:
    try:
        return decode("", data).content == text
    except NotText:
        return False


def _encoded(path: str, text: str, like: bytes | None) -> bytes:
    """The bytes of the text, in encoding and byte order mark like those of ``like``. Raises NotText."""
    if like is None:
        return encode(path, text)
    model = decode(path, like)
    # Some clients leave the mark in the buffer's text.
    return encode(path, text.removeprefix("\ufeff"), encoding=model.encoding, bom=model.bom)
