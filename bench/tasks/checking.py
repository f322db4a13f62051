"""What the hidden checks share: running a workspace's code with a deadline, and saying why it fails.

A check is run as `python check.py WORKSPACE`; it ends with 0, or with 1 and one line on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

RUN_LIMIT_S = 10.0

# The code comes over standard input: the workspace's code finds nothing of the check in its folder.
PYTHON_PROBE = """
import json, sys
workspace, result_file, result = sys.argv[1], sys.argv[2], None
sys.path.insert(0, workspace)
exec(compile(sys.stdin.read(), "probe", "exec"))
with open(result_file, "w", encoding="utf-8") as file:
    json.dump(result, file)
"""

NODE_PROBE = """
const [workspace, resultFile] = process.argv.slice(1);
const source = require("node:fs").readFileSync(0, "utf8");
const load = (path) => import(require("node:url").pathToFileURL(require("node:path").join(workspace, path)));
const AsyncFunction = (async () => {}).constructor;
new AsyncFunction("load", "require", source)(load, require).then(
  (result) => require("node:fs").writeFileSync(resultFile, JSON.stringify(result ?? null)),
  (error) => { console.error(String(error?.stack ?? error)); process.exit(1); },
);
"""


@dataclass(frozen=True)
class Ended:
    """How a program ended: exit code, standard output and standard error."""

    code: int
    output: str
    errors: str


def main(verify: Callable[[Path], None]) -> None:
    """Run `verify` on the workspace that the command line names; it calls `fail` where something is wrong."""
    verify(Path(sys.argv[1]).resolve())


def fail(reason: str) -> NoReturn:
    """End the check: failed, with `reason` as one line of at most 300 characters."""
    print(" ".join(reason.split())[:300])
    raise SystemExit(1)


def expect(what: str, found: object, wanted: object) -> None:
    """Fail unless `found` equals `wanted` as JSON: 2.0 is 2 and a tuple is a list, but True is not 1."""
    if _as_json(found) != _as_json(wanted):
        fail(_first_difference(what, found, wanted))


def _first_difference(what: str, found: object, wanted: object) -> str:
    """Where two values that differ begin to: large ones would not fit into the reason."""
    pairs: list[tuple[object, object, object]] = []
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        pairs = [(key, found[key], wanted[key]) for key in wanted]
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        pairs = [(at, *both) for at, both in enumerate(zip(found, wanted, strict=True))]
    for key, one, other in pairs:
        if _as_json(one) != _as_json(other):
            return _first_difference(f"{what}[{key!r}]", one, other)
    return f"{what}: expected {wanted!r}, found {found!r}"


def _as_json(value: object) -> str:
    return json.dumps(_whole_numbers(value), sort_keys=True, default=repr)


def _whole_numbers(value: object) -> object:
    """The same value with every float that is a whole number as an int."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [_whole_numbers(one) for one in value]
    if isinstance(value, dict):
        return {key: _whole_numbers(one) for key, one in value.items()}
    return value


def read(workspace: Path, path: str) -> str:
    """The text of a file of the workspace, line ends as they are; fails the check where it is none."""
    try:
        return (workspace / path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path} cannot be read: {error}")


def read_json(workspace: Path, path: str) -> Any:
    """The value that a JSON file of the workspace holds; fails the check where it does not parse."""
    try:
        return json.loads(read(workspace, path))
    except ValueError as error:
        fail(f"{path} is no JSON: {error}")


def run(argv: Sequence[str], cwd: Path, *, stdin: str = "", limit_s: float = RUN_LIMIT_S) -> Ended:
    """Run a program in `cwd`; fails the check when it takes longer than `limit_s` seconds."""
    try:
        done = subprocess.run(
            argv,
            cwd=cwd,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        fail(f"{Path(argv[0]).name} did not end within {limit_s:g} s")
    except OSError as error:
        fail(f"{argv[0]} cannot be run: {error}")
    return Ended(done.returncode, done.stdout, done.stderr)


def evaluate_python(workspace: Path, source: str) -> Any:
    """What `source` assigns to `result`, run in a fresh interpreter with the workspace on its path."""
    return _evaluate([sys.executable, "-I", "-B", "-c", PYTHON_PROBE], workspace, source)


def evaluate_node(workspace: Path, source: str) -> Any:
    """What `source` returns, run in node as the body of an async function.

    It may call `await load("src/a.js")` for a module of the workspace and `require` for node's own.
    """
    return _evaluate(["node", "-e", NODE_PROBE, "--"], workspace, source)


def _evaluate(argv: list[str], workspace: Path, source: str) -> Any:
    with tempfile.TemporaryDirectory(prefix="probe-") as temporary:
        result = Path(temporary) / "result.json"
        ended = run([*argv, str(workspace), str(result)], workspace, stdin=source)
        if ended.code != 0 or not result.is_file():
            lines = ended.errors.strip().splitlines() or [f"exit code {ended.code}"]
            fail(f"the code does not run: {_telling(lines)}")
        return json.loads(result.read_text("utf-8"))


def _telling(lines: list[str]) -> str:
    """The line that says what went wrong: Python puts it last, node before the frames."""
    errors = [line for line in lines if "Error" in line.split(":")[0]]
    return errors[-1] if errors else lines[-1]
