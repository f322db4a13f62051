"""One run of one harness on one task: its dice, its token figures, its faults and what came of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .action import Reply
from .faults import CATALOGUE
from .model import Answer, Dice, respond
from .rates import BARE_RECOVERY, BYTES_PER_TOKEN, RECOVERY, STALL_S
from .tokens import common_prefix, modelled_seconds, render, text_of, tokens
from .trajectory import Script
from .wire import limited, written

DEFAULT_WINDOW = 32_768


class BadConfig(ValueError):
    """A run was asked for that cannot be; the message names the field and what it may be."""


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """How the server behaves. ``overflow``: "400" refuses a prompt above the window, "truncate" drops its
    front without a word. ``tells_window``: whether its list of models tells the window. ``template``:
    "strict" refuses a system message anywhere but first. ``cached``: whether usage tells of cached tokens.
    ``stall_s``: seconds of silence of a stalled stream."""

    overflow: str = "400"
    tells_window: bool = True
    template: str = "lenient"
    cached: bool = True
    stall_s: float = STALL_S

    def __post_init__(self) -> None:
        if self.overflow not in ("400", "truncate"):
            raise BadConfig(f"server.overflow is {self.overflow!r}; it may be '400' or 'truncate'")
        if self.template not in ("strict", "lenient"):
            raise BadConfig(f"server.template is {self.template!r}; it may be 'strict' or 'lenient'")


@dataclass(frozen=True, slots=True)
class RunConfig:
    """``rates`` multiplies all rates; ``only`` plays one kind of fault alone; ``window`` is in tokens."""

    task: str
    seed: int = 0
    rates: float = 0.0
    only: str | None = None
    window: int = DEFAULT_WINDOW
    recovery: float = RECOVERY
    bare_recovery: float = BARE_RECOVERY
    server: ServerConfig = field(default_factory=ServerConfig)

    def __post_init__(self) -> None:
        if self.only is not None and self.only not in CATALOGUE:
            raise BadConfig(f"only is {self.only!r}; the kinds are: {', '.join(CATALOGUE)}")
        if not 0 <= self.recovery <= 1 or not 0 <= self.bare_recovery <= 1:
            raise BadConfig("recovery and bare_recovery are probabilities, from 0 to 1")
        if self.window <= 0 or self.rates < 0:
            raise BadConfig("window is a positive number of tokens, rates a multiplier that is not negative")


def read_config(given: Mapping[str, Any]) -> RunConfig:
    """Raises BadConfig."""
    try:
        server = ServerConfig(**(given.get("server") or {}))
        return RunConfig(**{**given, "server": server})
    except TypeError as error:
        raise BadConfig(str(error)) from error


@dataclass(slots=True)
class Record:
    """One request. ``wasted``: nothing more of the work was seen as done in the next one. ``begun_s`` and
    ``ended_s``: when it had been read and when the reply was written, on one clock of the server."""

    number: int
    status: int = 200
    prompt: int = 0
    cached: int = 0
    completion: int = 0
    overflow: bool = False
    intent: str = ""
    attempt: int = 0
    aside: str = ""
    fault: str = ""
    repeated: bool = False
    corrected: str = ""
    gave_up: bool = False
    wasted: bool = False
    recovered: bool | None = None
    seen: tuple[int, ...] = ()
    reply: str = ""
    begun_s: float = 0.0
    ended_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to send: an error's ``payload``, or a ``reply`` with its figures."""

    status: int
    payload: Mapping[str, Any] = field(default_factory=dict)
    reply: Reply | None = None
    prompt: int = 0
    cached: int = 0
    completion: int = 0


