"""A turn on a terminal: what streams in is shown at once, and no text can do more than be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.status import Status
from rich.text import Text

from .. import events as ev

# Control sequences of ECMA-48: CSI, then OSC and the other string forms, then two-character escapes.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[]PX^_].*?(?:\x07|\x1b\\|$)|\x1b[ -/]*[0-~]", re.DOTALL)
# Other control characters, and those that make text read in another order than it stands (Unicode TR 36).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

RESULT_LINES = 8
OUTPUT_LINES = 4
DIFF_LINES = 60
INDENT = 2

PLAN_MARKS = {"done": ("✓", "green"), "current": ("→", "bold"), "open": ("·", "dim")}

_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def clean(text: str) -> str:
    """Without terminal control: escapes are dropped, other control characters are shown as their code.

    A carriage return before a line feed is dropped; tab and line feed stay.
    """
    text = _ESCAPES.sub("", text).replace("\r\n", "\n")
    return _CONTROLS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def diff_text(diff: str, limit: int = DIFF_LINES) -> Text:
    """A unified diff in colour, without the two lines that only repeat the file's name."""
    lines = [line for line in clean(diff).splitlines() if not line.startswith(("--- ", "+++ "))]
    shown = Text()
    for line in lines[:limit]:
        shown.append(f"{line}\n", _DIFF_STYLES.get(line[:1], "dim"))
    if len(lines) > limit:
        shown.append(f"… {len(lines) - limit} more lines\n", "dim")
    shown.rstrip()
    return shown


def usage_line(usage: ev.UsageInfo, window: int = 0) -> str:
    """Tokens in words: "1,234 tokens read (900 cached, 73 %), 56 written, 3 requests"."""
    cached = ""
    if usage.cached_tokens is not None and usage.prompt_tokens:
        share = usage.cached_tokens / usage.prompt_tokens
        cached = f" ({usage.cached_tokens:,} from the cache, {share:.0%})"
    requests = "1 request" if usage.requests == 1 else f"{usage.requests} requests"
    parts = [
        f"{usage.prompt_tokens:,} tokens read{cached}",
        f"{usage.completion_tokens:,} written",
        requests,
    ]
    return ", ".join(parts) + (f", window {window:,}" if window else "")


def _last_words(lines: list[str]) -> list[str]:
    """The end of a command's output tells how it went; rules and blank lines tell nothing."""
    telling = [line for line in lines if any(char.isalnum() for char in line)]
    left = len(telling) - OUTPUT_LINES
    return [f"… {left} more lines", *telling[-OUTPUT_LINES:]] if left > 0 else telling


def _beginning(lines: list[str]) -> list[str]:
    left = len(lines) - RESULT_LINES
    return [*lines[:RESULT_LINES], f"… {left} more lines"] if left > 0 else lines


