from __future__ import annotations

import re
from collections.abc import Iterator

from ..results.jest import JEST as OUTPUT
from .base import Failure, Runner, TestRun, is_foreign, number, told, words

_TESTS = re.compile(r"^Tests: +(.*)$", re.MULTILINE)
_FILE = re.compile(r"^FAIL +(?:\S+ )?(\S+\.\w+)", re.MULTILINE)
_HEAD = re.compile(r"^ +● (.+)$")
_AT = re.compile(r"^ +at (?:.*\()?([^()\s]+):(\d+):\d+\)?$")
_CODE = re.compile(r"^ +>? *\d* \|")
_NO_TEST = re.compile(r"^ +● (?:Console|Test suite failed to run)$")
_OVER = re.compile(r"^(?:Test Suites|PASS|Summary of all failing tests)\b")


def command(base: str, path: str, name: str) -> str:
    return words(f"CI=1 NO_COLOR=1 {base}", *(("-t", name) if name else ()), path)


def read(output: str) -> TestRun | None:
    counts = _TESTS.findall(output)
    if not counts:
        return None
    failures = tuple(dict.fromkeys(_failures(output)))
    failed = number(counts[-1], r"(\d+) failed")
    # A file that cannot be loaded has no tests to count.
    files = set(_FILE.findall(output))
    failed += sum(failure.name in files for failure in failures)
    skipped = number(counts[-1], r"(\d+) skipped") + number(counts[-1], r"(\d+) todo")
    return TestRun(number(counts[-1], r"(\d+) passed"), failed, skipped, failures)


def _failures(output: str) -> Iterator[Failure]:
    """What stands below a bullet, until the next one."""
    file, name = "", ""
    said: list[str] = []
    place: tuple[str, int | None] = ("", None)
    for line in [*output.split("\n"), "Test Suites: end"]:
        head, at, of_file = _HEAD.match(line), _AT.match(line), _FILE.match(line)
        if head or of_file or _OVER.match(line):
            if name:
                yield Failure(name, place[0] or file, place[1], told(said))
            name, said, place = "", [], ("", None)
            if of_file:
                file = of_file[1]
            elif head and not line.strip().endswith("● Console"):
                name = file if _NO_TEST.match(line) else head[1].strip()
        elif at:
            if place[1] is None and not is_foreign(at[1]):
                place = (at[1], int(at[2]))
        elif not _CODE.match(line):
            said.append(line)


JEST = Runner(
    OUTPUT.name,
    command,
    read,
    missing=re.compile(
        r"jest: (?:command )?not found|could not determine executable to run|npx canceled"
        r"|Command \"?jest\"? not found|missing packages.*jest"
    ),
    nothing=re.compile(r"^No tests found", re.MULTILINE),
)
