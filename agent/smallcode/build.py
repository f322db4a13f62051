"""The composition root: from settings to a session. The one place that chooses adapters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .ports import Approver, Listener, ModelClient, Workspace
from .session import Parts, Session, new_id
from .settings import Settings

if TYPE_CHECKING:
    from .adapters.disk import DiskWorkspace


def open_model(settings: Settings) -> ModelClient:
    """A client for the server that the settings name, or for the first found on this machine; it
    connects when it is first used. Sessions may share it; close it with ``aclose``."""
    from .adapters.openai import OpenAIClient  # noqa: PLC0415 - an HTTP stack is not for every start

    return OpenAIClient(settings)


def open_disk(root: str | Path) -> DiskWorkspace:
    """The files under ``root``. Raises WorkspaceError where there is no such folder."""
    from .adapters.disk import DiskWorkspace  # noqa: PLC0415

    return DiskWorkspace(root)


def open_listeners(settings: Settings, state_dir: Path | None) -> list[Listener]:
    """Those that the settings ask for: the trace, which knows the key that it must not hold."""
    from .adapters.clock import SystemClock  # noqa: PLC0415
    from .listeners.trace import Trace  # noqa: PLC0415

    if state_dir is None or not settings.trace:
        return []
    secrets = [settings.api_key.get_secret_value()] if settings.api_key else []
    return [Trace(state_dir / "traces", clock=SystemClock(), secrets=secrets)]


def open_session(
    settings: Settings,
    workspace: Workspace,
    approver: Approver,
    client: ModelClient,
    *,
    state_dir: Path | None = None,
    listeners: Sequence[Listener] = (),
) -> Session:
    """A new conversation about the files of ``workspace``.

    ``state_dir`` is where traces go; none are written without it. Nothing is asked of the model server
    yet. The caller closes the session, and the client after its last session.
    """
    from .adapters.shell import BashShell  # noqa: PLC0415
    from .adapters.tokens import VocabularyCounter  # noqa: PLC0415

    session_id = new_id()
    parts = Parts(
        settings=settings,
        workspace=workspace,
        shell=BashShell(
            workspace.root,
            allow_cd_outside=settings.allow_cd_outside,
            max_output=settings.max_result_chars,
        ),
        client=client,
        counter=VocabularyCounter(),
        approver=approver,
        listeners=[*listeners, *open_listeners(settings, state_dir)],
    )
    return Session(parts, Path(workspace.root).name, session_id)
