"""How large the window is that a request really gets: what was told, what was asked for, what was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ..ports import NoticeDelta
from ..settings import ASSUMED_WINDOW, Settings
from .discovery import Endpoint

Source = Literal["server", "settings", "assumed"]

# A smaller figure in a server's complaint is something else than its window.
SMALLEST_BELIEVED = 256


class Windows:
    """Of each endpoint and model that one client has met. A window only ever becomes smaller, and what Ollama
    is asked for stays as it was first chosen: for another size it would load the model again."""

    def __init__(self, settings: Settings) -> None:
        self._limit = settings.context_window
        self._asked: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._checked: set[str] = set()

    def keep(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint as it was discovered anew, with what was asked for before."""
        if endpoint.asked_window is None:
            return endpoint
        asked = self._asked.setdefault(_key(endpoint), endpoint.asked_window)
        return replace(endpoint, asked_window=asked)

    def of(self, endpoint: Endpoint) -> tuple[int, Source]:
        """Tokens, and who told. The server knows best, but the user may want less than it offers."""
        window, source = self._told(endpoint)
        seen = self._seen.get(_key(endpoint))
        return (window, source) if seen is None or seen >= window else (seen, "server")

    def _told(self, endpoint: Endpoint) -> tuple[int, Source]:
        told, limit, asked = endpoint.window, self._limit, endpoint.asked_window
        if asked is not None:
            loaded = told == asked or _key(endpoint) in self._checked
            return asked, "server" if loaded else "settings"
        if told is not None and (limit is None or limit >= told):
            return told, "server"
        if limit is not None:
            return limit, "settings"
        return ASSUMED_WINDOW, "assumed"

    def lower(self, endpoint: Endpoint, tokens: int | None) -> None:
        """The server was found to give no more than so many."""
        if tokens is not None and SMALLEST_BELIEVED <= tokens < self.of(endpoint)[0]:
            self._seen[_key(endpoint)] = tokens

    def to_check(self, endpoint: Endpoint) -> bool:
        """Whether it is still to be seen, once the model is loaded, what became of the window that was asked
        for; True once."""
        key = _key(endpoint)
        if endpoint.asked_window is None or key in self._checked:
            return False
        self._checked.add(key)
        return True


def likely_window(read: int) -> int:
    """The window of a server that read ``read`` tokens of a longer prompt: the next power of two.

    Ollama fills half of the window and a little more where it cuts within a message (num_ctx / 2 + 2, issue
    17427 of ollama/ollama), and up to all of it where it drops whole messages; and windows are powers of
    two as a rule.
    """
    return 1 << (read - 1).bit_length()


def smaller_than_asked(endpoint: Endpoint, in_force: int) -> NoticeDelta:
    message = (
        f"{endpoint.base} gives {endpoint.model} a window of {in_force:,} tokens, not the "
        f"{endpoint.asked_window or 0:,} that were asked for."
    )
    remedy = "Free memory or take a smaller model for more; set context_window to less to be asked for less."
    return NoticeDelta("warning", message, remedy)


def _key(endpoint: Endpoint) -> str:
    return f"{endpoint.base} {endpoint.model}"
