"""Every event can be sent, whatever text came into it."""

import json
from collections.abc import Callable

import pytest

from smallcode import events as ev

HALF = "half \ud83d"
MENDED = "half \ufffd"
MAKERS: list[Callable[[str], ev.Event]] = [
    lambda text: ev.TurnStarted(prompt=text),
    lambda text: ev.MessageChunk(text=text),
    lambda text: ev.Notice(level="warning", message=text),
    lambda text: ev.ToolFinished(call_id="1", name="bash", status="completed", content=text),
    lambda text: ev.TurnEnded(stop_reason="done", text=text, files_changed=[], usage=ev.UsageInfo()),
]


@pytest.mark.parametrize("make", MAKERS)
def test_half_a_character_is_mended(make: Callable[[str], ev.Event]) -> None:
    sent = ev.EVENT.dump_json(make(HALF))
    assert MENDED in json.loads(sent).values()
    assert ev.EVENT.validate_json(sent) == make(MENDED)
