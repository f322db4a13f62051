"""Each task of the benchmark, proved both ways: what is right passes its check, what is wrong fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from bench.taskset import (
    Step,
    Task,
    apply_step,
    check,
    corruption,
    load_tasks,
    make_workspace,
    overlay,
    play,
)

pytestmark = pytest.mark.slow

TASKS = load_tasks()
RUN_LIMIT_S = 20
WORD = re.compile(r"[\w$.-]+")
STRING = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`]*`")


@dataclass
class Proof:
    """The variants of one task's workspace, and what its check says of each."""

    task: Task
    folders: dict[str, Path] = field(default_factory=dict)
    verdicts: dict[str, Future[tuple[bool, str]]] = field(default_factory=dict)

    def verdict(self, variant: str) -> tuple[bool, str]:
        return self.verdicts[variant].result(timeout=4 * self.task.time_limit_s)


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as executor:
        yield executor


@pytest.fixture(scope="module", params=TASKS, ids=lambda task: task.name)
def proof(
    request: pytest.FixtureRequest, pool: ThreadPoolExecutor, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proof]:
    task: Task = request.param
    root = tmp_path_factory.mktemp(task.name)
    proved = Proof(task)
    for variant in ("untouched", "played", "soup", "solution", "alternative", *task.mutants):
        folder = proved.folders[variant] = root / variant.replace("/", "-")
        make_workspace(task, folder)
        if variant == "played":
            play(task, folder)
        elif variant == "soup":
            pour_soup(task, folder, proved.folders["untouched"])
        elif variant != "untouched":
            overlay(task, variant, folder)
        proved.verdicts[variant] = pool.submit(check, task, folder)
    yield proved
    shutil.rmtree(root)


def pour_soup(task: Task, folder: Path, seed: Path) -> None:
    """Every word and string of the solution and the prompt into the files to change, as plain text."""
    overlay(task, "solution", folder)
    texts = [task.prompt]
    for path in task.may_change:
        solved = folder / path
        texts.append(solved.read_bytes().decode("utf-8", "replace") if solved.is_file() else "")
    text = "\n".join(texts)
    words = dict.fromkeys(WORD.findall(text))
    strings = dict.fromkeys(STRING.findall(text))
    shutil.rmtree(folder)
    shutil.copytree(seed, folder)
    for path in task.may_change:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("\n".join([" ".join(words), *words, *strings]) + "\n", "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_reference_and_alternative_pass(proof: Proof) -> None:
    for variant in ("solution", "alternative"):
        assert proof.verdict(variant) == (True, ""), variant
    assert contents(proof.folders["solution"]) != contents(proof.folders["alternative"])


def test_playing_the_trajectory_gives_the_reference(proof: Proof) -> None:
    assert contents(proof.folders["played"]) == contents(proof.folders["solution"])
    assert proof.verdict("played") == (True, "")


def test_what_is_wrong_fails_with_a_reason(proof: Proof) -> None:
    assert len(proof.task.mutants) >= 2
    for variant in ("untouched", "soup", *proof.task.mutants):
        passed, reason = proof.verdict(variant)
        assert not passed, variant
        assert not reason.startswith("the check"), (variant, reason)


def test_mutants_differ_from_each_other_and_from_what_passes(proof: Proof) -> None:
    states = [contents(folder) for name, folder in proof.folders.items() if name != "played"]
    assert all(one not in states[:number] for number, one in enumerate(states))


def test_what_is_right_corrupts_nothing(proof: Proof) -> None:
    assert corruption(proof.task, proof.folders["solution"]) == []
    blamed = {line.split(": ")[0] for line in corruption(proof.task, proof.folders["alternative"])}
    assert blamed <= set(proof.task.may_change)


def test_may_change_is_what_the_reference_changes(proof: Proof) -> None:
    before, after = contents(proof.folders["untouched"]), contents(proof.folders["solution"])
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed == set(proof.task.may_change)


def test_trajectory_can_be_played_from_what_was_seen(proof: Proof, tmp_path: Path) -> None:
    """Every step fits the files of its time: what it looks for is there, what it edits was read before."""
    task, folder = proof.task, tmp_path / "workspace"
    make_workspace(task, folder)
    assert [step["do"] for step in task.trajectory].count("answer") == 1
    assert task.trajectory[-1]["do"] == "answer" and task.trajectory[-1]["text"].strip()
    known: set[str] = set()
    for step in task.trajectory:
        expect_step_fits(step, folder, known)
        apply_step(task, step, folder)
        if step["do"] in ("read", "create"):
            known.add(step["path"])
    wrong = [number for number, step in enumerate(task.trajectory) if step.get("wrong")]
    last_change = max(
        n for n, step in enumerate(task.trajectory) if step["do"] in ("edit", "create", "append")
    )
    assert all(number < last_change for number in wrong), "a wrong step is put right by a later one"


def expect_step_fits(step: Step, folder: Path, known: set[str]) -> None:
    match step["do"]:
        case "read":
            lines = (folder / step["path"]).read_bytes().decode("utf-8-sig", "replace").splitlines()
            assert step["near"] in lines, step
            first, last = step.get("lines", (1, len(lines)))
            assert 1 <= first <= last <= len(lines), step
            assert step["near"] in lines[first - 1 : last], step
        case "edit":
            assert step["path"] in known, f"{step['path']} is edited before it is read"
            assert step["old"] != step["new"], step
        case "search":
            where = folder / step.get("path", "")
            files = where.rglob("*") if where.is_dir() else [where]
            assert any(step["pattern"].encode() in path.read_bytes() for path in files if path.is_file()), (
                step
            )
        case "list":
            assert list((folder / step["path"]).rglob(step.get("pattern", "*"))), step
        case "run":
            done = subprocess.run(
                ["bash", "-c", step["command"]],
                cwd=folder,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=RUN_LIMIT_S,
                check=False,
            )
            ended = "pass" if done.returncode == 0 else "fail"
            assert step["expect"] in (None, ended), (step, done.stdout, done.stderr)


def test_check_is_a_command(tmp_path: Path) -> None:
    """The check runs by hand as its contract says, with nothing of the benchmark on the path."""
    task = TASKS[0]
    make_workspace(task, tmp_path / "workspace")
    done = subprocess.run(
        [sys.executable, str(task.folder / "check.py"), str(tmp_path / "workspace")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=task.time_limit_s,
        check=False,
    )
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (1, 1, "")
