"""Asks a person at a terminal for permission."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from typing import TextIO

from rich.console import Console
from rich.text import Text

from ..ports import Outcome, PermissionRequest

# Seconds that a person may take. A turn that was forgotten overnight is not to go on in the morning.
ANSWER_LIMIT = 3600.0
# Times that a person is asked again after an answer which is none.
_ATTEMPTS = 3
# Bytes of one line; a terminal gives no more at once.
_LINE_LIMIT = 4096

_ANSWERS: dict[str, Outcome] = {
    "o": "allow_once",
    "once": "allow_once",
    "y": "allow_once",
    "yes": "allow_once",
    "a": "allow_always",
    "always": "allow_always",
    "d": "deny",
    "deny": "deny",
    "n": "deny",
    "no": "deny",
    "": "deny",
}


class TerminalApprover:
    """Shows exactly what will happen and asks once, always or deny; on standard error, so that standard
    output stays for results.

    Where ``source`` (standard input) is no terminal, the answer is deny. ``limit`` is the time for an answer
    in seconds. ``before`` is called before anything is shown, to get a moving display out of the way.
    """

    def __init__(
        self,
        console: Console | None = None,
        source: TextIO | None = None,
        *,
        limit: float = ANSWER_LIMIT,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self._console = console if console is not None else Console(stderr=True)
        self._terminal = _terminal(source if source is not None else sys.stdin)
        self._limit = limit
        self._before = before
        self._lock = asyncio.Lock()

    async def ask(self, request: PermissionRequest) -> Outcome:
        async with self._lock:
            self._before()
            self._show(request)
            if self._terminal is None:
                self._tell("Refused: there is no terminal to ask on.")
                return "deny"
            try:
                async with asyncio.timeout(self._limit):
                    return await self._answer(request, self._terminal)
            except TimeoutError:
                self._tell(f"Refused: no answer in {self._limit:g} s.")
                return "deny"

    async def _answer(self, request: PermissionRequest, terminal: int) -> Outcome:
        scope = "this command" if request.subject else "all of this kind"
        always = "" if request.protected else f", a(lways, {scope})"
        for _ in range(_ATTEMPTS):
            self._console.print(Text(f"Allow? o(nce){always}, d(eny, the default): "), end="")
            line = await _read_line(terminal)
            outcome = _ANSWERS.get(line.strip().lower())
            if outcome == "allow_always" and request.protected:
                return "allow_once"
            if outcome is not None:
                return outcome
        return "deny"

    def _show(self, request: PermissionRequest) -> None:
        self._console.rule(Text(visible(request.title)), style="yellow")
        for line in request.detail.split("\n"):
            self._console.print(Text(visible(line), style=_style(request, line)), soft_wrap=True)
        self._console.rule(style="yellow")

    def _tell(self, message: str) -> None:
        self._console.print(Text(message, style="yellow"))


def visible(text: str) -> str:
    """``text`` with everything written as an escape that a terminal would obey, that has no width or that
    turns the reading direction: what is shown is what will run. Line ends and tabs stay."""
    return "".join(
        character if character.isprintable() or character in "\n\t" else ascii(character)[1:-1]
        for character in text
    )


def _style(request: PermissionRequest, line: str) -> str:
    if request.kind == "shell":
        return "bold"
    return {"+": "green", "-": "red"}.get(line[:1], "")


def _terminal(source: TextIO) -> int | None:
    """The descriptor of a terminal, None for anything else."""
    try:
        descriptor = source.fileno()
    except (AttributeError, OSError, ValueError):
        return None
    return descriptor if os.isatty(descriptor) else None


async def _read_line(terminal: int) -> str:
    """A line, empty at the end of the input.

    Nothing ends a read that waits, so the thread is a daemon, none of the event loop's own, and goes past
    ``sys.stdin``, whose lock it would hold when the interpreter ends.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def deliver(line: str) -> None:
        if not answer.done():
            answer.set_result(line)

    def read() -> None:
        try:
            line = os.read(terminal, _LINE_LIMIT).decode("utf-8", "replace")
        except OSError:
            line = ""
        if not loop.is_closed():
            loop.call_soon_threadsafe(deliver, line)

    threading.Thread(target=read, name="permission prompt", daemon=True).start()
    return await answer
