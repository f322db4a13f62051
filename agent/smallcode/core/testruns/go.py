from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..results.go_test import GO_TEST as OUTPUT
from .base import Failure, Runner, TestRun, is_foreign, told, words

_RUNS = re.compile(r"^=== (?:RUN|NAME|CONT) +(\S+)$")
_DONE = re.compile(r"^ *--- (PASS|FAIL|SKIP): (\S+) \(")
_PLACE = re.compile(r"^ *([\w./-]+\.go):(\d+): ?(.*)$")
_FRAME = re.compile(r"^\t(\S+\.go):(\d+) \+0x")
_PACKAGE = re.compile(r"^(?:FAIL|ok  |\?   )\t(\S+)(?: +\[(build|setup) failed\])?")
_BUILD_ERROR = re.compile(r"^\S+\.go:\d+:\d+: ")


def command(base: str, path: str, name: str) -> str:
    """Packages are folders; a test's file belongs to the package that it lies in."""
    program = base.removesuffix(" ./...")
    chosen = ("-run", name) if name else ()
    if path.endswith(".go"):
        folder = path.rpartition("/")[0]
        return words(f"{program} -v", *chosen, f"./{folder}" if folder else ".")
    folder = path.strip("/").removeprefix("./")
    return words(f"{program} -v", *chosen, "./..." if folder in ("", ".") else f"./{folder}/...")


@dataclass(slots=True)
class _Package:
    """The tests of one package by name, in the order in which they ended; of each its state, the first place
    of the project's code that it named, and what it said."""

    states: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)

    def read(self, lines: Sequence[str]) -> None:
        """What a test says stands behind the line that names it, or, in older versions, behind its result."""
        current = ""
        for line in lines:
            if runs := _RUNS.match(line):
                current = runs[1]
            elif done := _DONE.match(line):
                current = done[2]
                self.states[current] = done[1]
            elif current:
                self._said(current, line)

    def _said(self, name: str, line: str) -> None:
        if place := _PLACE.match(line):
            self.places.setdefault(name, (place[1], int(place[2])))
            self.said.setdefault(name, []).append(place[3])
        elif frame := _FRAME.match(line):
            if not is_foreign(frame[1]):
                self.places.setdefault(name, (frame[1], int(frame[2])))
        elif line.startswith("panic: "):
            self.states.setdefault(name, "FAIL")
            self.said.setdefault(name, []).append(line)
        elif line.startswith("    "):
            self.said.setdefault(name, []).append(line)

    def ended(self) -> Iterator[tuple[str, str]]:
        """The tests that have no others in them: a test with subtests is as good as these."""
        for name, state in self.states.items():
            inner = [other for other in self.states if other.startswith(f"{name}/")]
            if not inner or (state == "FAIL" and all(self.states[other] != "FAIL" for other in inner)):
                yield name, state


def read(output: str) -> TestRun | None:
    states: list[str] = []
    failures: list[Failure] = []
    lines: list[str] = []
    found = False
    for line in output.split("\n"):
        end = _PACKAGE.match(line)
        if end is None:
            lines.append(line)
            continue
        found = True
        package = _Package()
        package.read(lines)
        for name, state in package.ended():
            states.append(state)
            if state == "FAIL":
                place: tuple[str, int | None] = package.places.get(name, ("", None))
                failures.append(Failure(name, *place, told(package.said.get(name, []))))
        if end[2]:
            states.append("FAIL")
            errors = [one for one in lines if _BUILD_ERROR.match(one)]
            failures.append(Failure(f"{end[1]} ({end[2]} failed)", message=told(errors)))
        lines = []
    if not found:
        return None
    count = states.count
    return TestRun(count("PASS"), count("FAIL"), count("SKIP"), tuple(failures))


GO = Runner(
    OUTPUT.name,
    command,
    read,
    missing=re.compile(r"\bgo: (?:command )?not found"),
    nothing=re.compile(r"\[no test files\]|no tests to run|matched no packages"),
)
