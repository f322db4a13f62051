"""node:test, asked for TAP: its other reporters do not tell the place of a test that failed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .base import Failure, Runner, TestRun, number, told, words

_TEST = re.compile(r"^( *)not ok \d+ - (.*)$")
_LOCATION = re.compile(r"^ *location: '(?:file://)?(.+):(\d+):\d+'$")
_FRAME = re.compile(r"^ +(?:.*\()?(?:file://)?(/[^()\s]+|[A-Za-z]:[^()\s]+):(\d+):\d+\)?$")


def command(base: str, path: str, name: str) -> str:
    chosen = (f"--test-name-pattern={name}",) if name else ()
    return words(f"{base} --test-reporter=tap", *chosen, path)


def read(output: str) -> TestRun | None:
    """The counts at the end are comments in TAP: ``# pass 2``."""
    if not re.search(r"^# pass \d+$", output, re.MULTILINE):
        return None
    passed, failed = number(output, r"(?m)^# pass (\d+)$"), number(output, r"(?m)^# fail (\d+)$")
    failed += number(output, r"(?m)^# cancelled (\d+)$")
    skipped = number(output, r"(?m)^# skipped (\d+)$") + number(output, r"(?m)^# todo (\d+)$")
    return TestRun(passed, failed, skipped, tuple(_failures(output)))


def _failures(output: str) -> Iterator[Failure]:
    """Those of tests themselves, and not of the suites around them, whose failure is that of their tests."""
    lines = output.split("\n")
    for start, line in enumerate(lines):
        head = _TEST.match(line)
        if head is None or re.search(r" # (?:TODO|SKIP)\b", head[2]):
            continue
        block = _block(lines, start + 1, head[1])
        if any("failureType: 'subtestsFailed'" in one for one in block):
            continue
        place: tuple[str, int | None] = ("", None)
        for one in block:
            if at := _LOCATION.match(one):
                place = (at[1], int(at[2]))
        for one in block:
            # The line in the test that failed is nearer than the one where the test begins.
            if (frame := _FRAME.match(one)) and frame[1] == place[0]:
                place = (frame[1], int(frame[2]))
                break
        yield Failure(head[2], *place, told(_message(block)))


def _block(lines: list[str], start: int, indent: str) -> list[str]:
    """The YAML block below a test point, between ``---`` and ``...``."""
    if start >= len(lines) or lines[start].strip() != "---":
        return []
    end = start + 1
    while end < len(lines) and lines[end] != f"{indent}  ...":
        end += 1
    return lines[start + 1 : end]


def _message(block: list[str]) -> list[str]:
    """The value of ``error``, on its line or indented below it."""
    for start, line in enumerate(block):
        if not line.lstrip().startswith("error: "):
            continue
        value = line.split("error: ", 1)[1]
        if value not in ("|-", "|", ">-"):
            return [value.strip("'\"")]
        depth = len(line) - len(line.lstrip())
        end = start + 1
        while end < len(block) and (not block[end].strip() or block[end].startswith(" " * (depth + 1))):
            end += 1
        return block[start + 1 : end]
    return []


NODE_TEST = Runner(
    "node:test",
    command,
    read,
    missing=re.compile(r"node: (?:command )?not found|bad option: --test"),
    nothing=re.compile(r"^# tests 0$|Could not find '", re.MULTILINE),
)
