"""smallcode/diagnostics: what the editor's other language servers report."""

from __future__ import annotations

import logging
from typing import Any

from pygls.exceptions import JsonRpcException

from smallcode.core.problems import Found, found_in

from .. import from_lsp, uris, wire
from ..mirror import Document
from ..reports import Report
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
    if path is not None:
        ls.reports.add(uris.file_key(path), _report(report, ls.documents.find(report.uri)))


def _report(params: wire.DiagnosticsParams, document: Document | None) -> Report:
    """Without a version it is taken to be about the document as it stands."""
    if document is None:
        return Report(None, params.diagnostics)
    version = document.version if params.version is None else params.version
    state = (document.generation, version)
    return Report(state, params.diagnostics, _errors(params.diagnostics, document))


def _errors(reported: list[wire.WireDiagnostic], document: Document) -> tuple[Found, ...]:
    problems = (from_lsp.problem("", one) for one in reported)
    lines = document.buffer.lines
    return tuple(found_in(problem, lines) for problem in problems if problem.severity == "error")
