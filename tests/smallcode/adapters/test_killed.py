"""A process that is killed at any point loses nothing: files are old or new, and the turn can be undone."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fast_folder import fast_folder
from killed_turn import FILES, STAGES, TURN, Order, lay_out, request, steps_of, tree, turn, undo_log

from smallcode.adapters.journal import torn
from smallcode.adapters.snapshots import Kept, SnapshotStore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork, signals and links"),
]

SUPPORT = Path(__file__).parents[2] / "support" / "killed_turn.py"
POINTS = 200
"""At least so many kills in all; every step of the turn and of its undoing is among them."""


class Killer:
    """The warm interpreter whose children die."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(SUPPORT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, order: Order) -> int:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(request(order))
        self._process.stdin.flush()
        return int(json.loads(self._process.stdout.readline())["status"])

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)


@pytest.fixture
def killer() -> Iterator[Killer]:
    made = Killer()
    yield made
    made.close()


def contents(root: Path) -> dict[str, bytes | None]:
    return {name: (root / name).read_bytes() if (root / name).exists() else None for name in STAGES}


def check_files(root: Path, *, recovered: bool) -> None:
    """Each is whole. The one that is written in place may be mixed until the next start."""
    for name, data in contents(root).items():
        whole = data in STAGES[name]
        if name == "hard.txt" and not recovered and not whole:
            assert data is not None
            old, new = FILES[name], next(iter(STAGES[name] - {FILES[name]}))
            whole = new is not None and torn(data, old, new)
        assert whole, f"{name} is neither old nor new"
    assert (root / "link.txt").is_symlink()
    assert (root / "other name.txt").samefile(root / "hard.txt")


def check_snapshots(root: Path, state: Path, kept: Kept | None) -> None:
    """What is different from the beginning has what it was in the store."""
    store = SnapshotStore(state / "snapshots")
    for name, data in contents(root).items():
        if data == FILES.get(name):
            continue
        assert kept is not None and name in kept.turn.files
        before = kept.turn.files[name][0].before
        assert (None if before.data is None else store.load(before.data)) == FILES.get(name)


async def undone(root: Path, state: Path) -> None:
    """What the next start finds, and what the user does then."""
    check_files(root, recovered=False)
    log = undo_log(root, state)
    turns = await log.turns()
    check_snapshots(root, state, turns[0] if turns else None)
    if turns and turns[0].turn.files and not turns[0].turn.closed:
        assert turns[0].interrupted or turns[0].turn.ended or not turns[0].turn.changed()
        await log.read("hard.txt")
        check_files(root, recovered=True)
        report = await log.undo(TURN)
        assert report.conflicts == ()


@pytest.fixture
def fast_path() -> Iterator[Path]:
    """What a killed process leaves is the same in memory."""
    with fast_folder() as made:
        yield made


def test_killed_at_every_step_and_at_random_times(fast_path: Path, killer: Killer) -> None:
    lay_out(fast_path / "whole")
    before = tree(fast_path / "whole")
    began = time.monotonic()
    turn_steps = steps_of("turn", fast_path / "whole", fast_path / "state")
    lasts = time.monotonic() - began
    undo_steps = steps_of("undo", fast_path / "whole", fast_path / "state")
    assert tree(fast_path / "whole") == before
    chance = random.Random(20)
    at_random = max(POINTS - len(turn_steps) - len(undo_steps), 30)
    orders = [("turn", number, None) for number in range(len(turn_steps))]
    orders += [("undo", number, None) for number in range(len(undo_steps))]
    orders += [
        (chance.choice(["turn", "undo"]), None, chance.uniform(0, 2 * lasts)) for _ in range(at_random)
    ]
    assert len(orders) >= POINTS
    for number, (what, kill_at, after) in enumerate(orders):
        root, state = fast_path / f"{number}" / "root", fast_path / f"{number}" / "state"
        lay_out(root)
        if what == "undo":
            assert killer.run(Order("turn", str(root), str(state))) == 0
        status = killer.run(Order(what, str(root), str(state), kill_at, after))
        assert status == -signal.SIGKILL or (after is not None and status == 0), (what, kill_at)
        asyncio.run(undone(root, state))
        assert tree(root) == before, f"{what} killed at {kill_at}, {after}"


async def test_a_turn_that_ended_is_undone_after_a_restart(tmp_path: Path) -> None:
    root, state = tmp_path / "root", tmp_path / "state"
    lay_out(root)
    before = tree(root)
    await turn(undo_log(root, state))
    assert tree(root) != before
    report = await undo_log(root, state).undo(TURN)
    assert report.conflicts == () and set(report.restored) == set(STAGES)
    assert tree(root) == before
    modes = {path: path.stat().st_mode & 0o777 for path in (state / "snapshots").rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
