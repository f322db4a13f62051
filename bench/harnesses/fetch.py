"""Fetches the harnesses of others from npm, in the versions that bench/harnesses/npm pins by hash.

``python -m bench.harnesses.fetch pi opencode``. Each goes into a folder of its own in the cache
(SMALLCODE_CACHE, else .cache), at once and complete or not at all; no script of a package is run.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.runner.harness import cache_folder

PINNED = Path(__file__).resolve().parent / "npm"
STAMP = "fetched"
PATIENCE_S = 900.0


class Unavailable(Exception):
    """The harness cannot be had; the text says why."""


def fetch(name: str, pinned: Path = PINNED) -> Path:
    """The folder with the harness, which is fetched where it is not there in this version. ``pinned`` holds
    a folder for each that can be had. Raises Unavailable."""
    source = pinned / name
    try:
        wanted = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()
    except OSError as error:
        raise Unavailable(f"{name}: there is no {source / 'package-lock.json'}.") from error
    target = cache_folder() / name
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{name}.", dir=target.parent) as folder:
        work = Path(folder) / name
        shutil.copytree(source, work)
        _install(name, work)
        (work / STAMP).write_text(wanted, encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        work.rename(target)
    return target


def _install(name: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(f"{name}: npm is missing. Install Node.js 20 or newer.")
    # Not "ci": it refuses a lock file without the optional packages of other platforms.
    command = [npm, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{name}: npm did not end within {PATIENCE_S:.0f} s.") from error
    if done.returncode != 0:
        raise Unavailable(f"{name}: npm failed: {done.stderr.strip()[:400]}")


def main(names: list[str]) -> int:
    for name in names or sorted(path.name for path in PINNED.iterdir()):
        try:
            print(fetch(name))
        except Unavailable as error:
            print(f"fetch: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
