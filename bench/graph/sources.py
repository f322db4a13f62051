"""Pinned sources of others, fetched once into the cache folder through pip and npm.

``python -m bench.graph.sources [NAME ...]`` prints the folder of each. An archive that has not the hash of
``sources.toml`` is refused; no code of it is run but what pip needs for an sdist's metadata.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.harnesses.fetch import Unavailable
from bench.runner.harness import cache_folder

PINNED = Path(__file__).resolve().parent / "sources.toml"
PATIENCE_S = 600.0


@dataclass(frozen=True, slots=True)
class Source:
    """``kind`` is "sdist" or "npm", ``role`` as the head of ``sources.toml`` tells."""

    name: str
    version: str
    kind: str
    archive: str
    sha256: str
    language: str
    role: str

    @property
    def folder(self) -> str:
        return self.archive.removesuffix(".tgz").removesuffix(".tar.gz")


def sources() -> dict[str, Source]:
    """By name, in the order of the file."""
    entries = tomllib.loads(PINNED.read_text("utf-8"))["source"]
    return {entry["name"]: Source(**entry) for entry in entries}


def fetch(source: Source) -> Path:
    """The folder that the archive unpacks to. Raises Unavailable."""
    home = cache_folder().parent / "graph-sources"
    target = home / source.folder
    stamp = target / ".fetched"
    if stamp.is_file() and stamp.read_text("utf-8") == source.sha256:
        return _root(target)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{source.folder}.", dir=home) as work:
        archive = _download(source, Path(work))
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != source.sha256:
            raise Unavailable(f"{archive.name} has the hash {found}, not the pinned {source.sha256}.")
        unpacked = Path(work) / "unpacked"
        with tarfile.open(archive) as tar:
            tar.extractall(unpacked, filter="data")
        (unpacked / ".fetched").write_text(source.sha256, "utf-8")
        if target.exists():
            shutil.rmtree(target)
        unpacked.rename(target)
    return _root(target)


def _root(folder: Path) -> Path:
    """The one folder in the archive."""
    return next(path for path in sorted(folder.iterdir()) if path.is_dir())


def _download(source: Source, folder: Path) -> Path:
    wanted = f"{source.name}=={source.version}"
    if source.kind == "sdist":
        only = ["--no-deps", "--no-binary", source.name, "--quiet"]
        command = [sys.executable, "-m", "pip", "download", *only, wanted]
    else:
        npm = shutil.which("npm")
        if npm is None:
            raise Unavailable(f"{source.name}: npm is missing. Install Node.js 20 or newer.")
        command = [npm, "pack", "--silent", f"{source.name}@{source.version}"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{source.name}: no archive within {PATIENCE_S:.0f} s.") from error
    archive = folder / source.archive
    if done.returncode != 0 or not archive.is_file():
        raise Unavailable(f"{source.name} {source.version}: {done.stderr.strip()[-400:]}")
    return archive


def main(names: Sequence[str]) -> int:
    known = sources()
    for name in names or known:
        if name not in known:
            print(f"sources: no {name} in {PINNED.name}; there are {', '.join(known)}", file=sys.stderr)
            return 2
        try:
            print(fetch(known[name]))
        except Unavailable as error:
            print(f"sources: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
