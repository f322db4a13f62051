"""The benchmark's tasks: loading them, laying out their workspaces, judging what a harness left there.

A task is a folder below `bench/tasks` (its parts: `bench/tasks/README.md`). Nothing here knows a harness.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

TASKS = Path(__file__).resolve().parent / "tasks"
SUITES = ("smoke", "tools", "own", "graph")
STEP_KINDS = ("list", "search", "read", "run", "edit", "create", "append", "answer")
EDITS = ".edits.json"
MAKE_SEED_LIMIT_S = 30.0

# What interpreters, test runners and version control leave behind is nobody's edit.
CACHES = ("__pycache__", "*.pyc", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".git")

Step = dict[str, Any]


class TaskError(ValueError):
    """A task's folder is malformed; the message names the task, the part and the fault."""


@dataclass(frozen=True)
class Task:
    """One task as its folder describes it.

    `may_change` holds paths relative to the workspace, with forward slashes. `time_limit_s` bounds one run of
    the check, in seconds. `trajectory` holds the reference's steps as read from `trajectory.json`.
    """

    name: str
    folder: Path
    title: str
    suite: str
    language: str
    category: str
    prompt: str
    may_change: tuple[str, ...]
    time_limit_s: float
    notes: str
    trajectory: tuple[Step, ...]

    @property
    def mutants(self) -> tuple[str, ...]:
        """The wrong variants, as `overlay` takes them: "mutants/1", "mutants/2" ..."""
        return tuple(f"mutants/{one.name}" for one in sorted((self.folder / "mutants").glob("*")))


def load_tasks(
    names: Collection[str] | None = None, suite: str | None = None, *, root: Path = TASKS
) -> list[Task]:
    """The tasks below `root` in the order of their names, or those of `names` and of `suite` only.

    Raises TaskError for a malformed folder and for a name that no folder bears.
    """
    folders = {path.parent.name: path.parent for path in sorted(root.glob("*/task.toml"))}
    if unknown := sorted(set(names or ()) - set(folders)):
        raise TaskError(f"no such task: {', '.join(unknown)}; {root} has: {', '.join(folders)}")
    tasks = [_load(folder) for name, folder in folders.items() if names is None or name in names]
    return [task for task in tasks if suite is None or task.suite == suite]


