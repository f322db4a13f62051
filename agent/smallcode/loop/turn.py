"""What one turn works with, what it comes to, and what it has learned on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .. import events as ev
from ..core.reply import PLAIN, Change, Kind, Task, TurnFacts
from ..core.reply.commands import may_write, only_looks
from ..governors.base import Governor
from ..messages import Ask, Message, ToolResult, Usage
from ..ports import Approver, ModelClient, TokenCounter
from ..tools.base import Tool, ToolContext

# Characters of the reason why a change failed, where the model is told of it again.
LONGEST_REASON = 200


@dataclass(slots=True)
class Progress:
    """What the turn's calls did, as far as a claim can be held against it. A run is a command that does more
    than look."""

    files_changed: list[str] = field(default_factory=list)
    acted: bool = False
    refused: bool = False
    wrote_by_command: bool = False
    last_run: str = ""
    last_run_ok: bool = True
    ran_since_change: bool = False
    failed: dict[str, str] = field(default_factory=dict)

    def note(self, tool: Tool, path: str, command: str, result: ToolResult) -> None:
        """``path`` is the file that a call names, ``command`` what a shell command runs, "" for others."""
        self.acted = True
        if tool.category == "write":
            # A change that is made after all is often made under another path, which the error told.
            name = path.rsplit("/", 1)[-1]
            self.failed.pop(name, None)
            if not result.ok:
                self.failed[name] = result.content.split("\n", 1)[0][:LONGEST_REASON]
        for diff in result.diffs:
            self.ran_since_change = False
            if diff.path not in self.files_changed:
                self.files_changed.append(diff.path)
        if tool.category == "run" and not only_looks(command):
            self.last_run, self.last_run_ok, self.ran_since_change = command, result.ok, True
            self.wrote_by_command |= may_write(command)


@dataclass(slots=True)
class Recovery:
    """Where the turn stands with replies that are no progress.

    ``tail`` follows the transcript in the next request and is no part of it: the bad reply in a valid form
    and what the model is told about it. The next good reply drops it, so that neither stays in the history.
    ``row`` are the kinds of those in a row, ``in_all`` counts them over the turn. ``change`` is how the next
    request differs; ``begun`` is the text of an answer that was cut and is being continued. ``no_thoughts``:
    thinking stays off from here on, because it did not end twice. ``helped`` is for each kind the way to ask
    after which a good reply came: it is the first to be tried the next time.
    """

    tail: list[Message] = field(default_factory=list)
    row: list[Kind] = field(default_factory=list)
    in_all: int = 0
    told: Counter[Kind] = field(default_factory=Counter)
    change: Change = PLAIN
    begun: str = ""
    continued: int = 0
    no_thoughts: bool = False
    helped: dict[Kind, Change] = field(default_factory=dict)

    def over(self) -> None:
        """A good reply came."""
        for kind in self.row:
            self.helped[kind] = self.change
        self.tail = []
        self.row = []
        self.continued = 0
        self.change = PLAIN
        self.begun = ""


@dataclass(slots=True)
class TurnState:
    """``messages`` is the session's transcript: the turn appends to it, and replaces its contents only
    where they have to shrink. The fields after ``task`` are filled in by the turn."""

    ask: Ask
    messages: list[Message]
    client: ModelClient
    counter: TokenCounter
    tools: Sequence[Tool]
    context: ToolContext
    governors: Sequence[Governor]
    approver: Approver
    task: Task
    usage: Usage = field(default_factory=Usage)
    progress: Progress = field(default_factory=Progress)
    recovery: Recovery = field(default_factory=Recovery)
    text: str = ""
    stop_reason: ev.StopReason = "failed"
    error: ev.ErrorInfo | None = None

    def by_name(self, name: str) -> Tool | None:
        return next((tool for tool in self.tools if tool.name == name), None)

    @property
    def prompt(self) -> list[Message]:
        """What the next request sends."""
        return [*self.messages, *self.recovery.tail]

    def facts(self) -> TurnFacts:
        done, recovery = self.progress, self.recovery
        return TurnFacts(
            task=self.task,
            changed=tuple(done.files_changed),
            wrote_by_command=done.wrote_by_command,
            acted=done.acted,
            refused=done.refused,
            last_run=done.last_run,
            last_run_ok=done.last_run_ok,
            ran_since_change=done.ran_since_change,
            failed=done.failed,
            told=recovery.told,
            continued=recovery.continued,
            off=frozenset(self.context.settings.disable),
        )
