"""What crosses the border to LSP's types, both ways."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from smallcode.core.textdiff import apply_edits
from smallcode.messages import Problem, Selection, TextEdit
from smallcode_lsp import from_lsp, wire
from smallcode_lsp.line_buffer import Change, Encoding, LineBuffer, LineEnds, Position, Range
from smallcode_lsp.mirror import Document
from smallcode_lsp.to_lsp import text_edits, workspace_edit

PIECES = ["a", "b", "é", "😀", "\n", "\r", "\r\n", "\f", "\u2028"]

texts = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[TextEdit]]:
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [TextEdit(start, end, draw(texts)) for start, end in pairs]


@given(edited(), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.sampled_from(["lsp", "lf"]))
def test_the_editor_makes_of_the_edits_what_they_say(
    case: tuple[str, list[TextEdit]], encoding: Encoding, ends: LineEnds
) -> None:
    text, edits = case
    buffer = LineBuffer(text, encoding, ends)
    sent = text_edits(buffer, edits)
    places = [from_lsp.span(edit.range) for edit in sent]
    assert all(earlier.end <= later.start for earlier, later in pairwise(places))
    for edit in reversed(sent):
        buffer.apply(Change(edit.new_text, from_lsp.span(edit.range)))
    assert buffer.text == apply_edits(text, edits)


def lsp_range(start: tuple[int, int], end: tuple[int, int]) -> types.Range:
    return types.Range(start=types.Position(*start), end=types.Position(*end))


@pytest.mark.parametrize(
    ("encoding", "start", "end"),
    [("utf-8", 5, 6), ("utf-16", 3, 4), ("utf-32", 2, 3)],
)
def test_positions_count_in_the_encoding(encoding: Encoding, start: int, end: int) -> None:
    buffer = LineBuffer("x\n😀 b\n", encoding)
    expected = types.TextEdit(range=lsp_range((1, start), (1, end)), new_text="c")
    assert text_edits(buffer, [TextEdit(4, 5, "c")]) == [expected]


def test_a_whole_file_becomes_the_lines_that_differ() -> None:
    lines = [f"line {number}\n" for number in range(1000)]
    old = "".join(lines)
    lines[10], lines[900] = "other\n", ""
    sent = text_edits(LineBuffer(old), [TextEdit(0, len(old), "".join(lines))])
    assert [(edit.range.start.line, edit.range.end.line) for edit in sent] == [(10, 10), (900, 901)]


def test_an_edit_inside_a_line_end_takes_all_of_it() -> None:
    sent = text_edits(LineBuffer("a\r\nb"), [TextEdit(1, 2, "")])
    assert sent == [types.TextEdit(range=lsp_range((0, 1), (1, 0)), new_text="\n")]


def test_nothing_is_sent_for_an_edit_that_changes_nothing() -> None:
    assert text_edits(LineBuffer("same\n"), [TextEdit(0, 5, "same\n")]) == []


@pytest.mark.parametrize("version", [0, 7])
def test_a_workspace_edit_names_the_document_and_its_version(version: int) -> None:
    document = Document("file:///a%20b.py", "/a b.py", version, "old\n")
    edit = workspace_edit(document, [TextEdit(0, 3, "new")])
    assert edit.changes is None
    assert edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document == types.OptionalVersionedTextDocumentIdentifier("file:///a%20b.py", version)


def test_a_client_without_document_changes_gets_a_map() -> None:
    document = Document("file:///a.py", "/a.py", 1, "old\n")
    edit = workspace_edit(document, [TextEdit(0, 3, "new")], versioned=False)
    assert edit.document_changes is None
    assert list(edit.changes or {}) == ["file:///a.py"]


def test_changes_keep_their_order_and_kind() -> None:
    given_changes = [
        types.TextDocumentContentChangePartial(range=lsp_range((0, 1), (2, 3)), text="a"),
        types.TextDocumentContentChangeWholeDocument(text="b"),
    ]
    assert from_lsp.changes(given_changes) == [
        Change("a", Range(Position(0, 1), Position(2, 3))),
        Change("b"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((0, 0), (0, 2), Selection("f", 1, 1, "one")),
        ((0, 1), (2, 1), Selection("f", 1, 3, "one\r\ntwo\r\nthree")),
        ((0, 0), (1, 0), Selection("f", 1, 1, "one")),
        ((1, 0), (1, 0), Selection("f", 2, 2, "two")),
        ((1, 2), (0, 0), Selection("f", 1, 2, "one\r\ntwo")),
        ((2, 0), (99, 0), Selection("f", 3, 3, "three")),
        ((50, 3), (99, 0), Selection("f", 4, 4, "")),
    ],
    ids=["part", "three lines", "to next line's start", "cursor", "backwards", "past the end", "beyond"],
)
def test_selection(start: tuple[int, int], end: tuple[int, int], expected: Selection) -> None:
    buffer = LineBuffer("one\r\ntwo\r\nthree\r\n")
    assert from_lsp.selection("f", buffer, lsp_range(start, end)) == expected


@pytest.mark.parametrize(
    ("severity", "expected"),
    [(None, "error"), (1, "error"), (2, "warning"), (3, "information"), (4, "hint"), (9, "information")],
)
def test_problem(severity: int | None, expected: str) -> None:
    plain = wire.WireDiagnostic.model_validate(
        {
            "range": {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 1}},
            "message": "undefined name",
            "severity": severity,
        }
    )
    assert from_lsp.problem("a.py", plain) == Problem("a.py", 5, "undefined name", expected, "")  # type: ignore[arg-type]


def test_a_diagnostic_survives_the_way_through_json() -> None:
    diagnostic = types.Diagnostic(
        range=lsp_range((2, 1), (2, 5)),
        message="unused",
        severity=types.DiagnosticSeverity.Warning,
        source="linter",
    )
    plain = wire.WireDiagnostic.model_validate(from_lsp.plain_diagnostic(diagnostic))
    expected = Problem("a.py", 3, "unused", "warning", "linter")
    assert from_lsp.problem("a.py", plain) == from_lsp.problem("a.py", diagnostic) == expected
    assert from_lsp.span(plain.range) == from_lsp.span(diagnostic.range)
