"""Real VS Code: fetched into the cache, with the extension built and a project to open."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..fetch import programs

REPOSITORY = Path(__file__).parents[3]
HERE = Path(__file__).parent
EXTENSION = REPOSITORY / "editors" / "vscode"
SCREENS = REPOSITORY / "build" / "screens"

# Fetching takes a minute on a usual line, the scenarios another. Seconds.
FETCH_PATIENCE = 900.0
RUN_PATIENCE = 420.0

# What the editor's own chatter would hide, and what would leave the machine.
QUIET = {
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "update.mode": "none",
    "files.autoSave": "off",
    "git.enabled": False,
    "chat.disableAIFeatures": True,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
}


# Which fonts are monospaced, and which stand in for the usual names.
FONT_RULES = ("45-latin.conf", "60-latin.conf")

UNTRUSTWORTHY = {
    "smallcode.path": "/nowhere/smallcode-lsp",
    "smallcode.baseUrl": "http://127.0.0.1:9/v1",
    "smallcode.shellPermission": "allow",
    "smallcode.editPermission": "allow",
}


def fetch(name: str) -> Path:
    """The folder of the fetched programs, in the cache. Raises programs.Unavailable."""
    prefix = programs.cache_folder() / "vscode"
    try:
        done = subprocess.run(
            ["bash", str(HERE / "fetch.sh"), str(prefix)],
            capture_output=True,
            text=True,
            timeout=FETCH_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise programs.Unavailable(
            f"{name} cannot be had: {error}", here=isinstance(error, OSError)
        ) from error
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason was told"]
        raise programs.Unavailable(
            f"{name} cannot be had: {reason[0]}", here=done.returncode == programs.CANNOT
        )
    return prefix


def pack_extension(target: Path) -> Path:
    """What an installed extension consists of, bundled from the sources as they stand."""
    if not (EXTENSION / "node_modules").is_dir():
        npm("ci", "--no-audit", "--no-fund")
    npm("run", "--silent", "build")
    target.mkdir(parents=True)
    for name in ("package.json", "README.md"):
        shutil.copy(EXTENSION / name, target)
    shutil.copytree(EXTENSION / "out", target / "out", ignore=shutil.ignore_patterns("test"))
    return target


def npm(*arguments: str) -> None:
    done = subprocess.run(
        ["npm", *arguments],
        cwd=EXTENSION,
        capture_output=True,
        text=True,
        timeout=FETCH_PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"npm {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"


def make_project(folder: Path) -> Path:
    """A small project whose own settings would send prompts elsewhere and allow everything."""
    settings = folder / ".vscode" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(UNTRUSTWORTHY), encoding="utf-8")
    (folder / "calc.py").write_text("def add(a, b):\n    return a - b\n", encoding="utf-8")
    (folder / "größe 🎉.py").write_bytes("a = '🎉'; größe = 1\r\nb = 'ß'\r\n".encode())
    return folder


def libraries_of(chromium: Path) -> dict[str, str]:
    """What a browser in a folder of its own has to be told: where its fonts are, and a library that another
    one looks for in /usr."""
    root = chromium.parents[1]
    if root == Path("/usr") or not (root / "etc" / "fonts").is_dir():
        return {}
    fonts = root / "etc" / "fonts" / "smallcode.conf"
    rules = "".join(
        f"<include>{root}/usr/share/fontconfig/conf.avail/{name}</include>" for name in FONT_RULES
    )
    fonts.write_text(
        f"<fontconfig><dir>{root}/usr/share/fonts</dir>{rules}"
        f"<cachedir>{root}/var/cache/fontconfig</cachedir></fontconfig>"
    )
    pulse = next(iter(sorted(root.glob("usr/lib/*/pulseaudio"))), root)
    return {"FONTCONFIG_FILE": str(fonts), "LD_LIBRARY_PATH": str(pulse)}


def run_scenarios(
    editor: Path, chromium: Path, folder: Path, run: Path, models: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """One launch of VS Code; what became of each scenario, by its name.

    ``models`` are the base URLs of the scripted models by scenario; the first is the one at the start.
    """
    given = {
        "prefix": str(editor),
        "browser": str(chromium),
        "browserEnvironment": libraries_of(chromium),
        "extensions": [str(pack_extension(run / "smallcode")), str(HERE / "scenarios")],
        "folder": str(folder),
        "run": str(run),
        "screens": str(SCREENS),
        "settings": QUIET
        | {
            "smallcode.path": str(Path(sys.executable).with_name("smallcode-lsp")),
            "smallcode.baseUrl": next(iter(models.values())),
        },
        # A developer's own settings must not reach the server under test.
        "environment": {
            "XDG_CONFIG_HOME": str(run / "config"),
            "XDG_STATE_HOME": str(run / "state"),
            "SMALLCODE_E2E_MODELS": json.dumps(models),
        },
    }
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SMALLCODE_")}
    driven = subprocess.run(
        ["node", str(HERE / "drive.mjs"), json.dumps(given)],
        capture_output=True,
        text=True,
        timeout=RUN_PATIENCE,
        env=environment,
        check=False,
    )
    results = [json.loads(line) for line in driven.stdout.splitlines()]
    assert results, f"no scenario ran, exit status {driven.returncode}:\n{driven.stderr[-4000:]}"
    return {result["name"]: result for result in results}
