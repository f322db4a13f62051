"""Put the small question of a governor to the model, where the turn may."""

from __future__ import annotations

from ..core.diagnosis import render
from ..errors import SmallCodeError
from ..governors.base import Consult
from ..prompts.diagnosis import DIAGNOSIS
from .turn import TurnState

PROMPTS = {DIAGNOSIS.name: DIAGNOSIS}
"""Those that governors may name."""


async def consult(turn: TurnState, asked: Consult) -> str:
    """What the model is told, "" where it was not asked or has no answer.

    A question beside the conversation costs a server with a single slot the cache of the prompt, which is
    dearer than the answer is worth: unless the setting says otherwise it is not asked there.
    """
    wanted = turn.context.settings.side_questions
    if turn.asker is None or wanted == "off":
        return ""
    try:
        slots = (await turn.client.info()).slots
    except SmallCodeError:
        return ""
    if wanted == "auto" and slots == 1:
        return ""
    answer = await turn.asker.ask(PROMPTS[asked.prompt], asked.question)
    return "" if answer is None else render(answer, turn.context.workspace.root)
