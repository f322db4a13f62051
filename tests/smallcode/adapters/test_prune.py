"""What is deleted of the snapshots, and what never is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from killed_turn import undo_log, write

from smallcode.adapters.filesystem import locked
from smallcode.adapters.prune import EVERY, MAX_AGE, YOUNG, Limits, prune, size, tidy
from smallcode.adapters.undolog import UndoLog

NOW = 2_000_000_000.0


async def turns(
    root: Path, state: Path, ages: dict[str, float], *, cut_off: frozenset[str] = frozenset()
) -> None:
    """A turn for each name, whose records were last changed so many seconds ago."""
    root.mkdir(exist_ok=True)
    for name, age in ages.items():
        log = undo_log(root, state)
        log.begin_turn(name)
        await write(log, "a.txt", f"{name}\n" * 100)
        if name not in cut_off:
            log.end_turn()
        for path in (state / "snapshots" / "turns").rglob(f"{name}.jsonl"):
            os.utime(path, (NOW - age, NOW - age))
    for path in (state / "snapshots" / "contents").rglob("*"):
        os.utime(path, (NOW - YOUNG - 1, NOW - YOUNG - 1))


async def kept(log: UndoLog) -> list[str]:
    return sorted(one.turn.id for one in await log.turns())


DAY = 86_400.0


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        (Limits(), ["new", "newer", "old"]),
        (Limits(max_age=50 * DAY), ["new", "newer", "old", "older"]),
        (Limits(max_age=15 * DAY), ["new", "newer"]),
        (Limits(max_turns=1), ["newer"]),
        (Limits(max_bytes=0), []),
    ],
)
async def test_old_turns_go_first(tmp_path: Path, limits: Limits, left: list[str]) -> None:
    root, state = tmp_path / "root", tmp_path / "state"
    await turns(root, state, {"older": 40 * DAY, "old": 20 * DAY, "new": 2 * DAY, "newer": 1 * DAY})
    assert prune(state / "snapshots", NOW, limits) == 4 - len(left)
    log = undo_log(root, state)
    assert await kept(log) == left
    if left:
        assert (await log.undo("newer")).restored == ("a.txt",)
    assert size(state / "snapshots").contents == {0: 0, 1: 2, 2: 3, 3: 4, 4: 4}[len(left)]


async def test_a_turn_that_was_cut_off_or_is_under_way_stays(tmp_path: Path) -> None:
    root, state = tmp_path / "root", tmp_path / "state"
    await turns(root, state, {"ended": 3 * MAX_AGE})
    running = undo_log(root, state)
    running.begin_turn("running")
    await write(running, "b.txt", "x\n")
    for path in (state / "snapshots").rglob("*"):
        os.utime(path, (NOW - 2 * MAX_AGE, NOW - 2 * MAX_AGE))
    assert prune(state / "snapshots", NOW, Limits(max_bytes=0)) == 1
    assert await kept(undo_log(root, state)) == ["running"]
    running.end_turn()
    (manifest,) = (state / "snapshots" / "turns").rglob("running.jsonl")
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(line for line in lines if b'"ended"' not in line))
    os.utime(manifest, (NOW - 2 * MAX_AGE, NOW - 2 * MAX_AGE))
    assert prune(state / "snapshots", NOW, Limits(max_bytes=0)) == 0
    log = undo_log(root, state)
    assert [one.interrupted for one in await log.turns()] == [True]
    await log.accept("running")
    assert prune(state / "snapshots", NOW, Limits(max_bytes=0)) == 1


async def test_young_contents_stay_and_so_does_all_while_somebody_writes(tmp_path: Path) -> None:
    root, state = tmp_path / "root", tmp_path / "state"
    await turns(root, state, {"1": 2 * MAX_AGE})
    store = state / "snapshots"
    stray = store / "contents" / "ab" / "abc"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    os.utime(stray, (NOW - YOUNG + 1, NOW - YOUNG + 1))
    with locked(store / "lock", 0, shared=True):
        assert prune(store, NOW) == 0
    assert prune(store, NOW) == 1
    assert [path for path in (store / "contents").rglob("*") if path.is_file()] == [stray]


async def test_it_is_done_once_a_day_and_a_start_never_fails_for_it(tmp_path: Path) -> None:
    root, state = tmp_path / "root", tmp_path / "state"
    await turns(root, state, {"1": 2 * MAX_AGE})
    stamp = state / "snapshots" / "pruned"
    stamp.touch()
    os.utime(stamp, (NOW, NOW))
    tidy(state, NOW + EVERY - 1)
    assert size(state / "snapshots").turns == 1
    tidy(state, NOW + EVERY)
    assert size(state / "snapshots").turns == 0
    (tmp_path / "file").write_text("")
    tidy(tmp_path / "file", NOW)
