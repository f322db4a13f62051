"""The machinery of the benchmark's tasks, on small tasks made here."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from bench.taskset import (
    Step,
    Task,
    TaskError,
    apply_step,
    check,
    corruption,
    load_tasks,
    lost_lines,
    make_workspace,
    overlay,
    play,
)
from hypothesis import given
from hypothesis import strategies as st

TOML = """
title = "A task"
suite = "smoke"
language = "python"
category = "bugfix"
prompt = "Do it."
may_change = ["a.txt", "new.txt"]
time_limit_s = 5
notes = ""
"""
STEPS: list[Step] = [
    {"do": "read", "path": "a.txt", "near": "one"},
    {"do": "edit", "path": "a.txt", "old": "two\n", "new": "TWO\n"},
    {"do": "create", "path": "new.txt", "content": "new\n"},
    {"do": "append", "path": "new.txt", "content": "more\n"},
    {"do": "answer", "text": "Done."},
]
SEED = {"a.txt": b"one\ntwo\nthree\nfour\n", "sub/b.txt": b"b\r\n"}


def make_task(
    root: Path, name: str = "smoke-one", *, toml: str = TOML, check_source: str = "", maker: str = ""
) -> Task:
    folder = root / name
    write(folder / "seed", SEED)
    write(folder / "solution", {"a.txt": b"one\nTWO\nthree\nfour\n", "new.txt": b"new\nmore\n"})
    texts = {"task.toml": toml, "trajectory.json": json.dumps(STEPS), "check.py": check_source}
    if maker:
        texts["make_seed.py"] = maker
    write(folder, {path: text.encode() for path, text in texts.items()})
    return load_tasks([name], root=root)[0]


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_tasks_come_in_order_and_by_suite(tmp_path: Path) -> None:
    for name, suite in (("tools-b", "tools"), ("smoke-c", "smoke"), ("smoke-a", "smoke")):
        make_task(tmp_path, name, toml=TOML.replace('"smoke"', f'"{suite}"'))
    assert [task.name for task in load_tasks(root=tmp_path)] == ["smoke-a", "smoke-c", "tools-b"]
    assert [task.name for task in load_tasks(suite="smoke", root=tmp_path)] == ["smoke-a", "smoke-c"]
    assert [task.name for task in load_tasks(["tools-b"], "smoke", root=tmp_path)] == []


def test_name_that_no_folder_bears(tmp_path: Path) -> None:
    make_task(tmp_path)
    with pytest.raises(TaskError, match="no such task: smoke-two"):
        load_tasks(["smoke-one", "smoke-two"], root=tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (TOML.replace('suite = "smoke"', 'suite = "large"'), "suite 'large' is none of"),
        (TOML.replace('title = "A task"', ""), "title"),
        (TOML + "points = 3\n", "points"),
        (TOML.replace("time_limit_s = 5", ""), "time_limit_s"),
        ("title = ", "smoke-one"),
    ],
)
def test_malformed_task_is_named(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(TaskError, match=message):
        make_task(tmp_path, toml=toml)


def test_unknown_step_is_named(tmp_path: Path) -> None:
    task = make_task(tmp_path)
    (task.folder / "trajectory.json").write_text('[{"do": "delete", "path": "a.txt"}]')
    with pytest.raises(TaskError, match="'delete' is none of"):
        load_tasks(root=tmp_path)


def test_workspace_is_the_seed_and_what_is_made(tmp_path: Path) -> None:
    maker = "import sys, pathlib\npathlib.Path(sys.argv[1], 'long.txt').write_text('x' * 9)\n"
    task = make_task(tmp_path, maker=maker)
    make_workspace(task, tmp_path / "workspace")
    assert files_of(tmp_path / "workspace") == {**SEED, "long.txt": b"x" * 9}
    with pytest.raises(TaskError, match="not empty"):
        make_workspace(task, tmp_path / "workspace")


def test_failing_maker_is_an_error(tmp_path: Path) -> None:
    task = make_task(tmp_path, maker="raise SystemExit('no luck')")
    with pytest.raises(TaskError, match="no luck"):
        make_workspace(task, tmp_path / "workspace")


def test_playing_and_overlaying_agree(tmp_path: Path) -> None:
    task = make_task(tmp_path)
    for name in ("played", "solved"):
        make_workspace(task, tmp_path / name)
    play(task, tmp_path / "played")
    overlay(task, "solution", tmp_path / "solved")
    assert files_of(tmp_path / "played") == files_of(tmp_path / "solved")
    with pytest.raises(TaskError, match="there is no mutants/9"):
        overlay(task, "mutants/9", tmp_path / "solved")


def test_overlay_may_be_edits(tmp_path: Path) -> None:
    task = make_task(tmp_path)
    edits = json.dumps([{"path": "sub/b.txt", "old": "b\n", "new": "c\n"}])
    write(task.folder / "mutants" / "1", {".edits.json": edits.encode(), "a.txt": b"x"})
    make_workspace(task, tmp_path / "workspace")
    overlay(task, "mutants/1", tmp_path / "workspace")
    assert task.mutants == ("mutants/1",)
    assert files_of(tmp_path / "workspace") == {"a.txt": b"x", "sub/b.txt": b"c\r\n"}


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        pytest.param(b"a\nb\nc\n", "b\n", "x\ny\n", b"a\nx\ny\nc\n", id="LF"),
        pytest.param(b"a\r\nb\r\nc", "a\nb", "x\ny", b"x\r\ny\r\nc", id="CRLF"),
        pytest.param(b"a\r\nb\nc\n", "b\nc", "x\nc", b"a\r\nx\nc\n", id="mixed line ends stay"),
        pytest.param(b"\xef\xbb\xbfa\r\n", "a\n", "b\n", b"\xef\xbb\xbfb\r\n", id="BOM"),
        pytest.param(b"\xe9 a\n", "a\n", "ü\n", b"\xe9 \xc3\xbc\n", id="bytes that are no UTF-8"),
        pytest.param(b"a", "a", r"\1$&\n", rb"\1$&\n", id="new text is literal"),
    ],
)
def test_edit(tmp_path: Path, before: bytes, old: str, new: str, after: bytes) -> None:
    write(tmp_path / "w", {"f": before})
    apply_step(make_task(tmp_path), {"do": "edit", "path": "f", "old": old, "new": new}, tmp_path / "w")
    assert (tmp_path / "w" / "f").read_bytes() == after


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({"do": "edit", "path": "f", "old": "a", "new": "b"}, "old stands 2 times"),
        ({"do": "edit", "path": "f", "old": "z", "new": "b"}, "old stands 0 times"),
        ({"do": "edit", "path": "f", "old": "", "new": "b"}, "old stands 0 times"),
        ({"do": "edit", "path": "g", "old": "a", "new": "b"}, "no such file"),
        ({"do": "append", "path": "g", "content": "b"}, "no such file"),
        ({"do": "create", "path": "f", "content": "b"}, "the file exists"),
    ],
)
def test_step_that_does_not_fit(tmp_path: Path, step: Step, message: str) -> None:
    write(tmp_path / "w", {"f": b"a a\n"})
    with pytest.raises(TaskError, match=message):
        apply_step(make_task(tmp_path), step, tmp_path / "w")
    assert files_of(tmp_path / "w") == {"f": b"a a\n"}


@pytest.mark.parametrize(
    ("source", "passed", "reason"),
    [
        ("", True, ""),
        ("print('a is wrong')\nraise SystemExit(1)", False, "a is wrong"),
        ("1 / 0", False, "the check itself ended with 1: .*ZeroDivisionError: .*"),
        ("raise SystemExit(3)", False, "the check itself ended with 3: "),
        ("import time\ntime.sleep(60)", False, "the check took longer than 1 s"),
    ],
)
def test_verdict(tmp_path: Path, source: str, passed: bool, reason: str) -> None:
    toml = TOML.replace("time_limit_s = 5", "time_limit_s = 1")
    task = make_task(tmp_path, check_source=source, toml=toml)
    make_workspace(task, tmp_path / "w")
    found = check(task, tmp_path / "w")
    assert found[0] is passed
    assert re.fullmatch(reason, found[1], re.DOTALL)


def test_check_leaves_the_workspace_alone(tmp_path: Path) -> None:
    source = "import pathlib, sys\npathlib.Path(sys.argv[1], 'a.txt').unlink()\n"
    task = make_task(tmp_path, check_source=source)
    make_workspace(task, tmp_path / "w")
    assert check(task, tmp_path / "w") == (True, "")
    assert files_of(tmp_path / "w") == SEED


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are POSIX")
def test_nothing_outlives_the_check(tmp_path: Path) -> None:
    child = (
        "import os, pathlib, sys, time\n"
        "pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    pid_file = tmp_path / "pid"
    source = (
        "import pathlib, subprocess, sys, time\n"
        f"quiet = dict.fromkeys(('stdout', 'stderr'), subprocess.DEVNULL)\n"
        f"subprocess.Popen([sys.executable, '-c', {child!r}, {str(pid_file)!r}], **quiet)\n"
        f"while not pathlib.Path({str(pid_file)!r}).exists(): time.sleep(0.01)\n"
    )
    task = make_task(tmp_path, check_source=source)
    make_workspace(task, tmp_path / "w")
    assert check(task, tmp_path / "w") == (True, "")
    deadline = time.monotonic() + 5
    while alive(int(pid_file.read_text() or 0)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(int(pid_file.read_text()))


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({}, [], id="as the reference"),
        pytest.param({"a.txt": b"one\n2\n2b\nthree\nfour\n"}, [], id="another right edit"),
        pytest.param({"a.txt": b"one\ntwo\nthree\nfour\n", "new.txt": None}, [], id="untouched"),
        pytest.param({"a.txt": b"zero\none\nTWO\nthree\nfour\nfive\n"}, [], id="lines added"),
        pytest.param({"new.txt": b"what the task asks for"}, [], id="new file"),
        pytest.param({"__pycache__/a.pyc": b"", "sub/.git/x": b""}, [], id="caches"),
        pytest.param({"other.txt": b""}, ["other.txt: added"], id="file added"),
        pytest.param({"sub/b.txt": b"b\n"}, ["sub/b.txt: changed"], id="line end of another file"),
        pytest.param({"sub/b.txt": None}, ["sub/b.txt: missing"], id="another file missing"),
        pytest.param({"a.txt": None}, ["a.txt: missing"], id="file to change missing"),
        pytest.param(
            {"a.txt": b"one\nTWO\nfour\n"},
            [r"a.txt: 1 lines to keep are missing or altered, first line 3: b'three\n'"],
            id="line lost",
        ),
        pytest.param(
            {"a.txt": b"one\r\nTWO\r\nthree\r\nfour\r\n"},
            [r"a.txt: 3 lines to keep are missing or altered, first line 1: b'one\n'"],
            id="line ends converted",
        ),
        pytest.param(
            {"a.txt": b"one\nTWO\nthree\nfour"},
            [r"a.txt: 1 lines to keep are missing or altered, first line 4: b'four\n'"],
            id="last line end lost",
        ),
        pytest.param(
            {"a.txt": b"three\nfour\nTWO\none\n"},
            [r"a.txt: 1 lines to keep are missing or altered, first line 1: b'one\n'"],
            id="lines moved",
        ),
    ],
)
def test_corruption(tmp_path: Path, changes: dict[str, bytes | None], found: list[str]) -> None:
    task, folder = make_task(tmp_path), tmp_path / "w"
    make_workspace(task, folder)
    overlay(task, "solution", folder)
    write(folder, {path: content for path, content in changes.items() if content is not None})
    for path in (path for path, content in changes.items() if content is None):
        (folder / path).unlink()
    assert corruption(task, folder) == found


def test_what_a_harness_keeps_can_be_left_out(tmp_path: Path) -> None:
    task, folder = make_task(tmp_path), tmp_path / "w"
    make_workspace(task, folder)
    write(folder, {".harness/log": b"", "sub/x.journal": b""})
    assert corruption(task, folder) == [".harness/log: added", "sub/x.journal: added"]
    assert corruption(task, folder, ignore=[".harness", "*.journal"]) == []


def test_link_in_the_place_of_a_file_is_a_change(tmp_path: Path) -> None:
    task, folder = make_task(tmp_path), tmp_path / "w"
    make_workspace(task, folder)
    write(tmp_path, {"outside.txt": SEED["sub/b.txt"]})
    (folder / "sub" / "b.txt").unlink()
    (folder / "sub" / "b.txt").symlink_to(tmp_path / "outside.txt")
    assert corruption(task, folder) == ["sub/b.txt: changed"]


LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\n"]), max_size=8)


@given(before=LINES, wanted=LINES, added=LINES, at=st.integers(0, 8))
def test_adding_lines_to_the_reference_loses_none(
    before: list[bytes], wanted: list[bytes], added: list[bytes], at: int
) -> None:
    after = [*wanted[:at], *added, *wanted[at:]]
    assert lost_lines("f", b"".join(before), b"".join(wanted), b"".join(after)) == []
