"""What one turn works with, what it comes to, and what it has learned on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from .. import events as ev
from ..core import file_list
from ..core.gathered import Gathered
from ..core.reply import CLAIMS, PLAIN, Change, Kind, Task, TurnFacts
from ..core.reply.commands import may_write, only_looks
from ..core.router import Routing
from ..governors.base import Governor
from ..messages import Ask, Message, ToolResult, Usage
from ..ports import Approver, ModelClient, ModelInfo, TokenCounter
from ..tools.base import Tool, ToolContext
from ..tools.offering import Offering

# Characters of the reason why a change failed, where the model is told of it again.
LONGEST_REASON = 200
# Errors of a file of which the model is told again.
MOST_ERRORS = 3


@dataclass(slots=True)
class Progress:
    """What the turn's calls did, as far as a claim can be held against it. A run is a command that does more
    than look; ``moves`` counts the changes and the runs."""

    files_changed: list[str] = field(default_factory=list)
    acted: bool = False
    refused: bool = False
    wrote_by_command: bool = False
    last_run: str = ""
    last_run_ok: bool = True
    ran_since_change: bool = False
    failed: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    moves: int = 0

    def note(self, tool: Tool, path: str, command: str, result: ToolResult) -> None:
        """``path`` is the file that a call names, ``command`` what a shell command runs, "" for others."""
        self.acted = True
        if tool.category == "write":
            # A change that is made after all is often made under another path, which the error told.
            name = path.rsplit("/", 1)[-1]
            self.failed.pop(name, None)
            if not result.ok:
                self.failed[name] = result.content.split("\n", 1)[0][:LONGEST_REASON]
        self.moves += bool(result.diffs)
        for diff in result.diffs:
            self.ran_since_change = False
            errors = [problem for problem in result.problems if problem.path == diff.path]
            self.broken.pop(diff.path, None)
            if errors:
                self.broken[diff.path] = "\n".join(
                    f"{one.path}, line {one.line}: error: {one.message}" for one in errors[:MOST_ERRORS]
                )
            if diff.path not in self.files_changed:
                self.files_changed.append(diff.path)
        if tool.category == "run" and not only_looks(command):
            self.last_run, self.last_run_ok, self.ran_since_change = command, result.ok, True
            self.wrote_by_command |= may_write(command)
            self.moves += 1


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

    def moved(self) -> None:
        """Something was done since the last claim, so that being told helped and may help again."""
        for kind in CLAIMS:
            del self.told[kind]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the edits of a turn that were to be undone; ``kept`` are the files that stay changed,
    None for all of them."""

    message: str
    kept: tuple[str, ...] | None = ()


@dataclass(slots=True)
class TurnState:
    """``messages`` is the session's transcript: the turn appends to it, and replaces its contents only
    where they have to shrink. ``tools`` are offered in each request; every tool of ``registry`` runs when it
    is called. ``routing`` is what the request was taken for, None where nobody asked; ``offering`` is the
    session's. ``side_usage`` gives, once, what questions beside the turn have cost; ``take_back`` undoes the
    turn's edits, None where the user wants them kept. ``gather`` looks up what the request is about; where
    there is a ``question``, the user is asked that instead of the model anything. The fields after these are
    filled in by the turn, which begins with the ``files`` that the request names."""

    ask: Ask
    messages: list[Message]
    client: ModelClient
    counter: TokenCounter
    tools: Sequence[Tool]
    registry: Sequence[Tool]
    context: ToolContext
    governors: Sequence[Governor]
    approver: Approver
    task: Task
    routing: Routing | None = None
    offering: Offering = field(default_factory=Offering)
    side_usage: Callable[[], Usage] = Usage
    take_back: Callable[[], Awaitable[TakenBack]] | None = None
    gather: Callable[[ToolContext, ModelInfo], Awaitable[Gathered]] | None = None
    question: str = ""
    usage: Usage = field(default_factory=Usage)
    progress: Progress = field(default_factory=Progress)
    recovery: Recovery = field(default_factory=Recovery)
    files: file_list.FilesOfTurn = field(default_factory=file_list.FilesOfTurn)
    text: str = ""
    stop_reason: ev.StopReason = "failed"
    error: ev.ErrorInfo | None = None
    take_back_due: bool = False
    taken_back: bool = False

    def by_name(self, name: str) -> Tool | None:
        return next((tool for tool in self.registry if tool.name == name), None)

    @property
    def prompt(self) -> list[Message]:
        """What the next request sends. The list of files still to be changed stands at its very end and in
        no transcript: it is another one the next time."""
        messages = [*self.messages, *self.recovery.tail]
        told = "" if file_list.FEATURE in self.context.settings.disable else file_list.reminder(self.files)
        if told and messages[-1].role != "assistant":
            messages[-1] = replace(messages[-1], content=f"{messages[-1].content}\n\n{told}")
        return messages

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
            broken=done.broken,
            told=recovery.told,
            continued=recovery.continued,
            off=frozenset(self.context.settings.disable),
        )
