"""A conversation: its transcript, its shell, what the model has seen, and one turn at a time."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from . import events as ev
from .adapters.approver import PolicyApprover
from .adapters.clock import SystemClock
from .adapters.context import ContextGatherer
from .adapters.guard import WriteGuard
from .adapters.in_session import InSession
from .adapters.measure import vocabulary_tokens
from .adapters.snapshots import Snapshots
from .adapters.timed_approver import TimedApprover
from .adapters.undolog import UndoLog, UndoReport
from .core import clarify, prompt
from .core.budget import unasked
from .core.evidence import Evidence
from .core.file_list import FilesOfTurn, named_files
from .core.focus import Focus
from .core.plan import Plan
from .core.prefix import PrefixMeter
from .core.reply import read_task
from .core.retrieval import Retrieval
from .core.router import Routing, classify
from .core.trust import Trust
from .ecosystems import HEADING
from .errors import SessionBusy, SmallCodeError
from .features import CODE_GRAPH, ROUTER, check_disabled
from .governors import Given, all_governors
from .loop import Planning, TakenBack, TurnState, run_turn
from .messages import Ask, Message, Usage
from .ports import (
    Approver,
    CodeGraph,
    Listener,
    ModelClient,
    Outliner,
    Project,
    RestorableWorkspace,
    Shell,
    Syntax,
    TokenCounter,
    Validator,
    Workspace,
)
from .prompts.base import Asker
from .prompts.compact import ModelNotes
from .prompts.merge import ModelMerger
from .prompts.plan import PlanDrawer
from .settings import Settings
from .tools import offered, registry
from .tools.base import ToolContext
from .tools.offering import Offering

TITLE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session is made of; the composition root fills it in. ``approver`` is the person: the
    settings' rules come before it. ``make_validator`` gives the one who looks at files after a change.
    Without ``snapshots`` turns can be undone while the session lives; without ``syntax`` definitions are
    known by their words alone, without ``outliner`` long files are shown without an outline, and without
    ``project`` the model is not told what the project is made with; without ``graph`` nobody is asked."""

    settings: Settings
    workspace: RestorableWorkspace
    shell: Shell
    client: ModelClient
    counter: TokenCounter
    approver: Approver
    listeners: Sequence[Listener] = ()
    make_validator: Callable[[Settings], Validator | None] = lambda _settings: None
    snapshots: Snapshots | None = None
    syntax: Syntax | None = None
    outliner: Outliner | None = None
    project: Project | None = None
    graph: CodeGraph | None = None


def new_id() -> str:
    """Unique and sortable by time of making: seconds since the epoch in hexadecimal, then random digits."""
    return f"{int(time.time()):09x}-{secrets.token_hex(4)}"


