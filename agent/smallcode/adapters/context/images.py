"""Pictures: those that came with the request, and those that the user points at."""

from __future__ import annotations

from ...core.gathered import Gathered
from ...core.images import SUFFIXES, image_of
from ...core.mentions import FEATURE, Mention
from ...errors import WorkspaceError
from ...messages import Image
from ...ports import ModelInfo
from .base import Found, Request, Source


async def _look(request: Request) -> Found:
    images, notes = list(request.ask.images), []
    taken: list[Mention] = []
    for mention in request.paths():
        if not mention.name.lower().endswith(SUFFIXES):
            continue
        try:
            data = (await request.workspace.capture(mention.name)).data
        except WorkspaceError:
            continue
        if data is None:
            continue
        taken.append(mention)
        image = image_of(mention.name, data)
        if isinstance(image, str):
            notes.append(image)
        else:
            images.append(image)
    shown, left_out = _shown(images, request.info, request.context.budget.cap("image"))
    return Found(Gathered(images=tuple(shown), notes=(*notes, *left_out)), frozenset(taken))


def _shown(images: list[Image], info: ModelInfo, room: int) -> tuple[list[Image], list[str]]:
    """The pictures that the model is shown, and a note for each that it is not."""
    if info.vision is not True:
        why = "cannot be shown pictures" if info.vision is False else "is not known to see pictures"
        return [], [f"{image.name} is not shown: the model {info.model} {why}." for image in images]
    shown, notes = [], []
    for image in images:
        if image.tokens > room:
            notes.append(
                f"{image.name} is not shown: it takes about {image.tokens:,} tokens, and there is room for "
                f"{room:,}. Make it smaller, or give the model a larger window."
            )
            continue
        room -= image.tokens
        shown.append(image)
    return shown, notes


IMAGES = Source("images", FEATURE, _look)
