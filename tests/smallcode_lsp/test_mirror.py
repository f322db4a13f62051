"""Documents: found by file, however it is spelled; tolerant of what editors should not send."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from smallcode_lsp.line_buffer import Change, Position, Range
from smallcode_lsp.mirror import Document, Documents
from smallcode_lsp.uris import from_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "my project"
    folder.mkdir()
    path = folder / "a#b %20 é.py"
    path.write_text("disk\n")
    return path


def insert(text: str, line: int = 0, character: int = 0) -> Change:
    return Change(text, Range(Position(line, character), Position(line, character)))


def test_every_spelling_of_a_uri_is_one_document(file: Path) -> None:
    quoted = from_path(str(file))
    documents = Documents()
    documents.did_open(quoted, 1, "one\n")
    spellings = [
        quoted,
        quoted.replace("file:///", "file://localhost/"),
        quoted.replace("file:///", "FILE:///"),
        quoted.replace("my%20project", "my project"),
        quoted.replace("%C3%A9", "é"),
        quoted.replace("/my", "/./my"),
    ]
    for version, uri in enumerate(spellings, start=2):
        documents.did_change(uri, version, [insert("x")])
    found = documents.get(str(file))
    assert found is not None
    assert found.text == "x" * len(spellings) + "one\n"
    assert found.uri == quoted
    assert list(documents) == [found]


def test_a_document_opened_through_a_linked_folder_is_the_file(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file.parent, target_is_directory=True)
    documents = Documents()
    documents.did_open(from_path(str(link / file.name)), 1, "through the link\n")
    found = documents.get(str(file))
    assert found is not None
    assert found.text == "through the link\n"
    assert found.path == str(file.resolve())
    assert documents.find(from_path(str(file))) is found


def test_a_file_open_twice_keeps_both_buffers_right(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file.parent, target_is_directory=True)
    straight, linked = from_path(str(file)), from_path(str(link / file.name))
    documents = Documents()
    documents.did_open(straight, 1, "abc")
    documents.did_open(linked, 1, "abc")
    documents.did_change(straight, 2, [insert("1", 0, 3)])
    documents.did_change(linked, 2, [Change("", Range(Position(0, 0), Position(0, 3)))])
    documents.did_change(straight, 3, [insert("2", 0, 4)])
    found = documents.get(str(file))
    assert found is not None
    assert (found.uri, found.text) == (straight, "abc12")
    documents.did_close(straight)
    found = documents.get(str(file))
    assert found is not None
    assert (found.uri, found.text) == (linked, "")


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "git:/a.py?ref",
        "vscode-notebook-cell:/a.ipynb#W0",
        "",
        "no uri",
        "file:",
        "file:///a%00b",
    ],
)
def test_what_is_no_file_is_passed_over(uri: str) -> None:
    documents = Documents()
    documents.did_open(uri, 1, "text")
    documents.did_change(uri, 2, [Change("other")])
    documents.did_save(uri)
    documents.did_close(uri)
    assert list(documents) == []
    assert documents.find(uri) is None


def test_opened_twice_the_later_text_counts(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    uri = from_path(str(file))
    documents = Documents()
    documents.did_open(uri, 1, "first")
    first = documents.get(str(file))
    documents.did_open(uri, 1, "second")
    second = documents.get(str(file))
    assert first is not None
    assert second is not None
    assert not first.is_open
    assert second.text == "second"
    assert first.stamp != second.stamp
    assert "opened twice" in caplog.text
    documents.did_close(uri)
    assert documents.get(str(file)) is None


def test_changes_of_unknown_documents_are_logged_and_saves_are_not(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    uri = from_path(str(file))
    documents = Documents()
    documents.did_change(uri, 2, [insert("x")])
    documents.did_save(uri)
    documents.did_close(uri)
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert documents.get(str(file)) is None


def test_stamps_differ_from_state_to_state(file: Path) -> None:
    uri = from_path(str(file))
    documents = Documents()
    stamps = []

    def note() -> None:
        found = documents.get(str(file))
        assert found is not None
        stamps.append(found.stamp)

    documents.did_open(uri, 0, "x")
    note()
    # Neovim jumps from 0 to 4; a client that does not count must not look unchanged.
    for version in (4, 5, 5, 5):
        documents.did_change(uri, version, [insert("y")])
        note()
    documents.did_close(uri)
    documents.did_open(uri, 0, "x")
    note()
    assert stamps[:3] == ["buffer:1.0", "buffer:1.4", "buffer:1.5"]
    assert stamps[-1] == "buffer:2.0"
    assert len(set(stamps)) == len(stamps)


def test_dirty_from_the_change_to_the_save(file: Path) -> None:
    uri = from_path(str(file))
    documents = Documents()
    documents.did_open(uri, 1, "x")
    found = documents.get(str(file))
    assert found is not None
    assert not found.dirty
    documents.did_change(uri, 2, [insert("y")])
    assert found.dirty
    documents.did_save(uri)
    assert not found.dirty


def test_the_revision_counts_what_is_opened_changed_and_closed(tmp_path: Path) -> None:
    documents, uri = Documents(), (tmp_path / "a.py").as_uri()
    seen = [documents.revision]
    for act in (
        lambda: documents.did_open(uri, 1, "x"),
        lambda: documents.did_change(uri, 2, [insert("y")]),
        lambda: documents.did_save(uri),
        lambda: documents.did_close(uri),
        lambda: documents.did_close(uri),
    ):
        act()
        seen.append(documents.revision)
    assert seen == [0, 1, 2, 2, 3, 3]


def document(text: str = "") -> Document:
    return Document("file:///x", "/x", 1, text)


async def test_who_watches_sees_each_state_of_one_notification() -> None:
    watched = document()
    seen = watched.watch(lambda current: current.text if current.text == "ab" else None)
    watched.apply([insert("a"), insert("b", 0, 1), insert("c", 0, 2)], 2)
    assert await seen == "ab"
    assert watched.text == "abc"


async def test_wait_until() -> None:
    watched = document("x")
    assert await watched.wait_until(lambda current: current.text == "x", 1)
    assert not await watched.wait_until(lambda current: current.text == "y", 0.01)
    asyncio.get_running_loop().call_later(0.01, watched.apply, [insert("y")], 2)
    assert await watched.wait_until(lambda current: current.text == "yx", 1)
    asyncio.get_running_loop().call_later(0.01, watched.mark_closed)
    assert not await watched.wait_until(lambda current: current.text == "never", 5)


async def test_a_probe_that_fails_fails_for_who_waits_alone() -> None:
    watched = document("x")
    broken = watched.watch(lambda current: 1 // len(current.text[1:]) or None)
    sound = watched.watch(lambda current: current.text if current.version == 2 else None)
    watched.apply([insert("y")], 2)
    with pytest.raises(ZeroDivisionError):
        await broken
    assert await sound == "yx"
