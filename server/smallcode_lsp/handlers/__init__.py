"""One file for each group of methods; each is ``register(server)`` and does little itself: it validates,
calls a plain function and converts what comes back."""

from ..server import SmallCodeServer
from . import code_actions, commands, diagnostics, lifecycle, sessions, status, turns

ALL = (lifecycle, turns, sessions, status, commands, code_actions, diagnostics)


def register_all(server: SmallCodeServer) -> None:
    for group in ALL:
        group.register(server)
