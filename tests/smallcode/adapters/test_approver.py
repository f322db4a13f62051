import asyncio
import io
import os
import pty
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest
from rich.console import Console

from smallcode.adapters.approver import FixedApprover, PolicyApprover
from smallcode.adapters.clock import ManualClock
from smallcode.adapters.terminal_approver import TerminalApprover, visible
from smallcode.adapters.timed_approver import TimedApprover
from smallcode.ports import Outcome, PermissionKind, PermissionRequest
from smallcode.settings import Policy

MAKE = PermissionRequest("shell", "Run a shell command", "make test", subject="make test")
OTHER = PermissionRequest("shell", "Run a shell command", "make install", subject="make install")
EDIT = PermissionRequest("edit", "Change a.py", "-old\n+new\n")


@pytest.mark.parametrize(
    ("kind", "policy", "protected", "person", "expected", "asked"),
    [
        ("shell", "allow", False, "deny", "allow_once", False),
        ("shell", "deny", False, "allow_once", "deny", False),
        ("shell", "ask", False, "allow_once", "allow_once", True),
        ("shell", "ask", False, "deny", "deny", True),
        ("edit", "allow", False, "deny", "allow_once", False),
        ("edit", "deny", False, "allow_once", "deny", False),
        ("edit", "allow", True, "deny", "deny", True),
        ("edit", "allow", True, "allow_once", "allow_once", True),
        ("edit", "deny", True, "allow_once", "deny", False),
        ("write_outside", "allow", False, "deny", "deny", True),
        ("network", "allow", False, "deny", "deny", True),
    ],
)
async def test_rules_come_before_the_person(
    *, kind: PermissionKind, policy: Policy, protected: bool, person: Outcome, expected: Outcome, asked: bool
) -> None:
    inner = FixedApprover(person)
    request = PermissionRequest(kind, "title", "detail", protected=protected)

    assert await PolicyApprover(inner, shell=policy, edit=policy).ask(request) == expected
    assert inner.asked == ([request] if asked else [])


async def test_always_means_this_very_command() -> None:
    inner = FixedApprover("allow_always")
    approver = PolicyApprover(inner, shell="ask", edit="ask")

    for request in (MAKE, MAKE, OTHER, MAKE, OTHER):
        assert await approver.ask(request) == "allow_always"

    assert inner.asked == [MAKE, OTHER]


async def test_always_without_a_subject_means_the_kind() -> None:
    inner = FixedApprover("allow_always")
    approver = PolicyApprover(inner, shell="ask", edit="ask")

    for request in (EDIT, replace(EDIT, detail="+another"), replace(EDIT, subject="a.py"), MAKE):
        await approver.ask(request)

    assert inner.asked == [EDIT, MAKE]


async def test_what_is_protected_is_asked_every_time() -> None:
    inner = FixedApprover("allow_always")
    approver = PolicyApprover(inner, shell="allow", edit="allow")
    protected = replace(EDIT, protected=True)

    for request in (protected, protected, EDIT):
        await approver.ask(request)

    assert inner.asked == [protected, protected]


async def test_a_new_rule_beats_an_old_always() -> None:
    approver = PolicyApprover(FixedApprover("allow_always"), shell="ask", edit="ask")
    assert await approver.ask(MAKE) == "allow_always"
    approver.configure(shell="deny", edit="ask")
    assert await approver.ask(MAKE) == "deny"


@contextmanager
def terminal() -> Iterator[tuple[int, TextIO]]:
    """A real terminal: the person's end, and the program's standard input."""
    person, program = pty.openpty()
    with os.fdopen(program, "r") as source:
        try:
            yield person, source
        finally:
            os.close(person)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("o\n", "allow_once"),
        ("Yes\n", "allow_once"),
        ("a\n", "allow_always"),
        ("d\n", "deny"),
        ("\n", "deny"),
        ("\x04", "deny"),
        ("what?\no\n", "allow_once"),
        ("1\n2\n3\no\n", "deny"),
    ],
)
async def test_asks_on_a_terminal(typed: str, expected: Outcome) -> None:
    shown = io.StringIO()
    with terminal() as (person, source):
        os.write(person, typed.encode())
        outcome = await TerminalApprover(Console(file=shown, width=80), source).ask(MAKE)
    assert outcome == expected
    assert "make test\n" in shown.getvalue()


async def test_always_is_not_offered_for_what_is_protected() -> None:
    shown = io.StringIO()
    with terminal() as (person, source):
        os.write(person, b"a\n")
        outcome = await TerminalApprover(Console(file=shown, width=80), source).ask(
            replace(MAKE, protected=True)
        )
    assert outcome == "allow_once"
    assert "always" not in shown.getvalue()


async def test_the_whole_of_a_long_command_is_shown_as_it_is() -> None:
    shown = io.StringIO()
    command = f"echo [red]{'x' * 500}[/red] \x1b[2K\rls \u202egnol\n\trm -rf build"
    with Path(os.devnull).open() as source:
        await TerminalApprover(Console(file=shown, width=80), source).ask(
            PermissionRequest("shell", "Run", command, subject=command)
        )
    assert f"echo [red]{'x' * 500}[/red] \\x1b[2K\\rls \\u202egnol\n" in shown.getvalue()
    assert "rm -rf build\n" in shown.getvalue()


async def test_without_a_terminal_the_answer_is_no() -> None:
    shown = io.StringIO()
    with Path(os.devnull).open() as empty:
        for source in (io.StringIO("o\n"), empty):
            assert await TerminalApprover(Console(file=shown), source).ask(MAKE) == "deny"
    assert shown.getvalue().count("Refused: there is no terminal to ask on.") == 2


async def test_who_does_not_answer_refuses_and_holds_nobody_up() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    begun = time.monotonic()
    with terminal() as (_, source):
        outcome = await TerminalApprover(Console(file=io.StringIO()), source, limit=0.2).ask(MAKE)
    ticking.cancel()
    assert outcome == "deny"
    assert time.monotonic() - begun < 1
    assert ticks >= 5


async def test_what_is_on_the_screen_gives_way_first() -> None:
    shown = io.StringIO()
    approver = TerminalApprover(
        Console(file=shown, width=80), io.StringIO(), before=lambda: shown.write("<moved away>")
    )
    await approver.ask(MAKE)
    assert shown.getvalue().startswith("<moved away>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ls -l\n\tcafé", "ls -l\n\tcafé"),
        ("a\x1b[31mb\x07", "a\\x1b[31mb\\x07"),
        ("a\u202eb\u200bc", "a\\u202eb\\u200bc"),
        ("a\u00a0b\ud800", "a\\xa0b\\ud800"),
        ("back\\slash 'quoted' \"twice\"", "back\\slash 'quoted' \"twice\""),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


class Slow:
    """A person who takes three seconds, and gives up on what is protected."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    async def ask(self, request: PermissionRequest) -> Outcome:
        self._clock.advance(3)
        if request.protected:
            raise asyncio.CancelledError
        return "allow_once"


async def test_the_time_that_a_person_takes_is_counted() -> None:
    clock = ManualClock()
    timed = TimedApprover(Slow(clock), clock)
    assert await timed.ask(MAKE) == "allow_once"
    clock.advance(10)
    with pytest.raises(asyncio.CancelledError):
        await timed.ask(replace(MAKE, protected=True))
    assert timed.seconds == 6
