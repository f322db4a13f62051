from __future__ import annotations

import re
from collections.abc import Iterator

from ..results.pytest import PYTEST as OUTPUT
from .base import Failure, Runner, TestRun, is_foreign, number, told, words

_SUMMARY = re.compile(r"^(?:=+ )?((?:\d+ \w+(?:, )?)+)(?: in [\d.]+s.*)?$", re.MULTILINE)
_SECTION = re.compile(r"^_{3,} (?:ERROR (?:at \w+ of|collecting) )?(.+?) _{3,}$")
_PLACE = re.compile(r"^([^\s:]+\.\w+):(\d+): ")
_IN_SUMMARY = re.compile(r"^(?:FAILED|ERROR) (\S+?\.\w+(?:::\S.*?)?)(?: - (.*))?$", re.MULTILINE)
_ENDS = re.compile(r"^=+ .* =+$")


def command(base: str, path: str, name: str) -> str:
    return words(f"{base} -q --tb=short -rfE --color=no", *(("-k", name) if name else ()), path)


def read(output: str) -> TestRun | None:
    counted = [found[1] for found in _SUMMARY.finditer(output) if re.search(r"passed|failed|error", found[1])]
    if not counted:
        return None
    counts = counted[-1]
    failed = number(counts, r"(\d+) failed") + number(counts, r"(\d+) errors?")
    skipped = number(counts, r"(\d+) skipped") + number(counts, r"(\d+) xfailed")
    passed = number(counts, r"(\d+) passed") + number(counts, r"(\d+) xpassed")
    return TestRun(passed, failed, skipped, tuple(_failures(output)))


def _failures(output: str) -> Iterator[Failure]:
    """One for each entry of the summary at the end, with what its section says."""
    sections = _sections(output)
    for found in _IN_SUMMARY.finditer(output):
        path, _, inside = found[1].partition("::")
        section = sections.get(inside.replace("::", ".")) or sections.get(found[1])
        if section is not None:
            yield Failure(found[1], section.path or path, section.line, section.message)
        else:
            yield Failure(found[1], path, None, found[2] or "")


def _sections(output: str) -> dict[str, Failure]:
    """By their title. The place is the last line of the project's own code on the way to the failure."""
    found: dict[str, Failure] = {}
    title = ""
    place: tuple[str, int | None] = ("", None)
    said: list[str] = []
    for line in [*output.split("\n"), "= end ="]:
        begins = _SECTION.match(line)
        if begins or _ENDS.match(line):
            if title:
                found.setdefault(title, Failure(title, *place, told(said)))
            title, place, said = (begins[1] if begins else ""), ("", None), []
        elif line.startswith("E  "):
            said.append(line[1:])
        elif (at := _PLACE.match(line)) and not is_foreign(at[1]):
            place = (at[1], int(at[2]))
    return found


PYTEST = Runner(
    OUTPUT.name,
    command,
    read,
    missing=re.compile(r"No module named pytest\b|pytest: (?:command )?not found|Failed to spawn: `pytest`"),
    nothing=re.compile(r"^(?:=+ )?no tests (?:ran|collected)|\b\d+ deselected in ", re.MULTILINE),
)
