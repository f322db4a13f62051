"""What was found out for a request before the model is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..messages import Image, Problem


@dataclass(frozen=True, slots=True)
class Gathered:
    """``project`` stands in the first request of a conversation alone; ``parts`` are texts before the
    request, each within its cap. ``notes`` are sentences for the user and the model: what is not there, or
    cannot be shown. ``problems``, unless None, replace those that the editor has sent with the request."""

    project: str = ""
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    problems: Sequence[Problem] | None = None

    def __add__(self, other: Gathered) -> Gathered:
        return Gathered(
            self.project or other.project,
            (*self.parts, *other.parts),
            tuple(dict.fromkeys((*self.notes, *other.notes))),
            (*self.images, *other.images),
            self.problems if other.problems is None else other.problems,
        )
