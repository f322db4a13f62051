"""Other programs that know what a project defines, run on the same folders: universal-ctags, ripgrep, and the
repository map of aider. Times are processor seconds of the process and its children."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.harnesses.fetch import Unavailable
from bench.runner.harness import ROOT, cache_folder

PATIENCE_S = 900.0
AIDER = "aider-chat==0.86.2"
MAP_TOKENS = 1_024

_PROGRAMS = ROOT / "tests" / "e2e" / "fetch" / "programs.py"

# The map as aider makes it for a chat without files; tokens are counted as four characters each, so that no
# vocabulary is loaded.
_AIDER_MAP = """
import sys
from pathlib import Path
from aider.io import InputOutput
from aider.repomap import RepoMap
class Model:
    def token_count(self, text):
        return len(text) // 4
root, suffixes = sys.argv[1], tuple(sys.argv[2].split(","))
files = sorted(str(path) for path in Path(root).rglob("*") if path.name.endswith(suffixes))
made = RepoMap(int(sys.argv[3]), root, Model(), InputOutput(pretty=False, yes=True), verbose=False)
text = made.get_repo_map([], files) or ""
print(len(text))
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds, and seconds on the clock."""

    cpu: float
    wall: float
    output: str


def run(command: list[str], folder: Path | None = None) -> Spent:
    """Raises Unavailable where the program fails or does not end in time."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.DEVNULL)
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - began > PATIENCE_S:
                process.kill()
                raise Unavailable(f"{command[0]} did not end within {PATIENCE_S:.0f} s.")
            time.sleep(0.002)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        out.seek(0)
        if process.returncode not in (0, 1):
            raise Unavailable(f"{command[0]} ended with {process.returncode}.")
        return Spent(_cpu(used), wall, out.read())


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def program(name: str) -> str:
    """Its path; fetched where it is not there yet, as for the slow tests. Raises Unavailable."""
    done = subprocess.run(
        [sys.executable, str(_PROGRAMS), name],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode != 0:
        raise Unavailable(done.stderr.strip()[-300:])
    return done.stdout.split()[-1]


def ctags(path: Path) -> Spent:
    """Every definition of a folder or file, with its line, kind and signature."""
    fields = ["--fields=+nKSi", "--extras=-F", "-f", "-"]
    return run([program("universal-ctags"), "--options=NONE", *fields, "-R", str(path)])


def ripgrep_definition(root: Path, name: str) -> Spent:
    """The lines that define a name, as somebody without an index looks for them."""
    pattern = rf"\b(def|class|function|fn|struct|interface|const|let|type)\s+{name}\b"
    return run([program("ripgrep"), "--no-config", "--line-number", pattern, str(root)])


def ripgrep_uses(root: Path, name: str) -> Spent:
    return run([program("ripgrep"), "--no-config", "--line-number", rf"\b{name}\(", str(root)])


def aider_map(root: Path, suffixes: tuple[str, ...]) -> tuple[Spent, Spent]:
    """Cold, and again with what it kept. Its cache lies in a copy of the folder."""
    python = _aider()
    with tempfile.TemporaryDirectory(prefix="bench-aider-") as work:
        copy = Path(work) / root.name
        shutil.copytree(root, copy, symlinks=True)
        command = [str(python), "-c", _AIDER_MAP, str(copy), ",".join(suffixes), str(MAP_TOKENS)]
        cold = run(command, copy)
        if cold.output.split()[-1:] in ([], ["0"]):
            raise Unavailable("aider made no map.")
        return cold, run(command, copy)


def _aider() -> Path:
    """The interpreter of an environment that has aider, made where it is not there. Raises Unavailable."""
    folder = cache_folder().parent / "aider"
    python, stamp = folder / "bin" / "python", folder / ".made"
    if stamp.is_file() and stamp.read_text("utf-8") == AIDER:
        return python
    try:
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", AIDER],
        ):
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_S)
    except (subprocess.SubprocessError, OSError) as error:
        raise Unavailable(f"aider cannot be installed: {error}") from error
    stamp.write_text(AIDER, "utf-8")
    return python
