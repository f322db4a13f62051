"""Harnesses by command template: one TOML file each in bench/harnesses; its README names the fields."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .jobs import BadPlan, Settings

ROOT = Path(__file__).resolve().parents[2]
HARNESSES = ROOT / "bench" / "harnesses"

# What a template may name. Braces around anything else are text: configuration files are full of them.
PLACEHOLDERS = (
    "base_url",
    "model",
    "prompt",
    "workspace",
    "home",
    "window",
    "answer",
    "python",
    "root",
    "cache",
    "platform",
)
_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")

VERSION_PATIENCE = 60.0

# Spelled as in the names of npm's packages with programs for one platform.
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True, slots=True)
class Harness:
    """``command``, ``files`` (path to content) and ``environment`` are templates. ``exits`` says in a word
    what an exit status means. ``settings_prefix`` and a setting's name in capitals make the variable that
    carries it; "" where the harness takes none. ``ignore`` are patterns of files that the harness keeps in
    a workspace. ``fetch`` is the folder of npm packages that have to be there."""

    name: str
    title: str
    command: tuple[str, ...]
    version: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    exits: Mapping[str, str] = field(default_factory=dict)
    settings_prefix: str = ""
    ignore: tuple[str, ...] = ()
    fetch: str = ""

    def outcome(self, status: int) -> str:
        return self.exits.get(str(status), f"exit {status}")

    def variables(self, settings: Settings) -> dict[str, str]:
        return {f"{self.settings_prefix}{name.upper()}": value for name, value in settings}


def cache_folder() -> Path:
    """Where fetched harnesses are."""
    return Path(os.environ.get("SMALLCODE_CACHE", ROOT / ".cache")).absolute() / "harnesses"


def this_platform() -> str:
    system = "darwin" if sys.platform == "darwin" else "linux"
    machine = platform.machine().lower()
    return f"{system}-{_MACHINES.get(machine, machine)}"


def fixed_values() -> dict[str, str]:
    """The placeholders that do not depend on the run."""
    return {
        "python": sys.executable,
        "root": str(ROOT),
        "cache": str(cache_folder()),
        "platform": this_platform(),
    }


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put the values for the placeholders, once: what a value holds is not looked at again."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


def known_harnesses(folder: Path = HARNESSES) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load_harness(path: Path) -> Harness:
    """Raises BadPlan, naming the file and the field."""
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadPlan(f"{path.name} cannot be read: {error}") from error
    for name in ("command", "version", "ignore"):
        if name in fields:
            fields[name] = tuple(fields[name])
    try:
        harness = Harness(name=path.stem, **fields)
    except TypeError as error:
        raise BadPlan(f"{path.name}: {error}") from error
    if not harness.command:
        raise BadPlan(f"{path.name}: command is empty.")
    return harness


def version_of(harness: Harness) -> str:
    """What the harness says of itself, on one line; "" where it cannot be asked."""
    command = [fill(part, fixed_values()) for part in harness.version]
    if not command:
        return ""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=VERSION_PATIENCE, check=False, cwd=ROOT
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join((done.stdout or done.stderr).split())[:200]
