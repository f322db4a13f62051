"""What other language servers report: kept by version, waited for in reason, compared with before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from smallcode.core.problems import Found, new_problems
from smallcode.messages import Text
from smallcode_lsp import uris, wire
from smallcode_lsp.handlers.diagnostics import diagnostics
from smallcode_lsp.line_buffer import Change
from smallcode_lsp.mirror import state_of
from smallcode_lsp.reports import KEPT, MOST_DOCUMENTS, MOST_MISSES, EditorReports, Report, Reports
from smallcode_lsp.server import SmallCodeServer, make_server

PATIENT, HASTY = 20.0, 0.02


@pytest.mark.parametrize(
    ("stamp", "state"),
    [
        ("buffer:1.2", (1, 2)),
        ("buffer:3.17.1", (3, 17)),
        ("buffer:1.-1", (1, -1)),
        ("disk:2.1", None),
        ("", None),
    ],
)
def test_state_of(stamp: str, state: tuple[int, int] | None) -> None:
    assert state_of(stamp) == state


class Desk:
    """One open document, its editor, and the one who is asked about it."""

    def __init__(self, root: Path) -> None:
        self.server: SmallCodeServer = make_server()
        self.uri = uris.from_path(str(root / "a.py"))
        self.editor = EditorReports(self.server.reports, str(root.resolve()))
        self.server.documents.did_open(self.uri, 1, "a\nb\nc\n")

    def text(self) -> Text:
        document = self.server.documents.find(self.uri)
        assert document is not None
        return Text("a.py", document.text, document.stamp)

    def change(self, content: str) -> Text:
        document = self.server.documents.find(self.uri)
        assert document is not None
        self.server.documents.did_change(self.uri, document.version + 1, [Change(content)])
        return self.text()

    async def report(self, version: int | None, *found: tuple[int, str, int | None]) -> None:
        """``found`` are line, message and severity."""
        entries = [
            {
                "range": {
                    "start": {"line": line - 1, "character": 0},
                    "end": {"line": line - 1, "character": 1},
                },
                "message": message,
                "severity": severity,
            }
            for line, message, severity in found
        ]
        params = {"uri": self.uri, "diagnostics": entries, "version": version}
        await diagnostics(self.server, params)

    async def new(self, before: Text, after: Text, timeout: float = PATIENT) -> list[tuple[int, str]] | None:
        told = await self.editor.errors(before, after, timeout)
        if told is None:
            return None
        return [(one.problem.line, one.problem.message) for one in new_problems(*told)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_a_new_error_is_told_when_its_report_comes(desk: Desk) -> None:
    before = desk.text()
    await desk.report(1, (1, "old", 1), (2, "warned", 2))
    after = desk.change("x\na\nb\nc\n")
    asking = asyncio.create_task(desk.new(before, after))
    await asyncio.sleep(0)
    await desk.report(1, (1, "old", 1), (3, "of the version before", 1))
    await desk.report(2, (2, "old", 1), (4, "new", None), (3, "warned", 2))
    assert await asking == [(4, "new")]


async def test_a_report_that_is_there_is_not_waited_for(desk: Desk) -> None:
    before = desk.text()
    await desk.report(1)
    after = desk.change("x\n")
    await desk.report(2, (1, "new", 1))
    told = await desk.editor.errors(before, after, 0.0)
    assert told is not None
    known, found = told
    assert not known and [(one.problem.path, one.text) for one in found] == [("a.py", "x")]


async def test_a_report_without_a_version_is_about_the_document_as_it_stands(desk: Desk) -> None:
    before = desk.text()
    await desk.report(None)
    after = desk.change("x\n")
    await desk.report(None, (1, "new", 1))
    assert await desk.new(before, after) == [(1, "new")]


async def test_what_was_never_reported_of_is_not_waited_for(desk: Desk) -> None:
    before = desk.text()
    assert await desk.new(before, desk.change("x\n"), timeout=1000.0) is None


async def test_a_file_that_is_not_open_is_not_waited_for(desk: Desk) -> None:
    await desk.report(1)
    closed = Text("a.py", "x\n", "disk:1")
    assert await desk.new(desk.text(), closed, timeout=1000.0) is None
    assert await desk.editor.errors(None, desk.text(), 1000.0) is None


async def test_a_document_that_was_opened_anew_counts_anew(desk: Desk) -> None:
    await desk.report(1)
    desk.change("x\n")
    desk.server.documents.did_close(desk.uri)
    desk.server.documents.did_open(desk.uri, 1, "a\n")
    before = desk.text()
    after = desk.change("y\n")
    asking = asyncio.create_task(desk.new(before, after))
    await asyncio.sleep(0)
    await desk.report(2, (1, "new", 1))
    assert await asking == [(1, "new")]


async def test_servers_that_never_answer_in_time_are_given_up_and_taken_back(desk: Desk) -> None:
    await desk.report(1)
    for _ in range(MOST_MISSES):
        assert await desk.new(desk.text(), desk.change("x\n"), HASTY) is None
    began = asyncio.get_running_loop().time()
    before = desk.text()
    assert await desk.new(before, desk.change("x\n"), PATIENT) is None
    assert asyncio.get_running_loop().time() - began < PATIENT / 2
    # Now one answers within the time that it would have been given.
    await desk.report(desk.server.documents.find(desk.uri).version)  # type: ignore[union-attr]
    before = desk.text()
    asking = asyncio.create_task(desk.new(before, desk.change("z\n")))
    await asyncio.sleep(0)
    await desk.report(None, (1, "new", 1))
    assert await asking == [(1, "new")]


def report(state: tuple[int, int] | None, errors: Sequence[Found] = ()) -> Report:
    return Report(state, [], tuple(errors))


async def test_few_reports_of_few_documents_are_kept() -> None:
    reports = Reports()
    for version in range(KEPT + 1):
        reports.add("a", report((1, version)))
    assert reports.before("a", (1, 0)) is None
    assert reports.before("a", (1, 5)) == report((1, 5))
    for number in range(MOST_DOCUMENTS):
        reports.add(str(number), report(None))
    assert reports.before("a", (1, 5)) is None
    assert await reports.about("a", (1, 0), PATIENT) is None


def test_what_was_reported_last_is_current() -> None:
    reports = Reports()
    where = wire.Range(start=wire.Position(line=0, character=0), end=wire.Position(line=0, character=1))
    entry = wire.WireDiagnostic(range=where, message="m")
    assert list(reports.current("a")) == []
    reports.add("a", Report(None, [entry]))
    assert list(reports.current("a")) == [entry]
    reports.add("a", Report(None, []))
    assert list(reports.current("a")) == []
