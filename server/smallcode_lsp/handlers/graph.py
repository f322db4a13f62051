"""The code graph: watched files, and symbols for editors that want them from here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from smallcode.languages import ALL

from .. import symbols, uris
from ..hub import Hub, in_background
from ..index_progress import show
from ..server import SmallCodeServer

if TYPE_CHECKING:
    from smallcode.adapters.graph.index import CodeIndex

# Seconds that a request for symbols waits for what was typed last.
PATIENCE = 1.0

# Symbols in an answer to workspace/symbol.
MOST = 200

WATCHED = "smallcode-watched-files"


async def follow(ls: SmallCodeServer, hub: Hub) -> None:
    """Make the graphs that the settings ask for, and have the client tell what happens to files."""
    made = await hub.open_graphs()
    if made:
        watch(ls)
    for root, index in made:
        in_background(show(ls, index, Path(root).name))
        in_background(warn(ls, index))


async def warn(ls: SmallCodeServer, index: CodeIndex) -> None:
    """Say what makes the graph less than it should be."""
    try:
        await index.built()
    except OSError:
        ls.warn(index.notice)
    for problem in index.problems():
        ls.warn(problem)


def watch(ls: SmallCodeServer) -> None:
    """A client that cannot be asked does no harm: the graph looks at the disk in every turn."""
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched is None or not watched.dynamic_registration:
        return
    suffixes = sorted({suffix.removeprefix(".") for language in ALL for suffix in language.suffixes})
    pattern = "**/*.{" + ",".join(suffixes) + "}"
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(pattern)])
    registration = types.Registration(WATCHED, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    ls.client_register_capability(types.RegistrationParams([registration]))


async def watched_files(ls: SmallCodeServer, params: types.DidChangeWatchedFilesParams) -> None:
    paths = (uris.to_real_path(change.uri) for change in params.changes)
    ls.graphs.touched([path for path in paths if path is not None])


async def workspace_symbols(
    ls: SmallCodeServer, params: types.WorkspaceSymbolParams
) -> list[types.SymbolInformation]:
    found: list[types.SymbolInformation] = []
    for root, index in ls.graphs.items():
        graph = await index.current(PATIENCE)
        matching = symbols.matching(graph, params.query, MOST - len(found))
        found += [symbols.information(graph, root, symbol) for symbol in matching]
    return found


async def document_symbols(
    ls: SmallCodeServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol]:
    path = uris.to_real_path(params.text_document.uri)
    found = ls.graphs.holding(path) if path is not None else None
    if found is None:
        return []
    index, inside = found
    graph = await index.current(PATIENCE)
    document = ls.documents.find(params.text_document.uri)
    return symbols.tree(graph.in_file(inside), document.buffer if document else None)
