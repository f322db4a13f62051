"""What a reply that is arriving has to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from .values import Draft


@dataclass(frozen=True, slots=True)
class StreamUpdate:
    """What is new: ``text`` and ``thoughts`` to show, names of calls that have ``begun`` ("" while the name
    is not known), and calls that are ``finished``, to be announced and not yet to be run. ``discard`` asks to
    forget the text and the thoughts shown so far before these are shown."""

    text: str = ""
    thoughts: str = ""
    begun: tuple[str, ...] = ()
    finished: tuple[Draft, ...] = ()
    discard: bool = False


@dataclass(slots=True)
class Pending:
    """An update in the making."""

    text: str = ""
    thoughts: str = ""
    begun: list[str] = field(default_factory=list)
    finished: list[Draft] = field(default_factory=list)
    discard: bool = False


def rest_of(shown: str, whole: str) -> str | None:
    """What of ``whole`` has not been shown, white space aside; None where something else was shown."""
    at = 0
    for letter in shown:
        if letter.isspace():
            continue
        while at < len(whole) and whole[at].isspace():
            at += 1
        if at >= len(whole) or whole[at] != letter:
            return None
        at += 1
    return whole[at:]
