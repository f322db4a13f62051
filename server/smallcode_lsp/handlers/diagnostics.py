"""smallcode/diagnostics: what the editor's other language servers report."""

from __future__ import annotations

import logging
from typing import Any

from pygls.exceptions import JsonRpcException

from .. import uris, wire
from ..requests import parse
from ..server import SmallCodeServer

log = logging.getLogger(__name__)


async def diagnostics(ls: SmallCodeServer, params: Any) -> None:
    """Replaces what was known of the document. A notification has no answer: a bad one is logged."""
    try:
        report = parse(wire.DiagnosticsParams, params)
    except JsonRpcException as error:
        log.warning("smallcode/diagnostics is ignored: %s", error)
        return
    path = uris.to_path(report.uri)
    if path is None:
        return
    key = uris.file_key(path)
    if report.diagnostics:
        ls.diagnostics[key] = report.diagnostics
    else:
        ls.diagnostics.pop(key, None)
