"""The composition root: from settings to a session. The one place that chooses adapters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .features import CHECKERS, CODE_GRAPH, EDITOR_DIAGNOSTICS, GRAMMARS, VALIDATION
from .ports import Approver, CodeGraph, Listener, ModelClient, RestorableWorkspace, Validator
from .session import Parts, Session, new_id
from .settings import Settings

if TYPE_CHECKING:
    from .adapters.disk import DiskWorkspace
    from .adapters.graph.index import CodeIndex
    from .adapters.snapshots import SnapshotStore
    from .adapters.undolog import UndoLog
    from .adapters.validation import EditorDiagnostics


# Characters of a command's output that are kept until its failures are found in it; what the model is shown
# is bounded by max_result_chars and the budget.
KEPT_OUTPUT = 200_000


def open_model(settings: Settings, state_dir: Path | None = None) -> ModelClient:
    """A client for the server that the settings name, or for the first found on this machine; it
    connects when it is first used. Sessions may share it; close it with ``aclose``. ``state_dir`` is where
    it keeps what it learns of servers; without it that is forgotten at the end."""
    from .adapters.learned import Memory  # noqa: PLC0415
    from .adapters.openai import OpenAIClient  # noqa: PLC0415 - an HTTP stack is not for every start

    return OpenAIClient(settings, memory=Memory(state_dir and state_dir / "servers.json"))


def open_disk(root: str | Path, state_dir: Path | None = None) -> DiskWorkspace:
    """The files under ``root``; locks and the journal lie in ``state_dir``, and hold for all who name the
    same. Raises WorkspaceError where there is no such folder."""
    from .adapters.disk import DiskWorkspace  # noqa: PLC0415
    from .adapters.diskwriter import DiskWriter  # noqa: PLC0415

    return DiskWorkspace(root, writer=DiskWriter(state_dir))


def open_snapshots(state_dir: Path) -> SnapshotStore:
    """Where the turns of this user are kept; nothing is made yet."""
    from .adapters.snapshots import SnapshotStore  # noqa: PLC0415

    return SnapshotStore(state_dir / "snapshots")


def open_undo_log(workspace: RestorableWorkspace, state_dir: Path) -> UndoLog:
    """For listing and undoing the turns of a folder, of any session."""
    from .adapters.undolog import UndoLog  # noqa: PLC0415

    return UndoLog(workspace, open_snapshots(state_dir))


def open_listeners(settings: Settings, state_dir: Path | None) -> list[Listener]:
    """Those that the settings ask for: the trace, which knows the key that it must not hold."""
    from .adapters.clock import SystemClock  # noqa: PLC0415
    from .listeners.trace import Trace  # noqa: PLC0415

    if state_dir is None or not settings.trace:
        return []
    secrets = [settings.api_key.get_secret_value()] if settings.api_key else []
    return [Trace(state_dir / "traces", clock=SystemClock(), secrets=secrets)]


def open_validator(
    settings: Settings, root: str, editor: EditorDiagnostics | None = None
) -> Validator | None:
    """Whoever the settings let look at a file under ``root`` after a change."""
    from .adapters.validation import Use, Validators, checkers, projects  # noqa: PLC0415

    off = settings.disable
    if VALIDATION in off:
        return None
    use = Use(
        checkers=() if CHECKERS in off else checkers.ALL,
        grammar=GRAMMARS not in off,
        projects=projects.ALL if settings.project_checkers else (),
        editor=None if EDITOR_DIAGNOSTICS in off else editor,
        timeout=settings.validation_timeout,
        editor_timeout=settings.editor_diagnostics_timeout,
    )
    return Validators(root, use)


def open_code_graph(settings: Settings, root: str, cache_dir: Path | None = None) -> CodeIndex | None:
    """The code graph of a folder, for all sessions in it; None where the settings do without. It reads no
    file before it is started or asked. ``cache_dir`` is where it is kept; without it that is in memory alone.
    To be called in an event loop; the caller closes it."""
    from .adapters.graph.extract import Extractor  # noqa: PLC0415 - grammars are not for every start
    from .adapters.graph.index import CodeIndex, Sources  # noqa: PLC0415
    from .adapters.graph.reading import InProcesses, InThread  # noqa: PLC0415
    from .adapters.graph.store import Store  # noqa: PLC0415
    from .adapters.graph.version import extraction_version  # noqa: PLC0415
    from .adapters.graph.worker import ExtractionPool  # noqa: PLC0415
    from .core.graph.resolve import Edges  # noqa: PLC0415

    if not settings.index or CODE_GRAPH in settings.disable:
        return None
    store = Store(cache_dir and cache_dir / "graph", root, extraction_version)
    extractor = Extractor()
    many = InProcesses(ExtractionPool, InThread(extractor))
    return CodeIndex(root, Sources(store, extractor, Edges(), many))


def open_session(
    settings: Settings,
    workspace: RestorableWorkspace,
    approver: Approver,
    client: ModelClient,
    *,
    state_dir: Path | None = None,
    listeners: Sequence[Listener] = (),
    editor: EditorDiagnostics | None = None,
    graph: CodeGraph | None = None,
) -> Session:
    """A new conversation about the files of ``workspace``.

    ``state_dir`` is where snapshots and traces go; without it snapshots are in memory, and there are no
    traces. ``editor`` tells what other language servers report, where there is one; ``graph`` is the code
    graph of the folder, and its owner's to close. Nothing is asked of the
    model server yet. The caller closes the session, and the client after its last session.
    """
    from .adapters.definitions import TreeDefinitions  # noqa: PLC0415
    from .adapters.outlines import TreeOutliner  # noqa: PLC0415
    from .adapters.project import ProjectReader  # noqa: PLC0415
    from .adapters.shell import BashShell  # noqa: PLC0415

    session_id = new_id()
    parts = Parts(
        settings=settings,
        workspace=workspace,
        shell=BashShell(
            workspace.root,
            allow_cd_outside=settings.allow_cd_outside,
            max_output=max(settings.max_result_chars, KEPT_OUTPUT),
        ),
        client=client,
        counter=client.counter(),
        approver=approver,
        listeners=[*listeners, *_of_graph(graph), *open_listeners(settings, state_dir)],
        make_validator=lambda current: open_validator(current, workspace.root, editor),
        syntax=TreeDefinitions(),
        outliner=TreeOutliner(),
        project=ProjectReader(workspace.root),
        snapshots=None if state_dir is None else open_snapshots(state_dir),
        graph=graph,
    )
    return Session(parts, Path(workspace.root).name, session_id)


def _of_graph(graph: CodeGraph | None) -> list[Listener]:
    """Who tells the graph what the tools do to files."""
    from .listeners.graph_changes import GraphChanges  # noqa: PLC0415
    from .tools import ALL  # noqa: PLC0415

    return [] if graph is None else [GraphChanges(graph, [one.name for one in ALL if one.category == "run"])]
