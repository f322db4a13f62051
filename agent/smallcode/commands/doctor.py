"""``smallcode doctor``: what works, what does not, and what to do about it."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import __version__
from ..adapters.programs import find_program
from ..adapters.prune import size
from ..adapters.settings_file import Resolved, load, user_config_file, user_state_dir
from ..adapters.settings_values import without_credentials
from ..build import open_model, open_snapshots
from ..errors import ModelError, SmallCodeError
from ..settings import Settings
from .judging import Finding, Level, judge
from .screen import clean

BAD_USAGE = 2

# A server that is up lists its models in milliseconds; one that loads a model says so at once. Seconds.
MODEL_PATIENCE = 10.0
PROGRAM_PATIENCE = 5.0

_MARKS: dict[Level, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "warning": ("!", "yellow"),
    "problem": ("✗", "bold red"),
}


@dataclass(frozen=True, slots=True)
class Program:
    """``level`` is what its absence means; ``use`` says what is lost then."""

    name: str
    command: str
    level: Level
    use: str
    remedy: str


PROGRAMS = (
    Program("ripgrep", "rg", "warning", "searches are slower", "Install ripgrep."),
    Program("git", "git", "warning", "files that git ignores are listed and searched too", "Install git."),
    Program("bash", "bash", "problem", "the agent cannot run any command", "Install bash, put it on PATH."),
)


def main(cwd: str, *, as_json: bool = False) -> int:
    """Print the findings; 1 where one of them is a problem."""
    root = Path(cwd)
    if not root.is_dir():
        error = f"smallcode: {clean(cwd)} is not a folder."
        Console(stderr=True, highlight=False).print(error, markup=False, style="red")
        return BAD_USAGE
    resolved = load(str(root), environment=os.environ)
    findings = asyncio.run(examine(root.resolve(), resolved, state_dir=user_state_dir()))
    if as_json:
        print(json.dumps(_report(root.resolve(), resolved, findings), indent=2))
    else:
        _show(Console(highlight=False), root.resolve(), resolved, findings)
    return int(any(finding.level == "problem" for finding in findings))


async def examine(
    root: Path, resolved: Resolved, patience: float = MODEL_PATIENCE, state_dir: Path | None = None
) -> list[Finding]:
    """Every finding, in the order in which it is shown. Writes nothing; ``patience`` with the model server
    is in seconds, ``state_dir`` is where it is kept what was learned of servers before."""
    model, programs, kept = await asyncio.gather(
        _model_findings(resolved.settings, patience, state_dir),
        asyncio.gather(*(_program(root, item) for item in PROGRAMS)),
        asyncio.to_thread(_snapshots, root, user_state_dir()),
    )
    return [*model, *programs, kept, *settings_findings(resolved)]


def settings_findings(resolved: Resolved) -> list[Finding]:
    """One for each warning, whose text names the remedy."""
    if not resolved.warnings:
        return [Finding("settings", "ok", "every setting can be used")]
    return [Finding("settings", "warning", warning) for warning in resolved.warnings]


async def _model_findings(settings: Settings, patience: float, state_dir: Path | None) -> list[Finding]:
    client = open_model(settings.model_copy(update={"max_retries": 0}), state_dir)
    try:
        async with asyncio.timeout(patience):
            info = await client.info()
    except TimeoutError:
        detail = f"{without_credentials(client.address)} is not ready after {patience:g} s"
        return [Finding("server", "problem", detail, "Wait until it has loaded its model, or restart it.")]
    except SmallCodeError as error:
        where = f"{without_credentials(error.address)}: " if isinstance(error, ModelError) else ""
        detail = error.message if where.rstrip(": ") in error.message else where + error.message
        return [Finding("server", "problem", detail, error.remedy or "Set base_url to a running server.")]
    finally:
        await client.aclose()
    return judge(info)


async def _program(root: Path, program: Program) -> Finding:
    path = find_program(program.command, root)
    if path is None:
        return Finding(program.name, program.level, f"not found: {program.use}", program.remedy)
    try:
        process = await asyncio.create_subprocess_exec(
            path,
            "--version",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError as error:
        return Finding(program.name, program.level, f"{path} cannot run: {error.strerror}", program.remedy)
    try:
        async with asyncio.timeout(PROGRAM_PATIENCE):
            output, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return Finding(program.name, program.level, f"{path} --version does not end", program.remedy)
    lines = output.decode("utf-8", "replace").splitlines()
    return Finding(program.name, "ok", lines[0] if lines else path)


def _snapshots(root: Path, state: Path) -> Finding:
    """What can be undone, and what a crash has cut off here."""
    store = open_snapshots(state)
    try:
        held = size(store.folder)
        interrupted = sum(kept.interrupted for kept in store.turns(str(root)))
    except OSError as error:
        remedy = "Check the folder's permissions: without snapshots nothing is edited."
        return Finding("snapshots", "problem", f"{store.folder} cannot be read: {error.strerror}", remedy)
    detail = f"{held.turns:,} turns, {held.bytes / 1e6:,.1f} MB in {store.folder}"
    if interrupted:
        remedy = "See smallcode sessions list, then smallcode sessions undo or keep."
        return Finding("snapshots", "warning", f"{detail}; interrupted here: {interrupted}", remedy)
    return Finding("snapshots", "ok", detail)


# --- showing -----------------------------------------------------------------------------------------


def _values(resolved: Resolved) -> list[tuple[str, str, str]]:
    """Name, value and source of every setting; a key is only said to be there."""
    rows = []
    for name, source in resolved.sources.items():
        value = getattr(resolved.settings, name)
        if name == "api_key" and value is not None:
            shown = "set, not shown"
        elif value is None or value == ():
            shown = "not set"
        elif isinstance(value, bool):
            shown = str(value).lower()
        else:
            shown = without_credentials(str(value))
        rows.append((name, shown, source))
    return rows


def _report(root: Path, resolved: Resolved, findings: list[Finding]) -> dict[str, object]:
    return {
        "version": __version__,
        "root": str(root),
        "trusted": resolved.trusted,
        "ok": all(finding.level != "problem" for finding in findings),
        "findings": [asdict(finding) for finding in findings],
        "settings": [
            {"name": name, "value": value, "source": source} for name, value, source in _values(resolved)
        ],
    }


def _show(console: Console, root: Path, resolved: Resolved, findings: list[Finding]) -> None:
    trust = "trusted" if resolved.trusted else "not trusted"
    console.print(Text.assemble((f"smallcode {__version__}", "bold"), clean(f"  {root} ({trust})")))
    console.print()
    table = Table.grid(padding=(0, 1))
    table.add_column(width=3, justify="right")
    table.add_column(min_width=8)
    table.add_column(overflow="fold")
    for finding in findings:
        mark, style = _MARKS[finding.level]
        table.add_row(Text(mark, style), finding.subject, Text(clean(finding.detail)))
        if finding.remedy:
            table.add_row("", "", Text(clean(f"→ {finding.remedy}"), "dim"))
    console.print(table)
    console.print()
    console.print(Text.assemble(("settings", "bold"), clean(f"  user file: {user_config_file()}")))
    values = Table.grid(padding=(0, 2))
    values.add_column(min_width=2)
    for _ in range(3):
        values.add_column(overflow="fold")
    for name, value, source in _values(resolved):
        style = "dim" if source == "default" else ""
        values.add_row("", Text(name, style), Text(clean(value), style), Text(clean(source), style))
    console.print(values)
    console.print()
    console.print(_count(findings, "problem") + ", " + _count(findings, "warning"), style="dim")


def _count(findings: list[Finding], level: Level) -> str:
    number = sum(finding.level == level for finding in findings)
    return f"{number} {level}{'' if number == 1 else 's'}"