class Run:
    def __init__(self, run_id: str, config: RunConfig, script: Script) -> None:
        self.run_id = run_id
        self.config = config
        self.records: list[Record] = []
        self._script = script
        self._dice = Dice(
            config.task, config.seed, config.rates, config.only, config.recovery, config.bare_recovery
        )
        self._previous = b""
        self._seen: frozenset[int] = frozenset()

    def take(self, request: Mapping[str, Any]) -> Outcome:
        """One request of the harness, an object with a list of messages that are objects."""
        record = Record(len(self.records) + 1)
        self.records.append(record)
        if refusal := self._refusal(request):
            record.status = refusal.status
            return refusal
        shown: Mapping[str, Any] = request
        rendered = render(request).encode(errors="surrogatepass")
        if tokens(rendered) >= self.config.window:
            record.overflow = True
            if self.config.server.overflow == "400":
                record.status, record.prompt = 400, 0
                return Outcome(400, _overflow(tokens(rendered), self.config.window))
            shown = truncated(request, self.config.window)
            rendered = render(shown).encode(errors="surrogatepass")
        answer = respond(shown, self._script, self._dice)
        self._note(record, answer)
        if answer.reply.outage == "500":
            record.status = 500
            return Outcome(500, {"error": {"code": 500, "message": "internal error", "type": "server_error"}})
        record.prompt = tokens(rendered)
        record.cached = min(common_prefix(self._previous, rendered) // BYTES_PER_TOKEN, record.prompt)
        self._previous = rendered
        reply = limited(answer.reply, self._room(request, record.prompt))
        record.completion = tokens(written(reply))
        record.reply = written(reply)
        return Outcome(200, {}, reply, record.prompt, record.cached, record.completion)

    def _room(self, request: Mapping[str, Any], prompt: int) -> int:
        asked = request.get("max_completion_tokens") or request.get("max_tokens")
        room = self.config.window - prompt
        return max(min(int(asked), room) if asked and int(asked) > 0 else room, 1)

    def _refusal(self, request: Mapping[str, Any]) -> Outcome | None:
        """What a strict chat template refuses: late system messages, and calls that are no JSON."""
        if self.config.server.template != "strict":
            return None
        for index, message in enumerate(request.get("messages", ())):
            if message.get("role") in ("system", "developer") and index > 0:
                reason = "System message must be at the beginning."
                return Outcome(
                    400, {"error": {"code": 400, "message": reason, "type": "invalid_request_error"}}
                )
            for call in message.get("tool_calls") or ():
                if not _is_object((call.get("function") or {}).get("arguments")):
                    reason = "Failed to parse tool call arguments as JSON"
                    return Outcome(500, {"error": {"code": 500, "message": reason, "type": "server_error"}})
        return None

    def _note(self, record: Record, answer: Answer) -> None:
        record.intent, record.attempt = answer.intent, answer.attempt
        record.aside, record.fault, record.repeated = answer.aside, answer.fault, answer.repeated
        record.corrected, record.gave_up = answer.corrected, answer.gave_up
        if answer.aside:
            return
        right = answer.seen - answer.wrong
        earlier = [one for one in self.records[:-1] if one.intent and not one.aside]
        if earlier:
            earlier[-1].wasted = not right - self._seen
        for one in earlier:
            if one.fault and one.recovered is None and self._over(one, answer, right):
                one.recovered = True
        self._seen |= right
        record.seen = tuple(sorted(answer.seen))

    def _over(self, one: Record, answer: Answer, right: frozenset[int]) -> bool:
        """The fault's intent is behind: its step is seen as done and right, or something else is on."""
        index = one.intent.partition(":")[0]
        if index.isdigit():
            step = self._script.steps[int(index)]
            if step.changes and not one.intent.endswith(":look"):
                return int(index) in right
        return answer.intent != one.intent

    def metrics(self) -> dict[str, Any]:
        """As bench/README.md explains them: counts, tokens from bytes, faults, modelled seconds."""
        done = [one for one in self.records if one.status == 200]
        prompt, cached = sum(one.prompt for one in done), sum(one.cached for one in done)
        written_tokens = sum(one.completion for one in done)
        main = [one for one in self.records if one.intent and not one.aside]
        answered = bool(main) and main[-1].intent == "answer" and main[-1].fault == ""
        return {
            "run_id": self.run_id,
            "requests": len(self.records),
            "asides": sum(bool(one.aside) for one in self.records),
            "prompt_tokens": prompt,
            "cached_tokens": cached,
            "uncached_tokens": prompt - cached,
            "completion_tokens": written_tokens,
            "overflows": sum(one.overflow for one in self.records),
            "errors": dict(Counter(str(one.status) for one in self.records if one.status != 200)),
            "faults": self._faults(answered),
            "wasted_turns": sum(one.wasted for one in main) + (0 if answered or not main else 1),
            "gave_up": any(one.gave_up for one in self.records),
            "answered": answered,
            "steps": len(self._script.steps),
            "steps_seen": len(self._seen) + answered,
            "modelled_seconds": modelled_seconds(prompt - cached, written_tokens),
        }

    def _faults(self, answered: bool) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for one in self.records:
            if not one.fault:
                continue
            entry = found.setdefault(one.fault, {"drawn": 0, "repeated": 0, "recovered": 0})
            entry["repeated" if one.repeated else "drawn"] += 1
            if not one.repeated and (one.recovered or (answered and one.intent == "answer")):
                entry["recovered"] += 1
        return found

    def log(self) -> str:
        """One line of JSON for each request, in ASCII: other characters may count as line ends."""
        return "".join(json.dumps(asdict(one)) + "\n" for one in self.records)


def _is_object(arguments: Any) -> bool:
    try:
        return isinstance(arguments if isinstance(arguments, dict) else json.loads(arguments), dict)
    except (TypeError, ValueError):
        return False


def _overflow(prompt: int, window: int) -> dict[str, Any]:
    """In the shape that llama.cpp answers with."""
    message = f"the request exceeds the available context size ({prompt} tokens, {window} available)"
    error = {
        "code": 400,
        "message": message,
        "type": "exceed_context_size_error",
        "n_prompt_tokens": prompt,
        "n_ctx": window,
    }
    return {"error": error}


def truncated(request: Mapping[str, Any], window: int) -> dict[str, Any]:
    """The request as a model sees it whose server drops the front: tools first, then the oldest messages, and
    the front of the last one if need be."""
    shown = {name: value for name, value in request.items() if name != "tools"}
    messages = list(request.get("messages", ()))
    while len(messages) > 1 and tokens(render({**shown, "messages": messages})) >= window:
        messages.pop(0)
    shown["messages"] = messages
    spare = tokens(render(shown)) - window + 1
    if spare > 0 and messages:
        text = text_of(messages[0].get("content")).encode(errors="surrogatepass")
        kept = text[min(spare * BYTES_PER_TOKEN, len(text)) :].decode("utf-8", "ignore")
        shown["messages"] = [{**messages[0], "content": kept}]
    return shown
