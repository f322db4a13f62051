"""A trace of every turn: one file of JSON lines, each a span.

Every line has ``span`` ("turn", "request", "tool", "side_request", "correction" or "notice"), ``id``,
``parent`` (None for the turn), ``start`` and ``end`` (seconds since the epoch), and what is known of it; a
span that never came to its end is marked ``"unfinished": true``. Lines are written when spans end, so that a
crash leaves what came before it; the turn's own line is the last.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import events as ev
from ..ports import Clock

log = logging.getLogger(__name__)

REDACTED = "[redacted]"
# Characters of an answer, of thoughts, or of a failure that are kept.
_TEXT_LIMIT = 100_000
# A turn that never ended, because its generator was dropped, is not remembered for ever.
_OPEN_TURNS = 64


@dataclass(slots=True)
class _Span:
    kind: str
    id: str
    parent: str | None
    started: float
    """On the monotonic clock."""
    start: float
    """Since the epoch."""
    attributes: dict[str, Any]
    text: list[str] = field(default_factory=list)
    thoughts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Turn:
    span: _Span
    path: Path
    request: _Span | None = None
    tools: dict[str, _Span] = field(default_factory=dict)
    notes: int = 0


class Trace:
    """Writes ``directory/turn_id.jsonl``; ``secrets`` are replaced wherever they occur, and ``keep`` is the
    number of files that are kept, the newest. When a file cannot be written, a warning is logged once and
    nothing more is written. A span with arguments that no JSON can hold is left out, with a warning."""

    def __init__(
        self, directory: Path, *, clock: Clock, secrets: Sequence[str] = (), keep: int = 200
    ) -> None:
        self._directory = directory
        self._clock = clock
        # The longest first: one may be part of another.
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)
        self._keep = keep
        self._turns: dict[str, _Turn] = {}
        self._broken = False

    def on_event(self, turn_id: str, event: ev.Event) -> None:
        if self._broken:
            return
        try:
            self._take(turn_id, event)
        except OSError as error:
            self._broken = True
            self._turns.clear()
            log.warning("No more traces are written to %s: %s", self._directory, error)
        except (TypeError, ValueError, RecursionError) as error:
            log.warning("A span of turn %s could not be written: %s", turn_id, error)

    def _take(self, turn_id: str, event: ev.Event) -> None:
        if isinstance(event, ev.TurnStarted):
            self._begin_turn(turn_id, event)
            return
        turn = self._turns.get(turn_id)
        if turn is None:
            return
        match event:
            case ev.RequestStarted() | ev.ReplyDiscarded() | ev.RequestFinished():
                self._request_event(turn, event)
            case ev.MessageChunk() | ev.ThoughtChunk() | ev.PromptProgress():
                self._reply_event(turn, event)
            case ev.ToolStarted():
                shown = event.model_dump(
                    by_alias=False, include={"name", "title", "kind", "arguments", "repairs"}
                )
                turn.tools[event.call_id] = self._open("tool", event.call_id, turn_id, shown)
            case ev.ToolFinished():
                self._end_tool(turn, event)
            case ev.Notice() | ev.SideRequest() | ev.ReplyCorrected():
                self._told_at_once(turn, event)
            case ev.Routed() | ev.UsageUpdated():
                turn.span.attributes |= _of_turn(event)
            case ev.TurnEnded():
                self._end_turn(turn_id, turn, event)

    def _begin_turn(self, turn_id: str, event: ev.TurnStarted) -> None:
        _make_private(self._directory)
        _prune(self._directory, self._keep - 1)
        while len(self._turns) >= _OPEN_TURNS:
            del self._turns[next(iter(self._turns))]
        span = self._open("turn", turn_id, None, {"prompt": event.prompt})
        self._turns[turn_id] = _Turn(span, self._directory / f"{_file_name(turn_id)}.jsonl")

    def _end_turn(self, turn_id: str, turn: _Turn, event: ev.TurnEnded) -> None:
        del self._turns[turn_id]
        for span in [turn.request, *turn.tools.values()]:
            if span is not None:
                self._close(turn, span, unfinished=True)
        turn.span.attributes |= event.model_dump(by_alias=False, exclude={"type"})
        self._close(turn, turn.span)

    def _request_event(
        self, turn: _Turn, event: ev.RequestStarted | ev.ReplyDiscarded | ev.RequestFinished
    ) -> None:
        if isinstance(event, ev.RequestStarted):
            if turn.request is not None:
                self._close(turn, turn.request, unfinished=True)
            shown = event.model_dump(by_alias=False, exclude={"type"})
            turn.request = self._open("request", f"{turn.span.id}/request-{event.step}", turn.span.id, shown)
        elif turn.request is not None and isinstance(event, ev.ReplyDiscarded):
            discarded = turn.request.attributes.setdefault("discarded", [])
            discarded.append({"reason": event.reason, **self._reply(turn.request)})
            turn.request.text.clear()
            turn.request.thoughts.clear()
        elif turn.request is not None and isinstance(event, ev.RequestFinished):
            turn.request.attributes |= event.model_dump(by_alias=False, include={"finish_reason", "usage"})
            self._close(turn, turn.request)
            turn.request = None

    def _reply_event(self, turn: _Turn, event: ev.MessageChunk | ev.ThoughtChunk | ev.PromptProgress) -> None:
        if turn.request is None:
            return
        if isinstance(event, ev.PromptProgress):
            turn.request.attributes["progress"] = event.model_dump(by_alias=False, exclude={"type"})
            return
        waited = self._clock.monotonic() - turn.request.started
        turn.request.attributes.setdefault("seconds_to_first_chunk", waited)
        (turn.request.text if isinstance(event, ev.MessageChunk) else turn.request.thoughts).append(
            event.text
        )

    def _end_tool(self, turn: _Turn, event: ev.ToolFinished) -> None:
        span = turn.tools.pop(event.call_id, None)
        if span is None:
            return
        span.attributes |= {
            "status": event.status,
            "size": len(event.content),
            "files": [diff.path for diff in event.diffs],
        }
        if event.status == "failed":
            span.attributes["failure"] = self._cut(event.content)
        self._close(turn, span)

    def _told_at_once(self, turn: _Turn, event: ev.Notice | ev.SideRequest | ev.ReplyCorrected) -> None:
        """What one event tells from beginning to end; a side request ends with it, so that its beginning is
        counted back."""
        turn.notes += 1
        kind, seconds = "notice", 0.0
        if isinstance(event, ev.SideRequest):
            kind, seconds = "side_request", event.seconds
        elif isinstance(event, ev.ReplyCorrected):
            kind = "correction"
        name = f"{turn.span.id}/{kind.replace('_', '-')}-{turn.notes}"
        shown = event.model_dump(by_alias=False, exclude={"type"})
        span = self._open(kind, name, turn.span.id, shown)
        span.started -= seconds
        span.start -= seconds
        self._close(turn, span)

    def _open(self, kind: str, span_id: str, parent: str | None, attributes: dict[str, Any]) -> _Span:
        return _Span(kind, span_id, parent, self._clock.monotonic(), self._clock.now(), attributes)

    def _close(self, turn: _Turn, span: _Span, *, unfinished: bool = False) -> None:
        line = {
            "span": span.kind,
            "id": span.id,
            "parent": span.parent,
            "start": span.start,
            "end": span.start + self._clock.monotonic() - span.started,
            **span.attributes,
            **self._reply(span),
            **({"unfinished": True} if unfinished else {}),
        }
        _append(turn.path, json.dumps(self._redacted(line), ensure_ascii=False, default=str))

    def _reply(self, span: _Span) -> dict[str, str]:
        """The text and the thoughts of a request so far."""
        pieces = {"text": "".join(span.text), "thoughts": "".join(span.thoughts)}
        return {name: self._cut(text) for name, text in pieces.items() if text}

    def _cut(self, text: str) -> str:
        """Redacted before it is cut, so that no half of a secret is left at the end."""
        return self._without_secrets(text)[:_TEXT_LIMIT]

    def _redacted(self, value: Any) -> Any:
        """The same shape with the secrets replaced in every string, names of fields included."""
        if isinstance(value, str):
            return self._without_secrets(value)
        if isinstance(value, dict):
            return {self._redacted(key): self._redacted(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._redacted(item) for item in value]
        return value

    def _without_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return text


def read_trace(path: Path) -> list[dict[str, Any]]:
    """The spans of a trace in the order of their ends. Raises OSError, ValueError."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _of_turn(event: ev.Routed | ev.UsageUpdated) -> dict[str, Any]:
    """What an event adds to the turn's own span."""
    if isinstance(event, ev.UsageUpdated):
        return {"window": event.window}
    return {"routed": event.model_dump(by_alias=False, exclude={"type"})}


def _make_private(directory: Path) -> None:
    """Make the folder and those above it that are missing for this user alone; those that are there stay."""
    missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)


def _append(path: Path, line: str) -> None:
    """One write for one line. Half of a surrogate pair, which UTF-8 has no form for, stays a JSON escape."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _file_name(turn_id: str) -> str:
    """An id is made here, but none may name another folder."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", turn_id)


def _prune(directory: Path, keep: int) -> None:
    """Remove all but the newest ``keep`` traces; another process may be doing the same."""
    ages: list[tuple[int, Path]] = []
    for path in directory.glob("*.jsonl"):
        try:
            ages.append((path.stat().st_mtime_ns, path))
        except FileNotFoundError:
            continue
    ages.sort(reverse=True)
    for _, path in ages[max(keep, 0) :]:
        path.unlink(missing_ok=True)
