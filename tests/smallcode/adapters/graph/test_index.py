"""Whatever happens to files and buffers, the index is what a new one of them would be."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fast_folder import fast_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.adapters.graph.extract import Extractor
from smallcode.adapters.graph.index import CodeIndex, Sources
from smallcode.adapters.graph.store import Store
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.resolve import Edges

PATIENCE = 20.0
PATHS = ("a.py", "b.py", "lib/c.py", "lib/d.js")
TEXTS = (
    "",
    "def make():\n    pass\n",
    "def use():\n    make()\n    other()\n",
    "class Thing:\n    def other(self):\n        make()\n",
    "function other() {\n  make()\n}\nfunction use() { other() }\n",
    "def make(:\n",
)


def index_of(root: Path, cache: Path | None = None) -> CodeIndex:
    store = Store(cache, str(root), lambda: "test")
    return CodeIndex(str(root), Sources(store, Extractor(), Edges(), apart=0.0))


def seen(graph: Graph) -> object:
    return {path: (graph.facts(path), graph.edges(path)) for path in graph.paths()}


class Bench:
    """A folder, and what is open of it in an editor."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        self.root.mkdir()
        self.cache = folder / "cache"
        self.open: dict[str, str] = {}
        self.index = index_of(self.root, self.cache)
        # Changes of which nobody was told.
        self.silent = False

    async def do(self, action: str, path: str, text: str) -> None:
        """What makes no sense as things are is passed over."""
        if action in ("settle", "keep", "restart"):
            await getattr(self, action)()
        elif action in ("open", "edit", "save", "close"):
            self.in_editor(action, path, text)
        else:
            self.on_disk(action, path, text)

    def on_disk(self, action: str, path: str, text: str) -> None:
        real = self.root / path
        if action.startswith("write"):
            real.parent.mkdir(exist_ok=True)
            real.write_text(text)
        elif action.startswith("delete"):
            real.unlink(missing_ok=True)
        elif real.exists():
            real.rename(self.root / "moved.py")
            self.index.touched(["moved.py"])
        if action.endswith("silently"):
            self.silent = True
        else:
            self.index.touched([path])

    def in_editor(self, action: str, path: str, text: str) -> None:
        if action == "open" and path not in self.open:
            real = self.root / path
            self.open[path] = real.read_text() if real.exists() else text
            self.tell_opened(self.index, path)
        elif path in self.open and action == "edit":
            self.open[path] = text
            self.index.edited(path)
        elif path in self.open and action == "save":
            self.on_disk("write", path, self.open[path])
        elif path in self.open and action == "close":
            del self.open[path]
            self.index.closed(path)

    def tell_opened(self, index: CodeIndex, path: str) -> None:
        index.opened(path, lambda: self.open[path])

    async def settle(self) -> None:
        await self.index.current(PATIENCE)

    async def keep(self) -> None:
        assert await self.index.kept()

    async def restart(self) -> None:
        await self.index.aclose()
        self.index = index_of(self.root, self.cache)
        for path in self.open:
            self.tell_opened(self.index, path)
        self.index.start()

    async def check(self) -> None:
        if self.silent:
            await self.index.built()
            self.index.look_again()
            self.silent = False
        await self.index.built()
        graph = await self.index.current(PATIENCE)
        fresh = index_of(self.root)
        for path in self.open:
            self.tell_opened(fresh, path)
        await fresh.built()
        assert seen(graph) == seen(await fresh.current(PATIENCE))
        await fresh.aclose()


ACTIONS = ("write", "write", "write silently", "delete", "delete silently", "rename", "open", "open", "edit",
           "edit", "edit", "save", "close", "settle", "settle", "keep", "restart")  # fmt: skip
Steps = list[tuple[str, str, str]]
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PATHS), st.sampled_from(TEXTS)), max_size=14
)


async def play(folder: Path, steps: Steps) -> None:
    bench = Bench(folder)
    bench.index.start()
    for action, path, text in steps:
        await bench.do(action, path, text)
    await bench.check()
    # What was kept is about the disk alone, whatever was open.
    bench.open.clear()
    await bench.index.aclose()
    bench.index = index_of(bench.root, bench.cache)
    await bench.check()
    await bench.index.aclose()


@given(STEPS)
@settings(max_examples=10, deadline=None)
def test_an_index_that_has_seen_changes_is_like_a_new_one(steps: Steps) -> None:
    with fast_folder() as folder:
        asyncio.run(play(folder, steps))


@pytest.mark.slow
@given(STEPS)
@settings(max_examples=400, deadline=None)
def test_it_is_so_for_many_sequences(steps: Steps) -> None:
    with fast_folder() as folder:
        asyncio.run(play(folder, steps))
