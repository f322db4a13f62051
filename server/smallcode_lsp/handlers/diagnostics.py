"""smallcode/diagnostics: what the editor's other language servers report."""

from __future__ import annotations

import logging
from typing import Any

from pygls.exceptions import JsonRpcException

from .. import protocol, uris
from ..rpc import parse
from ..server import SmallCodeServer

log = logging.getLogger(__name__)


def register(server: SmallCodeServer) -> None:
    server.feature(protocol.DIAGNOSTICS)(diagnostics)


def diagnostics(ls: SmallCodeServer, params: Any) -> None:
    """Replaces what was known of the document. A notification has no answer: a bad one is logged."""
    try:
        report = parse(protocol.DiagnosticsParams, params)
    except JsonRpcException as error:
        log.warning("smallcode/diagnostics is ignored: %s", error)
        return
    path = uris.to_path(report.uri)
    if path is None:
        return
    if report.diagnostics:
        ls.diagnostics[path] = report.diagnostics
    else:
        ls.diagnostics.pop(path, None)