def _load(folder: Path) -> Task:
    try:
        fields = tomllib.loads((folder / "task.toml").read_text("utf-8"))
        trajectory = tuple(json.loads((folder / "trajectory.json").read_text("utf-8")))
        fields["may_change"] = tuple(fields["may_change"])
        fields["time_limit_s"] = float(fields["time_limit_s"])
        task = Task(name=folder.name, folder=folder, trajectory=trajectory, **fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TaskError(f"{folder.name}: {error}") from error
    if task.suite not in SUITES:
        raise TaskError(f"{task.name}: suite {task.suite!r} is none of {', '.join(SUITES)}")
    if unknown := [step.get("do") for step in trajectory if step.get("do") not in STEP_KINDS]:
        raise TaskError(f"{task.name}: trajectory: {unknown[0]!r} is none of {', '.join(STEP_KINDS)}")
    return task


def make_workspace(task: Task, folder: Path) -> None:
    """Lay out the task's seed in `folder`, which is made if need be and must be empty.

    Raises TaskError where `folder` holds something or the task's `make_seed.py` fails.
    """
    if folder.exists() and any(folder.iterdir()):
        raise TaskError(f"{task.name}: the workspace {folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    if (task.folder / "seed").is_dir():
        _copy(task.folder / "seed", folder)
    maker = task.folder / "make_seed.py"
    if maker.is_file():
        code, _, errors = _python(maker, folder, MAKE_SEED_LIMIT_S)
        if code != 0:
            raise TaskError(f"{task.name}: make_seed.py ended with {code}: {errors.strip()}")


def overlay(task: Task, which: str, folder: Path) -> None:
    """Put "solution", "alternative" or "mutants/<n>" over the untouched workspace in `folder`.

    An end state is made of whole files and, for files too long to be stored again, of edits in
    `.edits.json`: a list of {"path", "old", "new"}, applied as the trajectory's edits are.
    """
    source = task.folder / which
    if not source.is_dir():
        raise TaskError(f"{task.name}: there is no {which}")
    _copy(source, folder, EDITS)
    if (source / EDITS).is_file():
        for edit in json.loads((source / EDITS).read_text("utf-8")):
            apply_step(task, {"do": "edit", **edit}, folder)


def play(task: Task, folder: Path) -> None:
    """Apply the trajectory's edit, create and append steps to the untouched workspace in `folder`.

    Raises TaskError where a step does not fit the files of its time.
    """
    for step in task.trajectory:
        apply_step(task, step, folder)


def apply_step(task: Task, step: Step, folder: Path) -> None:
    """Apply one step to the files in `folder`; a step that changes no file does nothing.

    Texts have \\n; where every line of the file ends in CRLF, they are converted. Other bytes are kept, those
    that are no UTF-8 included. Raises TaskError where `old` does not stand exactly once, or where a file to
    be created exists.
    """
    kind = step["do"]
    if kind not in ("edit", "create", "append"):
        return
    path = folder / step["path"]
    if kind == "create":
        if path.exists():
            raise TaskError(f"{task.name}: create {step['path']}: the file exists")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(step["content"].encode())
        return
    if not path.is_file():
        raise TaskError(f"{task.name}: {kind} {step['path']}: there is no such file")
    before = path.read_bytes()
    if kind == "append":
        path.write_bytes(before + _ends_like(before, step["content"]))
        return
    old, new = _ends_like(before, step["old"]), _ends_like(before, step["new"])
    count = before.count(old) if old else 0
    if count != 1:
        raise TaskError(f"{task.name}: edit {step['path']}: old stands {count} times: {step['old']!r}")
    path.write_bytes(before.replace(old, new))


def _ends_like(content: bytes, text: str) -> bytes:
    crlf = content.count(b"\r\n")
    data = text.encode()
    return data.replace(b"\n", b"\r\n") if crlf and crlf == content.count(b"\n") else data


def check(task: Task, folder: Path) -> tuple[bool, str]:
    """Run the hidden check on a copy of `folder`: whether it passed, and in one line why not.

    The copy keeps what the check executes from changing the workspace. A check that ends in any other way
    than it promises (0, or 1 with a reason) counts as failed, with a reason that starts with "the check".
    """
    with tempfile.TemporaryDirectory(prefix="check-") as temporary:
        copy = Path(temporary) / "workspace"
        shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns(*CACHES))
        try:
            code, output, errors = _python(task.folder / "check.py", copy, task.time_limit_s)
        except subprocess.TimeoutExpired:
            return False, f"the check took longer than {task.time_limit_s:g} s"
    reason = output.strip().replace("\n", " ")
    if code == 0:
        return True, ""
    if code == 1 and reason:
        return False, reason
    return False, f"the check itself ended with {code}: {errors.strip()[-400:]}"


def _python(script: Path, argument: Path, limit_s: float) -> tuple[int, str, str]:
    """Run `script argument`: its exit code, output and errors. Nothing that it started outlives it."""
    argv = [sys.executable, "-I", "-B", str(script), str(argument)]
    with subprocess.Popen(
        argv,
        cwd=argument,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(timeout=limit_s)
        finally:
            _end(process)
    return process.returncode, output, errors


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def corruption(task: Task, folder: Path, *, ignore: Collection[str] = ()) -> list[str]:
    """What happened in `folder` that the task did not ask for: one line for each file, empty if nothing.

    Outside `may_change` every file is to be the seed's, byte for byte. Inside, every line that both the seed
    and the solution have must still stand, in that order, with its line end. `ignore` adds patterns for the
    names of files and folders to CACHES, for what a harness keeps in a workspace.
    """
    with tempfile.TemporaryDirectory(prefix="seed-") as temporary:
        seed, solved = Path(temporary) / "seed", Path(temporary) / "solved"
        make_workspace(task, seed)
        shutil.copytree(seed, solved)
        overlay(task, "solution", solved)
        before, wanted = _files(seed, ignore), _files(solved, ignore)
    after = _files(folder, ignore)
    found: list[str] = []
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            found.append(f"{path}: missing")
        elif path not in before:
            found += [] if path in task.may_change else [f"{path}: added"]
        elif path not in task.may_change:
            found += [] if after[path] == before[path] else [f"{path}: changed"]
        else:
            found += lost_lines(path, before[path], wanted[path], after[path])
    return found


def lost_lines(path: str, before: bytes, wanted: bytes, after: bytes) -> list[str]:
    """One entry if lines that the seed and the solution share are not all in `after`, in their order."""
    if after == wanted:
        return []
    lines = before.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, lines, wanted.splitlines(keepends=True), autojunk=False)
    kept = [
        number for start, _, size in matcher.get_matching_blocks() for number in range(start, start + size)
    ]
    rest = iter(after.splitlines(keepends=True))
    if all(any(lines[number] == line for line in rest) for number in kept):
        return []
    matcher = difflib.SequenceMatcher(
        None, [lines[number] for number in kept], after.splitlines(keepends=True), autojunk=False
    )
    lost = [
        kept[at]
        for tag, low, high, _, _ in matcher.get_opcodes()
        if tag != "equal"
        for at in range(low, high)
    ]
    first = lost[0]
    return [
        f"{path}: {len(lost)} lines to keep are missing or altered, first line {first + 1}: {lines[first]!r}"
    ]


def _files(folder: Path, ignore: Collection[str]) -> dict[str, bytes]:
    """The content of every file in `folder` by its relative path; a link stands for where it points to."""
    return {
        path.relative_to(folder).as_posix(): (
            b"-> " + os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        )
        for path in _walk(folder, (*CACHES, *ignore))
    }


def _walk(folder: Path, ignore: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in ignore):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path, ignore)
        elif path.is_symlink() or path.is_file():
            yield path


def _copy(source: Path, folder: Path, *leave_out: str) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc", *leave_out)
    shutil.copytree(source, folder, ignore=ignore, dirs_exist_ok=True)
