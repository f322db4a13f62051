"""unittest, and what prints as it does: Django's ``manage.py test``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..results.unittest import UNITTEST as OUTPUT
from .base import Failure, Runner, TestRun, is_foreign, number, told, words

_RAN = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
_RESULT = re.compile(r"^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$", re.MULTILINE)
_HEAD = re.compile(r"^(?:FAIL|ERROR): (\S+)(?: \(([\w.<>]+)\))?(.*)$")
_FRAME = re.compile(r'^  File "([^"]+)", line (\d+)')


def command(base: str, path: str, name: str) -> str:
    """``discover`` takes a folder, and a file is named by itself."""
    chosen = ("-k", name) if name else ()
    if "manage.py" in base:
        return words(base, *chosen, path.rstrip("/").removesuffix(".py").replace("/", "."))
    program = base.partition(" discover")[0]
    if path.endswith(".py"):
        return words(program, *chosen, path)
    if path:
        return words(program, "discover", "-s", path, *chosen)
    return words(base, *chosen)


def read(output: str) -> TestRun | None:
    ran = _RAN.findall(output)
    result = _RESULT.findall(output)
    if not ran or not result:
        return None
    total, counts = int(ran[-1]), result[-1]
    failed = number(counts, r"(?:^|\W)failures=(\d+)") + number(counts, r"errors=(\d+)")
    failed += number(counts, r"unexpected successes=(\d+)")
    skipped = number(counts, r"skipped=(\d+)") + number(counts, r"expected failures=(\d+)")
    return TestRun(max(total - failed - skipped, 0), failed, skipped, tuple(_failures(output)))


def _failures(output: str) -> Iterator[Failure]:
    lines = output.split("\n")
    starts = [number for number, line in enumerate(lines) if _HEAD.match(line)]
    for start, end in pairwise([*starts, len(lines)]):
        head = _HEAD.match(lines[start])
        if head is not None:
            yield _failure(head, lines[start + 1 : end])


def _failure(head: re.Match[str], lines: list[str]) -> Failure:
    """The message is what stands behind the last frame: its lines are not indented."""
    name = head[2] if head[2] and head[2].endswith(head[1]) else ".".join(filter(None, [head[2], head[1]]))
    place: tuple[str, int | None] = ("", None)
    said: list[str] = []
    traced = False
    for line in lines:
        frame = _FRAME.match(line)
        if frame:
            traced = True
            said = []
            if not is_foreign(frame[1]):
                place = (frame[1], int(frame[2]))
        elif re.match(r"[=-]{70}$", line) or line.startswith(("Stdout:", "Stderr:")):
            if traced:
                break
        elif traced and not line.startswith("    "):
            said.append(line)
    return Failure(f"{name}{head[3]}", *place, told(said))


UNITTEST = Runner(
    OUTPUT.name,
    command,
    read,
    missing=re.compile(r"\bpython3?: (?:command )?not found|No such file or directory: .*manage\.py"),
    nothing=re.compile(r"^Ran 0 tests in |^NO TESTS RAN", re.MULTILINE),
)
