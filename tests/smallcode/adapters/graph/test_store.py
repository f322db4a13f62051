"""The store gives back what it was given, and survives what can happen to a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import apsw
import pytest

from smallcode.adapters.graph import database
from smallcode.adapters.graph.store import Batch, Stamp, Store, Stored
from smallcode.core.graph.facts import Assignment, Base, Call, Definition, Edge, FileFacts, Import, symbol_id
from smallcode.core.graph.packing import pack_facts

ROOT = "/some/project"
A, B = (symbol_id("shapes.py", name) for name in ("Shape", "make_shape"))

FACTS = pack_facts(FileFacts(
    "shapes.py",
    "python",
    (
        Definition("Shape", "Shape", "class", 1, 9, 1, 6, "class Shape(Base)", "A thing with an outline."),
        Definition("make_shape", "make_shape", "function", 11, 12, 11, 4, "def make_shape(kind)"),
    ),
    (Call("Shape", "", 12, 4, 1),),
    (Import("base", "Base", "Base", 1),),
    (Base(0, "Base"),),
    (Assignment("x", "Shape", 14),),
))  # fmt: skip
STORED = Stored(Stamp(1_700_000_000_123_456_789, 200, b"digest"), FACTS, (Edge(B, A, "calls", 1.0, 12),))
OTHER = Stored(Stamp(1, 2, b""), pack_facts(FileFacts("empty.py", "python", error="too deep")))


def opened(folder: Path, root: str = ROOT, version: str = "1") -> Store:
    store = Store(folder, root, lambda: version)
    assert store.writable or store.notice
    return store


def kept(folder: Path, root: str = ROOT, version: str = "1") -> list[Stored]:
    store = opened(folder, root, version)
    found = list(store.load())
    store.close()
    return found


def fill(folder: Path, root: str = ROOT) -> None:
    store = opened(folder, root)
    assert store.write(Batch(files=(STORED, OTHER)))
    store.close()


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    fill(tmp_path)
    assert kept(tmp_path) == [STORED, OTHER]


def test_nothing_of_it_lies_in_the_workspace(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    fill(tmp_path / "cache", str(root))
    assert list(root.iterdir()) == []


def test_workspaces_stand_side_by_side(tmp_path: Path) -> None:
    fill(tmp_path)
    assert kept(tmp_path, "/another") == []
    assert kept(tmp_path) == [STORED, OTHER]


def test_files_are_replaced_forgotten_and_resolved_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    again = Stored(Stamp(5, 6, b"x"), pack_facts(FileFacts("shapes.py", "python")), ())
    assert store.write(Batch(files=(again,), gone=("empty.py", "never.py")))
    store.close()
    assert kept(tmp_path) == [again]
    store = opened(tmp_path)
    assert store.write(Batch(edges={"shapes.py": None}))
    store.close()
    assert kept(tmp_path) == [Stored(again.stamp, again.facts, None)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("outline",), [A]),
        (("shapes",), [B, A]),
        (("makeShape",), [B, A]),
        (("kinds",), [B]),
        (('"', "AND", "NOT ("), []),
        ((), []),
    ],
)
def test_words_find_names_signatures_and_docstrings(
    tmp_path: Path, words: tuple[str, ...], expected: list[int]
) -> None:
    fill(tmp_path)
    store = opened(tmp_path)
    assert [hit.symbol for hit in store.search(words, 10)] == expected
    assert [hit.symbol for hit in store.search(words, 1)] == expected[:1]
    assert store.write(Batch(gone=("shapes.py",)))
    assert store.search(words, 10) == []
    store.close()


def test_another_version_begins_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    assert kept(tmp_path, version="2") == []
    assert kept(tmp_path) == []


@pytest.mark.parametrize("damage", [b"", b"this is no database" * 100])
def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    fill(tmp_path)
    database.place(tmp_path, ROOT).write_bytes(damage)
    assert kept(tmp_path) == []
    fill(tmp_path)
    assert kept(tmp_path) == [STORED, OTHER]


def test_damage_that_shows_late_is_survived(tmp_path: Path) -> None:
    """All pages but the first, which holds the tables' names."""
    fill(tmp_path)
    path = database.place(tmp_path, ROOT)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
    store = opened(tmp_path)
    found = list(store.load())
    assert found == [] or not store.anew
    wrote = store.write(Batch(files=(STORED, OTHER))) or store.write(Batch(files=(STORED, OTHER)))
    store.close()
    assert wrote and kept(tmp_path) == [STORED, OTHER]


