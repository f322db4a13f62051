from __future__ import annotations

import re
from collections.abc import Iterator

from ..results.vitest import VITEST as OUTPUT
from .base import Failure, Runner, TestRun, is_foreign, number, told, words

_TESTS = re.compile(r"^ *Tests +(.*)$", re.MULTILINE)
_FILES = re.compile(r"^ *Test Files +(.*)$", re.MULTILINE)
_HEAD = re.compile(r"^ *FAIL +(?:\|[^|]+\| +)?(\S+?\.\w+)(?: > (.+?)| \[.*\])?$")
_AT = re.compile(r"^ *❯ (?:.* )?([^\s:]+\.\w+):(\d+):\d+$")
_SOURCES = tuple(f".{kind}" for kind in ("js", "ts", "mjs", "mts", "cjs", "cts", "jsx", "tsx"))
_OVER = re.compile(r"^ *⎯+.*⎯+$|^ *Test Files +")


def command(base: str, path: str, name: str) -> str:
    return words(f"CI=1 NO_COLOR=1 {base}", *(("-t", name) if name else ()), path)


def read(output: str) -> TestRun | None:
    files = _FILES.findall(output)
    if not files:
        return None
    counts = (_TESTS.findall(output) or [""])[-1]
    failures = tuple(dict.fromkeys(_failures(output)))
    # A file that cannot be loaded has no tests to count.
    unloaded = sum(" > " not in failure.name and failure.name.endswith(_SOURCES) for failure in failures)
    failed = number(counts, r"(\d+) failed") + unloaded
    skipped = number(counts, r"(\d+) skipped") + number(counts, r"(\d+) todo")
    return TestRun(number(counts, r"(\d+) passed"), failed, skipped, failures)


def _failures(output: str) -> Iterator[Failure]:
    file, name = "", ""
    said: list[str] = []
    place: tuple[str, int | None] = ("", None)
    for line in output.split("\n"):
        head, at = _HEAD.match(line), _AT.match(line)
        if head or _OVER.match(line):
            if name:
                yield Failure(name, place[0] or file, place[1], told(said))
            file, name = (head[1], head[2] or head[1]) if head else ("", "")
            said, place = [], ("", None)
        elif at:
            if place[1] is None and not is_foreign(at[1]):
                place = (at[1], int(at[2]))
        elif place[1] is None:
            said.append(line)


VITEST = Runner(
    OUTPUT.name,
    command,
    read,
    missing=re.compile(
        r"vitest: (?:command )?not found|could not determine executable to run|npx canceled"
        r"|Command \"?vitest\"? not found|missing packages.*vitest"
    ),
    nothing=re.compile(r"^ *No test (?:files|suite) found", re.MULTILINE),
)
