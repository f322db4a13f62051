"""Many files, huge ones, and those that bring down whoever reads them."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from graph_killers import Killer, NeverStarts

from smallcode.adapters.graph.extract import Extractor
from smallcode.adapters.graph.index import CodeIndex, Sources
from smallcode.adapters.graph.intake import MANY
from smallcode.adapters.graph.reading import InProcesses, InThread
from smallcode.adapters.graph.store import Store
from smallcode.adapters.graph.worker import ExtractionPool, Factory
from smallcode.core.graph.resolve import Edges
from smallcode.ports import Indexing

DEADLINE = 50.0


def index_of(root: Path, factory: Factory = Extractor, cache: Path | None = None) -> CodeIndex:
    extractor = Extractor()
    many = InProcesses(lambda: ExtractionPool(factory=factory), InThread(extractor))
    return CodeIndex(str(root), Sources(Store(cache, str(root), str), extractor, Edges(), many))


@pytest.fixture
async def project(tmp_path: Path) -> AsyncIterator[Path]:
    root = tmp_path / "project"
    root.mkdir()
    for number in range(MANY):
        text = f"def f{number}():\n    return f{number}()\n"
        (root / f"m{number}.py").write_text(text)
    yield root


async def built(index: CodeIndex) -> CodeIndex:
    async with asyncio.timeout(DEADLINE):
        await index.built()
    return index


async def test_many_files_are_read_in_processes_and_told_of_as_they_are(project: Path) -> None:
    index = index_of(project)
    told: list[Indexing] = []
    index.watch(told.append)
    sizes = (await built(index)).graph.sizes()
    assert (sizes.files, sizes.symbols, sizes.edges) == (MANY, MANY, MANY)
    assert [one.done for one in told[:-1]] == list(range(1, MANY + 1)) and told[-1].complete
    await index.aclose()


async def test_definitions_are_found_before_all_files_are_read(project: Path) -> None:
    index = index_of(project)
    early: list[tuple[int, bool]] = []
    index.watch(lambda now: early.append((now.done, index.graph.exists(f"f{MANY - 1}"))))
    await built(index)
    assert early[0] == (1, True)
    await index.aclose()


@pytest.mark.slow
async def test_a_file_that_kills_its_reader_costs_that_file(project: Path, tmp_path: Path) -> None:
    (project / "hang.js").write_text("// HANG\n")
    (project / "crash.py").write_text("# CRASH\n")
    index = await built(index_of(project, Killer, tmp_path / "cache"))
    assert index.graph.sizes().symbols == MANY and sum(index.skipped.values()) == 2
    await index.aclose()
    # Nor does it harm in a buffer. They are not read again as long as they are as they are.
    index.opened("crash.py", lambda: "# CRASH\n")
    assert (await index.current(DEADLINE)).sizes().files == MANY + 2
    index = await built(index_of(project, Killer, tmp_path / "cache"))
    assert index.graph.sizes().symbols == MANY and sum(index.skipped.values()) == 2
    await index.aclose()


async def test_where_no_process_starts_the_files_are_read_all_the_same(project: Path) -> None:
    index = await built(index_of(project, NeverStarts))
    assert index.graph.sizes().symbols == MANY
    await index.aclose()


@pytest.mark.slow
async def test_an_index_can_be_given_up_at_any_time(project: Path, tmp_path: Path) -> None:
    for pause in (0.0, 0.05, 0.5, 1.0):
        index = index_of(project, cache=tmp_path / "cache")
        index.start()
        await asyncio.sleep(pause)
        async with asyncio.timeout(DEADLINE):
            await index.aclose()
    index = await built(index_of(project, cache=tmp_path / "cache"))
    assert index.graph.sizes().edges == MANY
    await index.aclose()


async def test_huge_binary_ignored_and_unreadable_files_are_left_out(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, timeout=30)
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "made.py").write_text("def made(): pass\n")
    (tmp_path / "good.py").write_text("def good(): pass\n")
    (tmp_path / "long.py").write_text("def f(): pass\n" * 80_000)
    (tmp_path / "latin.py").write_bytes(b"# \xe9\n")
    with (tmp_path / "huge.py").open("wb") as huge:
        huge.truncate(50_000_000)
    (tmp_path / "link.py").symlink_to("good.py")
    index = await built(index_of(tmp_path))
    assert list(index.graph.names()) == ["good"]
    assert index.skipped == {
        "too large": 1,
        "it has more than 1,000,000 characters": 1,
        "it is binary, or not UTF-8": 1,
        "no language that is read": 1,
    }
    await index.aclose()


async def test_a_file_that_is_open_but_ignored_is_not_the_projects(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, timeout=30)
    (tmp_path / ".gitignore").write_text("made.py\n")
    (tmp_path / "made.py").write_text("def made(): pass\n")
    index = index_of(tmp_path)
    index.opened("made.py", lambda: "def typed(): pass\n")
    index.opened("new.py", lambda: "def new(): pass\n")
    await built(index)
    graph = await index.current(DEADLINE)
    assert list(graph.names()) == ["new"]
    await index.aclose()


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    index = index_of(tmp_path / "gone")
    with pytest.raises(OSError, match="gone"):
        await index.built()
    assert "gone" in index.notice
    assert (await index.current(1.0)).paths() == ()
    await index.aclose()
