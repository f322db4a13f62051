"""What a scripted model says: a list of steps, and the step that answers a given request.

As JSON a script is the list of its steps, or an object with the key ``steps``; a step is an object with the
fields of ``Step``, a fault one with those of ``Fault``::

    [{"thoughts": "Let me look.", "tool_calls": [{"name": "read_file", "arguments": {"path": "a.py"}}]},
     {"text": "Done.", "fault": {"kind": "status", "status": 503, "times": 2}}]
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from ..errors import SettingsError

FaultKind = Literal[
    "status", "json_error", "stream_error", "not_json", "half_utf8", "hang", "close", "no_end"
]

_PIECE = re.compile(r"\s*\S{1,12}|\s+")


@dataclass(frozen=True, slots=True)
class Fault:
    """How a step goes wrong.

    - ``status``: an HTTP ``status`` with ``body`` (an object, sent as JSON, or text) and ``headers``.
    - ``json_error``: status 200 with ``body`` as JSON instead of a stream.
    - ``stream_error``: a data line that carries ``body``, in the stream.
    - ``not_json``: a data line that is no JSON.
    - ``half_utf8``: a data line that ends in the middle of a character, then the connection closes.
    - ``hang``: silence until the client goes away.
    - ``close``: the connection closes.
    - ``no_end``: the response ends in order, but without finish_reason and [DONE].

    ``after_pieces`` is the number of pieces of the reply that come before; None is before the headers (for
    ``hang`` and ``close``; for the others the same as 0). ``times`` is for how many requests the fault
    lasts, None for ever.
    """

    kind: FaultKind
    status: int = 500
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    after_pieces: int | None = None
    times: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise SettingsError(
                f"{self.kind!r} is no kind of fault.", f"Known: {', '.join(get_args(FaultKind))}."
            )

    @property
    def payload(self) -> Any:
        """The body, or one in the shape that llama.cpp uses."""
        if self.body is not None:
            return self.body
        return {"error": {"code": self.status, "message": "scripted fault", "type": "server_error"}}


@dataclass(frozen=True, slots=True)
class Step:
    """One reply. ``tool_calls`` are ``{"name": …, "arguments": …}``, the arguments an object, or text
    that is sent as it stands. ``finish_reason`` is found out where it is None; ``delay`` is in seconds
    before each piece."""

    text: str = ""
    thoughts: str = ""
    tool_calls: Sequence[Mapping[str, Any]] = ()
    finish_reason: str | None = None
    delay: float = 0.0
    fault: Fault | None = None

    def __post_init__(self) -> None:
        for call in self.tool_calls:
            if not isinstance(call.get("name"), str) or "arguments" not in call:
                raise SettingsError(f"A scripted call needs a name and arguments: {call!r}.")

    @property
    def finish(self) -> str:
        return self.finish_reason or ("tool_calls" if self.tool_calls else "stop")


LAST_STEP = Step(text="That is all I was told to do.")
"""Played when a script has no steps left."""


def step_number(messages: Sequence[Mapping[str, Any]]) -> int:
    """How many replies the conversation already holds. A request that is sent again, after a fault or
    after it was cancelled, gets the same step, and so does a conversation that begins anew."""
    return sum(message.get("role") == "assistant" for message in messages)


def step_for(script: Sequence[Step], number: int) -> Step:
    return script[number] if number < len(script) else LAST_STEP


class FaultCounter:
    """Counts how often each step's fault was shown, so that it ends after its ``times``."""

    def __init__(self) -> None:
        self._shown: dict[int, int] = {}

    def due(self, number: int, step: Step) -> Fault | None:
        shown = self._shown.get(number, 0)
        if step.fault is None or (step.fault.times is not None and shown >= step.fault.times):
            return None
        self._shown[number] = shown + 1
        return step.fault


def deltas(step: Step, number: int) -> list[dict[str, Any]]:
    """The step in pieces, as the ``delta`` objects that llama.cpp sends: thoughts, text, then calls. A
    call's first piece has its id and name, the others only its index and a part of the arguments."""
    pieces: list[dict[str, Any]] = [{"reasoning_content": piece} for piece in _PIECE.findall(step.thoughts)]
    pieces += [{"content": piece} for piece in _PIECE.findall(step.text)]
    for index, call in enumerate(step.tool_calls):
        arguments = call["arguments"]
        text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        first, *rest = _PIECE.findall(text) or [""]
        function = {"name": call["name"], "arguments": first}
        begin = {"index": index, "id": f"call_{number}_{index}", "type": "function", "function": function}
        pieces.append({"tool_calls": [begin]})
        pieces += [{"tool_calls": [{"index": index, "function": {"arguments": piece}}]} for piece in rest]
    return pieces


def load_script(path: str | Path) -> tuple[Step, ...]:
    """Raises SettingsError for a file that is missing or no script; the message names the file."""
    try:
        script = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"The script {path} cannot be read: {error}.") from error
    try:
        return parse_script(script)
    except (SettingsError, TypeError) as error:
        raise SettingsError(f"The script {path} cannot be used: {error}") from error


def parse_script(script: Any) -> tuple[Step, ...]:
    """Raises SettingsError, TypeError."""
    steps = script.get("steps") if isinstance(script, Mapping) else script
    if not isinstance(steps, list) or not all(isinstance(step, Mapping) for step in steps):
        raise SettingsError("A script is a list of steps, each one an object.")
    return tuple(_step(step) for step in steps)


def _step(step: Mapping[str, Any]) -> Step:
    known = {entry.name for entry in fields(Step)}
    if unknown := set(step) - known:
        raise SettingsError(
            f"Unknown in a step: {', '.join(sorted(unknown))}.", f"Known: {', '.join(sorted(known))}."
        )
    values = dict(step)
    if isinstance(values.get("fault"), Mapping):
        values["fault"] = Fault(**values["fault"])
    return Step(**values)


def dump_script(script: Sequence[Step]) -> str:
    """JSON that load_script reads."""
    return json.dumps([asdict(step) for step in script], ensure_ascii=False, indent=2, default=list)