class Flow:
    """Writes streaming text, wrapped at words where someone looks at it. ``end`` ends the line."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._wraps = _is_watched(console)
        self._word = ""
        self._column = 0
        self._begun = False
        self._style = ""

    def feed(self, text: str, style: str = "") -> None:
        if style != self._style:
            self.end()
            self._style = style
        for piece in re.split(r"(\s)", clean(text)):
            if not piece.isspace():
                self._word += piece
                continue
            self._put_word()
            if piece != "\n":
                self._put("    " if piece == "\t" else piece)
            elif self._begun:
                self._break()

    def end(self) -> None:
        self._put_word()
        if self._column:
            self._break()
        self._begun = False

    def _put_word(self) -> None:
        if self._word:
            if self._wraps and self._column > INDENT and self._right_of(self._word) > self._console.width:
                self._break()
            self._put(self._word)
            self._word = ""
            self._begun = True

    def _right_of(self, text: str) -> int:
        return self._column + cell_len(text)

    def _put(self, text: str) -> None:
        if not self._column:
            text = " " * INDENT + text
        self._column = self._right_of(text)
        self._console.print(Text(text, self._style), end="", soft_wrap=True)

    def _break(self) -> None:
        self._console.print()
        self._column = 0


def _is_watched(console: Console) -> bool:
    return console.is_terminal or console.record


def in_any_order(steps: Sequence[ev.PlanStep]) -> str:
    """Which steps of a plan do not wait for each other, in words; "" where each waits for the one before."""
    by_batch: dict[int, list[str]] = {}
    for number, step in enumerate(steps, 1):
        by_batch.setdefault(step.batch, []).append(str(number))
    free = [", ".join(numbers) for numbers in by_batch.values() if len(numbers) > 1]
    return f"(in any order: {'; '.join(free)})" if free else ""


class TurnScreen:
    """Shows the events of a turn on a console, in the order in which they come."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._flow = Flow(console)
        self._status: Status | None = None
        self._window = 0
        self._kinds: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._newest_call = ""
        self._steps: list[ev.PlanStep] = []

    def show(self, event: ev.Event) -> None:
        if not isinstance(event, ev.PromptProgress | ev.RequestStarted):
            self.pause()
        match event:
            case ev.RequestStarted():
                self._flow.end()
                if event.step > 0:
                    self._console.print()
                self._wait("waiting for the model…")
            case ev.PromptProgress() if event.total:
                self._wait(f"reading the prompt… {event.processed / event.total:.0%}")
            case ev.MessageChunk():
                self._flow.feed(event.text)
            case ev.ThoughtChunk():
                self._flow.feed(event.text, "dim italic")
            case _:
                self._flow.end()
                self._show_whole(event)

    def pause(self) -> None:
        """Take the line that tells what is waited for off the screen; others may write then."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def line(self, text: str | Text, style: str = "") -> None:
        """A line of one's own between the events."""
        self.pause()
        self._flow.end()
        self._indented(Text(text, style) if isinstance(text, str) else text)

    def _show_whole(self, event: ev.Event) -> None:
        match event:
            case ev.ToolStarted():
                self._kinds[event.call_id] = event.kind
                self._titles[event.call_id] = event.title
                self._call(event.call_id, event.title)
            case ev.ToolFinished():
                self._finished(event)
            case ev.ReplyDiscarded():
                self._indented(Text(clean(f"… asked again: {event.reason}"), "dim"))
            case ev.ReplyCorrected():
                self._indented(Text(clean(f"↻ {event.detail}"), "dim"))
            case ev.Governed():
                self._indented(Text(clean(f"↻ {event.governor}: {event.detail}"), "dim"))
            case ev.PlanUpdated():
                self._plan(event)
            case ev.Notice():
                style = {"info": "dim", "warning": "yellow", "error": "red"}[event.level]
                self._indented(Text(clean(f"! {event.message} {event.remedy}".rstrip()), style))
            case ev.UsageUpdated():
                self._window = event.window
            case ev.TurnEnded():
                self._ended(event)
            case _:
                pass

    def _plan(self, event: ev.PlanUpdated) -> None:
        """The whole plan when it is new, then the steps whose mark is another one."""
        before = {(number, step.text): step.status for number, step in enumerate(self._steps, 1)}
        new = [step.text for step in event.steps] != [step.text for step in self._steps]
        for number, step in enumerate(event.steps, 1):
            if new or before[number, step.text] != step.status:
                mark, style = PLAN_MARKS[step.status]
                self._indented(Text(clean(f"{mark} {number}. {step.text}"), style))
        if new and (free := in_any_order(event.steps)):
            self._indented(Text(free, "dim"))
        self._steps = event.steps

    def _call(self, call_id: str, title: str) -> None:
        self._newest_call = call_id
        self._indented(Text.assemble(("▸ ", "bold cyan"), (clean(title), "bold")))

    def _finished(self, event: ev.ToolFinished) -> None:
        """Below its call: where several run at once, others were begun since."""
        kind = self._kinds.pop(event.call_id, "")
        title = self._titles.pop(event.call_id, event.name)
        if self._newest_call not in ("", event.call_id):
            self._call(event.call_id, title)
        good = event.status == "completed"
        mark = ("✓ ", "green") if good else ("✗ ", "red")
        lines = clean(event.content).rstrip().splitlines()
        if event.diffs:
            for diff in event.diffs:
                self._indented(Text.assemble(mark, f"{diff.kind} {clean(diff.path)}"), 2)
                self._indented(diff_text(diff.diff), 4)
        elif good and kind in ("read", "search"):
            counted = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
            self._indented(Text.assemble(mark, (counted, "dim")), 2)
        else:
            first, rest = (lines[0], lines[1:]) if lines else ("(nothing)", [])
            self._indented(Text.assemble(mark, (first, "dim")), 2)
            for line in _last_words(rest) if kind == "run" else _beginning(rest):
                self._indented(Text(line, "dim"), 4)

    def _ended(self, event: ev.TurnEnded) -> None:
        self._console.print()
        if event.error is not None:
            self._indented(Text(clean(event.error.message), "red"))
            if event.error.remedy:
                self._indented(Text(clean(f"→ {event.error.remedy}")))
        elif event.stop_reason != "done":
            self._indented(Text(f"The turn ended: {event.stop_reason.replace('_', ' ')}.", "yellow"))
        if event.files_changed:
            self._indented(Text(clean(f"changed: {', '.join(event.files_changed)}"), "dim"))
        if event.usage.requests:
            self._indented(Text(usage_line(event.usage, self._window), "dim"))

    def _indented(self, text: Text, indent: int = 0) -> None:
        width = max(20, self._console.width - INDENT - indent)
        for line in text.wrap(self._console, width) if _is_watched(self._console) else text.split("\n"):
            self._console.print(Text(" " * (INDENT + indent)) + line, soft_wrap=True)

    def _wait(self, text: str) -> None:
        """Only on a living terminal; a recording would keep every state of it."""
        if not self._console.is_terminal or self._console.record:
            return
        if self._status is None:
            self._status = self._console.status(text, spinner="dots")
            self._status.start()
        else:
            self._status.update(text)
