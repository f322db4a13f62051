"""Initialize, settings, saved documents, shutdown."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from .. import uris
from ..hub import Hub
from ..line_buffer import Encoding
from ..reports import EditorReports
from ..server import SmallCodeServer

if TYPE_CHECKING:
    from smallcode.adapters.disk import DiskWorkspace
    from smallcode.ports import RestorableWorkspace

    from ..approver import EditorApprover

log = logging.getLogger(__name__)


def register(server: SmallCodeServer) -> None:
    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(did_change_configuration)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(types.SHUTDOWN)(shutdown)


def initialize(ls: SmallCodeServer, params: types.InitializeParams) -> None:
    ls.experimental = params.capabilities.experimental
    ls.documents.encoding = encoding(ls.workspace.position_encoding)
    if params.client_info is not None and params.client_info.name == "Neovim":
        # Measured in 0.10 and 0.12: a lone carriage return is a character of its line there.
        ls.documents.line_ends = "lf"
    ls.hub = Hub(
        roots=roots(params),
        make_workspace=lambda disk: editor_workspace(ls, disk, versioned_edits(params.capabilities)),
        make_approver=lambda: editor_approver(ls),
        warn=ls.warn,
        make_diagnostics=lambda root: EditorReports(ls.reports, root),
        graphs=ls.graphs,
    )
    ls.options = params.initialization_options
    if wants_symbols(ls.options):
        from . import register_symbols  # noqa: PLC0415 - it names this module

        register_symbols(ls)


def wants_symbols(options: object) -> bool:
    """What a server can do is said in the answer to initialize, before other settings are read."""
    settings = options.get("settings") if isinstance(options, dict) else None
    return isinstance(settings, dict) and settings.get("graph_symbols") is True


def editor_workspace(ls: SmallCodeServer, disk: DiskWorkspace, versioned: bool) -> RestorableWorkspace:
    from ..editor_client import EditorClient  # noqa: PLC0415 - searching and pydantic are not for the start
    from ..editor_workspace import EditorWorkspace  # noqa: PLC0415

    return EditorWorkspace(disk, ls.documents, EditorClient(ls), document_changes=versioned)


def editor_approver(ls: SmallCodeServer) -> EditorApprover:
    from ..approver import EditorApprover  # noqa: PLC0415 - pydantic is not for the start

    return EditorApprover(ls)


def encoding(negotiated: object) -> Encoding:
    """pygls hands out an enumeration's member or its text."""
    value = str(getattr(negotiated, "value", negotiated))
    known: dict[str, Encoding] = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-32": "utf-32"}
    return known.get(value, "utf-16")


def versioned_edits(client: types.ClientCapabilities) -> bool:
    """Whether edits may name the version of the document that they are for."""
    edits = client.workspace.workspace_edit if client.workspace else None
    return bool(edits and edits.document_changes)


def roots(params: types.InitializeParams) -> list[str]:
    """The workspace's folders as real paths, the first one first."""
    found = [folder.uri for folder in params.workspace_folders or []]
    if not found and params.root_uri:
        found = [params.root_uri]
    paths = [uris.to_path(uri) for uri in found]
    if not paths and params.root_path:
        paths = [params.root_path]
    return [os.path.realpath(path) for path in paths if path]


async def initialized(ls: SmallCodeServer, params: types.InitializedParams) -> None:
    configure(ls, ls.options)
    await ls.loader.loaded()
    if ls.hub is not None:
        from .graph import follow  # noqa: PLC0415 - what they need is loaded now
        from .interrupted import offer  # noqa: PLC0415

        await asyncio.gather(ls.hub.look(time.monotonic()), offer(ls, ls.hub), follow(ls, ls.hub))


async def did_change_configuration(ls: SmallCodeServer, params: types.DidChangeConfigurationParams) -> None:
    """Settings arrive as in initializationOptions, bare or under the section "smallcode"."""
    options: Any = params.settings
    if isinstance(options, dict) and isinstance(options.get("smallcode"), dict):
        options = options["smallcode"]
    if options:
        configure(ls, options)
        await ls.loader.loaded()
        if ls.hub is not None:
            from .graph import follow  # noqa: PLC0415

            await follow(ls, ls.hub)


def configure(ls: SmallCodeServer, options: object) -> None:
    if ls.hub is None:
        return
    if options is not None and not isinstance(options, dict):
        ls.warn("initializationOptions must be an object with settings and trusted; they are ignored.")
        options = None
    ls.hub.configure(options or {})


def did_save(ls: SmallCodeServer, params: types.DidSaveTextDocumentParams) -> None:
    ls.documents.did_save(params.text_document.uri)


async def shutdown(ls: SmallCodeServer, params: None) -> None:
    await ls.aclose()
