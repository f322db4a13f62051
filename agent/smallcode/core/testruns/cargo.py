from __future__ import annotations

import re
from collections.abc import Iterator

from ..results.cargo import CARGO as OUTPUT
from .base import Failure, Runner, TestRun, told, words

_RESULT = re.compile(
    r"^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored",
    re.MULTILINE,
)
_HEAD = re.compile(r"^---- (.+?) (?:stdout|stderr) ----$")
_PANIC = re.compile(r"^thread '.*?'.* panicked at (?:'(?P<old>.*)', )?(?P<path>\S+?):(?P<line>\d+):\d+:?$")
_OVER = re.compile(r"^(?:failures:|test result: |note: |stack backtrace:)")


def command(base: str, path: str, name: str) -> str:
    """cargo knows targets and names, no files: one below ``tests`` is a target, any other stands for the
    tests of its module."""
    if path.startswith("tests/") and path.endswith(".rs"):
        return words(base, "--test", path.split("/")[1].removesuffix(".rs"), name)
    module = path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".rs")
    return words(base, name or ("" if module in ("", "src", "tests", "lib", "main", "mod") else module))


def read(output: str) -> TestRun | None:
    results = _RESULT.findall(output)
    if not results:
        return None
    passed, failed, ignored = (sum(int(one[column]) for one in results) for column in range(3))
    return TestRun(passed, failed, ignored, tuple(_failures(output)))


def _failures(output: str) -> Iterator[Failure]:
    name = ""
    said: list[str] = []
    place: tuple[str, int | None] = ("", None)
    for line in [*output.split("\n"), "failures:"]:
        head, panic = _HEAD.match(line), _PANIC.match(line)
        if head or _OVER.match(line):
            if name:
                yield Failure(name, *place, told(said))
            name, said, place = (head[1] if head else ""), [], ("", None)
        elif panic and name:
            place = (panic["path"], int(panic["line"]))
            said = [panic["old"]] if panic["old"] else []
        elif name:
            said.append(line)


CARGO = Runner(
    OUTPUT.name,
    command,
    read,
    missing=re.compile(r"cargo: (?:command )?not found|no such command: `test`"),
    nothing=re.compile(r"(?!)"),  # Every target says how many tests it has; none at all is a count of 0.
)