def test_one_damaged_row_costs_its_file_alone(tmp_path: Path) -> None:
    fill(tmp_path)
    connection = apsw.Connection(str(database.place(tmp_path, ROOT)))
    database.rows(connection, "UPDATE file SET calls = substr(calls, 1, 30) WHERE path = 'shapes.py'")
    connection.close()
    assert kept(tmp_path) == [OTHER]


def test_a_second_process_reads_and_takes_over_when_the_first_ends(tmp_path: Path) -> None:
    fill(tmp_path)
    first, second = opened(tmp_path), opened(tmp_path)
    assert first.writable and not second.writable and "Another SmallCode" in second.notice
    assert list(second.load()) == [STORED, OTHER]
    assert second.write(Batch(gone=("empty.py",))), "it is the other one's to keep"
    assert list(first.load()) == [STORED, OTHER]
    first.close()
    assert not second.write(Batch()) and second.anew and second.writable and second.notice == ""
    second.anew = False
    assert second.write(Batch(gone=("empty.py",)))
    second.close()
    assert kept(tmp_path) == [STORED]


def test_a_second_process_of_another_version_leaves_the_first_its_database(tmp_path: Path) -> None:
    first = opened(tmp_path)
    second = opened(tmp_path, version="2")
    assert list(second.load()) == [] and not second.writable
    assert first.write(Batch(files=(STORED,))) and second.write(Batch(files=(OTHER,)))
    second.close()
    assert list(first.load()) == [STORED]
    first.close()


def test_a_database_that_another_program_has_locked_is_written_later(tmp_path: Path) -> None:
    store = opened(tmp_path)
    other = apsw.Connection(str(database.place(tmp_path, ROOT)))
    database.rows(other, "BEGIN IMMEDIATE")
    assert not store.write(Batch(files=(STORED,))) and "locked" in store.notice and not store.anew
    database.rows(other, "COMMIT")
    other.close()
    assert store.write(Batch(files=(STORED,)))
    store.close()


def test_without_a_place_for_it_all_is_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for store in (Store(None, ROOT, str), Store(tmp_path / "file", ROOT, str)):
        assert store.path is None and store.write(Batch(files=(STORED,)))
        assert [hit.symbol for hit in store.search(["outline"], 5)] == [A]
        store.close()
        assert not store.write(Batch())


WRITER = """
    import sys
    from pathlib import Path
    sys.path[:0] = sys.argv[2:]
    from smallcode.adapters.graph.store import Batch, Stamp, Store, Stored
    from smallcode.core.graph.facts import Definition, FileFacts
    from smallcode.core.graph.packing import pack_facts
    store = Store(Path(sys.argv[1]), "/some/project", lambda: "1")
    for round in range(10_000):
        one = Definition("f", "f", "function", round, round, round, 0, "def f()")
        facts = (pack_facts(FileFacts(f"{i}.py", "python", (one,))) for i in range(50))
        files = tuple(Stored(Stamp(round, 0, b""), each, ()) for each in facts)
        assert store.write(Batch(files=files))
        print(round, flush=True)
"""


def test_a_writer_that_is_killed_leaves_whole_batches(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path), *sys.path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(5):
            assert writer.stdout.readline().strip().isdigit()
        os.kill(writer.pid, signal.SIGKILL)
    found = kept(tmp_path)
    assert len(found) == 50 and len({one.stamp.mtime for one in found}) == 1 and found[0].stamp.mtime >= 4
