"""What one turn works with, what it comes to, and what it has learned on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from .. import events as ev
from ..core import file_list, prompt
from ..core.budget_report import used_by_part
from ..core.eviction import is_left_out
from ..core.evidence import Evidence
from ..core.gathered import Gathered
from ..core.plan import names_of_step
from ..core.prefix import PrefixMeter
from ..core.reminders import Standing, reminders
from ..core.reply import CLAIMS, PLAIN, Change, Kind, Task, TurnFacts
from ..core.reply.commands import may_write, only_looks
from ..core.reports import budget_info
from ..core.router import Routing
from ..core.trust import Trust
from ..governors.base import Governor
from ..messages import Ask, Message, ToolResult, Usage
from ..ports import Approver, Clock, ModelClient, ModelInfo, NoteTaker, TokenCounter
from ..prompts.base import Asker
from ..tools.base import Tool, ToolContext
from ..tools.offering import Offering
from .plan_state import Planning

# Characters of the reason why a change failed, where the model is told of it again.
LONGEST_REASON = 200
# Errors of a file of which the model is told again.
MOST_ERRORS = 3


@dataclass(slots=True)
class Progress:
    """What the turn's calls did, as far as a claim can be held against it. A run is a command that does more
    than look; ``moves`` counts the changes and the runs, ``writes`` the changes and the runs that may have
    written."""

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
    writes: int = 0

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
        self.writes += bool(result.diffs)
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
            self.writes += may_write(command)


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
    where they have to shrink, which the ``prefix`` meter is told. ``note_taker`` writes the notes of a
    conversation that is compacted, None leaves them to rules. ``divided`` tells for which window and profile
    the budget was made. ``tools`` are offered in each request; every tool of ``registry`` runs when it is
    called. ``routing`` is what the request was taken for, None where nobody asked; ``offering``, ``evidence``
    and ``trust`` are the session's. ``asker`` puts small questions, None where there are none; ``waited``
    gives the seconds that the session has waited for the user so far. ``side_usage`` gives, once, what
    questions beside the turn have cost; ``take_back`` undoes the turn's edits, None where the user wants them
    kept. ``gather`` looks up what the request is about; where there is a ``question``, the user is asked that
    instead of the model anything. ``test_command`` runs the project's tests, "" where none is known. The
    fields after these are filled in by the turn, which begins with the
    ``files`` that the request names."""

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
    clock: Clock
    routing: Routing | None = None
    offering: Offering = field(default_factory=Offering)
    evidence: Evidence = field(default_factory=Evidence)
    trust: Trust = field(default_factory=Trust)
    asker: Asker | None = None
    waited: Callable[[], float] = lambda: 0.0
    side_usage: Callable[[], Usage] = Usage
    prefix: PrefixMeter = field(default_factory=PrefixMeter)
    note_taker: NoteTaker | None = None
    take_back: Callable[[], Awaitable[TakenBack]] | None = None
    gather: Callable[[ToolContext, ModelInfo], Awaitable[Gathered]] | None = None
    question: str = ""
    usage: Usage = field(default_factory=Usage)
    progress: Progress = field(default_factory=Progress)
    recovery: Recovery = field(default_factory=Recovery)
    files: file_list.FilesOfTurn = field(default_factory=file_list.FilesOfTurn)
    planning: Planning = field(default_factory=Planning)
    calls: int = 0
    started: float = 0.0
    given: dict[str, int] = field(default_factory=dict)
    test_command: str = ""
    text: str = ""
    stop_reason: ev.StopReason = "failed"
    error: ev.ErrorInfo | None = None
    take_back_due: bool = False
    taken_back: bool = False
    divided: tuple[int, str] | None = None

    def by_name(self, name: str) -> Tool | None:
        return next((tool for tool in self.registry if tool.name == name), None)

    def give(self, call_id: str, content: str) -> None:
        """The result of a call, for the model."""
        self.messages.append(Message("tool", content, tool_call_id=call_id))
        self.given[call_id] = len(content)

    def in_sight(self) -> frozenset[str]:
        """The calls that stand in the transcript with their results as they were given, and not as what is
        left of them."""
        thinned = {
            call.id
            for one in self.messages
            for call in one.tool_calls
            if any(isinstance(value, str) and is_left_out(value) for value in call.arguments.values())
        }
        return frozenset(
            one.tool_call_id
            for one in self.messages
            if one.tool_call_id
            and one.tool_call_id not in thinned
            and self.given.get(one.tool_call_id) == len(one.content)
        )

    @property
    def kept_paths(self) -> frozenset[str]:
        """The files that results are about which go last where the prompt is too large: those of the step
        that is under way, else those that the request names."""
        step = names_of_step(self.planning.plan)
        return frozenset(step or [*self.files.named, *prompt.names(self.ask)])

    @property
    def files_changed(self) -> list[str]:
        """Those that tools have changed, and files of tasks that were ticked off."""
        return list(dict.fromkeys([*self.progress.files_changed, *self.planning.ticked_files]))

    def budget_info(self, info: ModelInfo) -> ev.BudgetInfo:
        """What the transcript takes of the window."""
        reading = {tool.name for tool in self.registry if tool.category in ("read", "search")}
        budget = self.context.budget
        return budget_info(budget, info.asked_window, used_by_part(self.messages, reading, budget.measure))

    @property
    def prompt(self) -> list[Message]:
        """What the next request sends."""
        return self.prompt_of(self.messages)

    def prompt_of(self, transcript: Sequence[Message]) -> list[Message]:
        """What a request sends with this transcript. The reminders stand at its very end and in no
        transcript: they are others the next time."""
        messages = [*transcript, *self.recovery.tail]
        context, planning = self.context, self.planning
        standing = Standing(self.files, planning.plan, planning.wanted, context.budget)
        told = reminders(standing, context.settings.disable)
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
            plan_came=self.planning.came,
            steps_left=self.planning.left(self.files.known),
        )