class Session:
    """Several may live side by side; nothing is shared between them but the model client.

    ``id``, ``title`` (the first prompt, cut), ``turns`` (how many were begun), ``turn_id`` (the newest)
    ``last_usage`` (of the turn that ended last), ``usage`` (of all of them), ``budget`` (of the newest
    prompt), ``evidence`` (what was tried) and ``retrieval`` (what looking for code has cost) are for showing.
    """

    def __init__(self, parts: Parts, project: str, session_id: str) -> None:
        """``project`` is the name by which the model knows the workspace."""
        self.id = session_id
        self.title = ""
        self.turns = 0
        self.turn_id = ""
        self.last_usage: Usage | None = None
        self.usage = Usage()
        self.budget: ev.BudgetInfo | None = None
        self.retrieval = Retrieval()
        self._parts = parts
        settings = parts.settings
        self._clock = SystemClock()
        self._person = TimedApprover(parts.approver, self._clock)
        self._approver = PolicyApprover(
            self._person, shell=settings.shell_permission, edit=settings.edit_permission
        )
        self._undo_log = UndoLog(parts.workspace, parts.snapshots, session_id)
        self._workspace = WriteGuard(self._undo_log, self._approver)
        self._gatherer = ContextGatherer(parts.workspace, parts.project)
        self._asker = Asker(parts.client, self._clock)
        self._validator = parts.make_validator(settings)
        self._trust = Trust()
        self.evidence = Evidence()
        self._messages: list[Message] = [prompt.system_message(project)]
        self._plan: Plan | None = None
        self._task: asyncio.Task[object] | None = None
        self._prefix = PrefixMeter()
        self._routing: Routing | None = None
        self._offering = Offering()

    @property
    def busy(self) -> bool:
        return self._task is not None

    @property
    def workspace(self) -> Workspace:
        """The files as this session reads and writes them, guarded and undoable."""
        return self._workspace

    @property
    def messages(self) -> tuple[Message, ...]:
        """The transcript as it stands, the system message first."""
        return tuple(self._messages)

    async def ask(self, ask: Ask, turn_id: str | None = None) -> AsyncGenerator[ev.Event, None]:
        """One turn, as its events. Raises SessionBusy while another is under way, and SettingsError where
        the setting ``disable`` names what is no feature."""
        check_disabled(self._parts.settings.disable)
        if self._task is not None:
            raise SessionBusy(
                "A turn is under way in this session.", "Stop it, wait, or open another session."
            )
        turn = self._turn(ask)
        listeners = self._parts.listeners
        self.turn_id = turn_id = turn_id or new_id()
        self.turns += 1
        self.title = self.title or next(iter(ask.prompt.strip().splitlines()), "")[:TITLE_CHARS]
        self._begin_turn(turn_id)
        self._task = asyncio.current_task()
        try:
            async with aclosing(run_turn(turn)) as running:
                async for event in running:
                    for listener in listeners:
                        listener.on_event(turn_id, event)
                    if isinstance(event, ev.UsageUpdated):
                        self.budget = event.budget
                    yield event
        finally:
            self._undo_log.end_turn()
            self.last_usage = turn.usage
            self.usage += turn.usage
            self._plan = turn.planning.kept()
            self._task = None

    def configure(
        self, settings: Settings, client: ModelClient, listeners: Sequence[Listener] | None = None
    ) -> None:
        """Other settings, another model server and, unless None, other listeners, from the next turn on.
        The shell keeps what it was made with."""
        watching = self._parts.listeners if listeners is None else listeners
        counter = self._parts.counter if client is self._parts.client else client.counter()
        # Another server holds nothing of this conversation yet.
        self._offering.begun &= client is self._parts.client
        self._parts = replace(
            self._parts, settings=settings, client=client, counter=counter, listeners=watching
        )
        self._approver.configure(shell=settings.shell_permission, edit=settings.edit_permission)
        self._validator = self._parts.make_validator(settings)

    def cancel(self) -> bool:
        """End the turn under way; False where there is none. The turn still yields its TurnEnded."""
        return self._task is not None and self._task.cancel()

    async def undo(self, turn_id: str | None = None) -> UndoReport:
        """Take back the edits of a turn; of the last one that changed something where none is named.
        Raises SessionBusy while a turn is under way."""
        if self._task is not None:
            raise SessionBusy("A turn is under way in this session.", "Stop it before you undo.")
        return await self._undo_log.undo(turn_id)

    async def last_turn_here(self) -> str | None:
        """The newest turn in this folder that can be undone, whichever session's it was, before a restart
        too; None where there is none. Raises DiskFailed."""
        return await self._undo_log.last()

    async def aclose(self) -> None:
        """End the turn under way and the shell. The model client is its owner's to close."""
        self.cancel()
        await self._parts.shell.aclose()

    def _turn(self, ask: Ask) -> TurnState:
        parts = self._parts
        if ROUTER not in parts.settings.disable:
            self._routing = classify(ask.prompt, self._routing)
        task = read_task(ask.prompt, prompt.names(ask))
        writers = tuple(tool.name for tool in offered() if tool.category == "write")
        given = Given(task, writers, self._trust, self._workspace.root)
        waited = self._person.seconds
        self._trust.begin_turn()
        context = self._context(ask)
        return TurnState(
            ask=ask,
            messages=self._messages,
            client=InSession(parts.client, self.id),
            counter=parts.counter,
            tools=offered(),
            registry=context.registry,
            context=context,
            governors=all_governors(parts.settings.disable, given),
            approver=self._approver,
            task=task,
            clock=self._clock,
            routing=None if ROUTER in parts.settings.disable else self._routing,
            offering=self._offering,
            evidence=self.evidence,
            trust=self._trust,
            asker=self._asker,
            waited=lambda: self._person.seconds - waited,
            side_usage=self._asker.take_usage,
            prefix=self._prefix,
            note_taker=ModelNotes(self._asker),
            take_back=self._take_back if parts.settings.rollback_on_stop else None,
            gather=lambda context, info: self._gatherer.gather(
                ask, context, info, first=not any(one.content.startswith(HEADING) for one in self._messages)
            ),
            question=""
            if clarify.FEATURE in parts.settings.disable
            else clarify.vague(ask, len(self._messages) > 1),
            files=FilesOfTurn(named=named_files(ask.prompt)),
            planning=Planning(
                earlier=self._plan,
                draw=PlanDrawer(self._asker).draw if parts.settings.plan_question else None,
            ),
        )

    async def _take_back(self) -> TakenBack:
        """Undo the turn under way, for the loop."""
        try:
            report = await self._undo_log.undo(self.turn_id)
        except SmallCodeError as error:
            return TakenBack(f"The edits of this turn could not be taken back: {error}", kept=None)
        restored = ", ".join(report.restored) or "no file"
        kept = "".join(f" {one.path} stays as it is: {one.reason}." for one in report.conflicts)
        return TakenBack(
            f"The edits of this turn were taken back in {restored}.{kept}",
            tuple(one.path for one in report.conflicts),
        )

    def _context(self, ask: Ask) -> ToolContext:
        parts = self._parts
        merger = ModelMerger(self._asker) if parts.settings.model_merge else None
        switched_on = parts.settings.index and CODE_GRAPH not in parts.settings.disable
        graph = parts.graph if switched_on else None
        return ToolContext(
            self._workspace,
            parts.shell,
            parts.settings,
            self._validator,
            parts.syntax,
            merger,
            budget=unasked(vocabulary_tokens),
            focus=Focus(ask.prompt, prompt.names(ask)),
            outliner=parts.outliner,
            graph=graph,
            counter=parts.counter,
            retrieval=self.retrieval,
            registry=registry(graph=graph is not None),
            project=parts.project,
        )

    def _begin_turn(self, turn_id: str) -> None:
        def observe(event: ev.Event) -> None:
            for listener in listeners:
                listener.on_event(turn_id, event)

        listeners = self._parts.listeners
        self._undo_log.begin_turn(turn_id)
        self._asker.begin_turn(self._parts.client, observe)
