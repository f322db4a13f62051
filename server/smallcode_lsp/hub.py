"""What the server holds between requests: settings, the model's client, workspaces and sessions."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smallcode.errors import SmallCodeError, UnknownSession

if TYPE_CHECKING:
    from smallcode.adapters.disk import DiskWorkspace
    from smallcode.adapters.graph.index import CodeIndex
    from smallcode.adapters.settings_file import Resolved
    from smallcode.adapters.undolog import UndoLog
    from smallcode.adapters.validation import EditorDiagnostics
    from smallcode.ports import ModelClient, ModelInfo, RestorableWorkspace
    from smallcode.session import Session
    from smallcode.settings import Settings

    from .approver import EditorApprover
    from .graphs import Graphs

log = logging.getLogger(__name__)

# A status request waits this long for a first word from the model server, seconds.
PROBE_PATIENCE = 3.0

# A model server that did not answer is asked again after this long, seconds.
PROBE_AGAIN = 5.0


@dataclass(slots=True)
class Probe:
    """What is known of the model server: ``info``, or the ``problem`` with reaching it."""

    info: ModelInfo | None = None
    problem: str | None = None
    asked_at: float = float("-inf")
    task: asyncio.Task[None] | None = None


@dataclass(slots=True)
class Hub:
    """``roots`` are the workspace's folders as real paths; the first is the default. ``make_workspace``
    wraps the files under a root for the editor, ``make_approver`` makes the one who asks its user,
    ``make_diagnostics`` the one who knows what other language servers say of the files under a root."""

    roots: list[str]
    make_workspace: Callable[[DiskWorkspace], RestorableWorkspace]
    make_approver: Callable[[], EditorApprover]
    warn: Callable[[str], None]
    resolved: Resolved | None = None
    make_diagnostics: Callable[[str], EditorDiagnostics] | None = None
    graphs: Graphs | None = None
    sessions: dict[str, Session] = field(default_factory=dict)
    probe: Probe = field(default_factory=Probe)
    _client: ModelClient | None = None

    # --- settings ------------------------------------------------------------------------------------

    def configure(self, options: Mapping[str, Any]) -> None:
        """Take ``{"settings": {...}, "trusted": bool}`` from the editor. What is invalid is warned of and
        left out; turns under way keep what they began with."""
        from smallcode.adapters.settings_file import load, user_state_dir  # noqa: PLC0415
        from smallcode.build import open_listeners  # noqa: PLC0415

        settings = options.get("settings")
        trusted = options.get("trusted")
        if settings is not None and not isinstance(settings, Mapping):
            self.warn(f"settings must be an object, not {type(settings).__name__}; they are ignored.")
            settings = None
        resolved = load(
            self.roots[0] if self.roots else None,
            environment=os.environ,
            overrides={key: value for key, value in (settings or {}).items() if value is not None},
            override_source="the editor's settings",
            trusted=trusted if isinstance(trusted, bool) else None,
        )
        if resolved.sources.get("edit_permission") == "default":
            # In an editor an edit lands in a buffer, in sight and undoable: asking first is the
            # exception there, not the rule.
            settings_here = resolved.settings.model_copy(update={"edit_permission": "allow"})
            resolved = type(resolved)(settings_here, resolved.sources, resolved.warnings, resolved.trusted)
        for warning in resolved.warnings:
            self.warn(warning)
        changed = self.resolved is None or self.resolved.settings != resolved.settings
        self.resolved = resolved
        if changed:
            self._forget_client()
            for session in self.sessions.values():
                listeners = open_listeners(resolved.settings, user_state_dir())
                session.configure(resolved.settings, self.client(), listeners)

    def _forget_client(self) -> None:
        old, self._client = self._client, None
        self.probe = Probe()
        if old is not None and not any(session.busy for session in self.sessions.values()):
            in_background(old.aclose())

    def client(self) -> ModelClient:
        """One client for all sessions: what it learns of the server is learned once."""
        from smallcode.adapters.settings_file import user_state_dir  # noqa: PLC0415
        from smallcode.build import open_model  # noqa: PLC0415 - the HTTP stack is not for the start

        if self._client is None:
            self._client = open_model(self.settings, user_state_dir())
        return self._client

    @property
    def settings(self) -> Settings:
        """Those in force. A client that never sends initialized gets the defaults."""
        if self.resolved is None:
            self.configure({})
        assert self.resolved is not None
        return self.resolved.settings

    # --- sessions ------------------------------------------------------------------------------------

    def open_session(self, path: str | None = None) -> Session:
        """A new session about the folder that holds ``path``, or the first one. Raises SmallCodeError."""
        from smallcode.adapters.settings_file import user_state_dir  # noqa: PLC0415
        from smallcode.build import open_disk, open_session  # noqa: PLC0415

        state = user_state_dir()
        workspace = self.make_workspace(open_disk(self._root_of(path), state))
        approver = self.make_approver()
        session = open_session(
            self.settings,
            workspace,
            approver,
            self.client(),
            state_dir=state,
            editor=self.make_diagnostics(workspace.root) if self.make_diagnostics else None,
            graph=self.graphs.get(workspace.root) if self.graphs else None,
        )
        approver.session = session
        self.sessions[session.id] = session
        return session

    def undo_log(self, root: str) -> UndoLog:
        """For the turns of a folder, those before the start too. Raises SmallCodeError."""
        from smallcode.adapters.settings_file import user_state_dir  # noqa: PLC0415
        from smallcode.build import open_disk, open_undo_log  # noqa: PLC0415

        state = user_state_dir()
        return open_undo_log(self.make_workspace(open_disk(root, state)), state)

    def _root_of(self, path: str | None) -> str:
        if not self.roots:
            raise SmallCodeError("No folder is open.", "Open the project's folder in the editor.")
        if path is not None:
            real = Path(os.path.realpath(path))
            for root in sorted(self.roots, key=len, reverse=True):
                if real.is_relative_to(root):
                    return root
        return self.roots[0]

    def session(self, session_id: str | None, path: str | None = None) -> Session:
        """The session of that id; unset, the one used last for the folder that holds ``path``, or a new
        one. Raises UnknownSession."""
        if session_id is None:
            root = self._root_of(path) if path is not None and self.roots else None
            used_last_first = reversed(self.sessions.values())
            fitting = (one for one in used_last_first if root in (None, one.workspace.root))
            return next(fitting, None) or self.open_session(path)
        if session_id not in self.sessions:
            raise UnknownSession(f"There is no session {session_id}.", "Start a new one.")
        session = self.sessions.pop(session_id)
        self.sessions[session_id] = session
        return session

    # --- code graphs ---------------------------------------------------------------------------------

    async def open_graphs(self) -> list[tuple[str, CodeIndex]]:
        """Those of the workspace's folders that the settings ask for and that are not there yet, begun; those
        that the settings no longer ask for are closed."""
        from smallcode.adapters.settings_file import user_cache_dir  # noqa: PLC0415
        from smallcode.build import open_code_graph  # noqa: PLC0415

        made: list[tuple[str, CodeIndex]] = []
        if self.graphs is None:
            return made
        if not self.settings.index:
            await self.graphs.aclose()
        for root in self.roots:
            known = self.graphs.get(root) is not None
            index = None if known else open_code_graph(self.settings, root, user_cache_dir())
            if index is not None:
                self.graphs.add(root, index)
                index.start()
                made.append((root, index))
        return made

    # --- the model server's health -------------------------------------------------------------------

    async def look(self, now: float) -> Probe:
        """What is known of the model server; asks it where nothing is known, waiting a little at most.

        ``now`` is a monotonic time in seconds.
        """
        probe = self.probe
        if probe.info is None and probe.task is None and now - probe.asked_at >= PROBE_AGAIN:
            probe.asked_at = now
            probe.task = asyncio.create_task(self._ask_server(probe))
        if probe.info is None and probe.problem is None and probe.task is not None:
            await asyncio.wait({probe.task}, timeout=PROBE_PATIENCE)
        return probe

    async def _ask_server(self, probe: Probe) -> None:
        try:
            probe.info = await self.client().info()
            probe.problem = None
        except SmallCodeError as error:
            probe.problem = str(error)
        finally:
            probe.task = None

    async def aclose(self) -> None:
        """End every turn and shell, and the connections to the model server."""
        sessions = list(self.sessions.values())
        self.sessions.clear()
        for session in sessions:
            await session.aclose()
        if self._client is not None:
            await self._client.aclose()
            self._client = None
        if self.graphs is not None:
            await self.graphs.aclose()


_background: set[asyncio.Task[None]] = set()


def in_background(work: Any) -> None:
    """asyncio keeps only a weak reference to a task: hold it until it is done."""
    task = asyncio.ensure_future(work)
    _background.add(task)
    task.add_done_callback(_background.discard)
