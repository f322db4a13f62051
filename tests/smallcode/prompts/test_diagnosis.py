"""The question about an error that no rule explains."""

import pytest

from smallcode.adapters.clock import ManualClock
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.core.diagnosis import Diagnosis, Question
from smallcode.prompts.base import Asker
from smallcode.prompts.diagnosis import DIAGNOSIS, OUTPUT_CHARS

QUESTION = Question("make it", "it broke")


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (
            "kind: link error\nplace: src/a.c:12\ndo: Add the library.",
            Diagnosis("link error", "", "src/a.c", 12, "Add the library."),
        ),
        ("**Kind:** odd\n- Place: none\n- Do: Look.", Diagnosis("odd", "", "", 0, "Look.")),
        ("kind: odd\ndo: Look.", Diagnosis("odd", "", "", 0, "Look.")),
        ("It is a link error.", None),
        ("kind: odd", None),
        ("", None),
    ],
)
async def test_the_answer_has_its_three_lines(reply: str, answer: Diagnosis | None) -> None:
    model = ScriptedModel([Step(reply)])
    assert await Asker(model, ManualClock()).ask(DIAGNOSIS, QUESTION) == answer
    assert len(model.requests) == 1


def test_a_long_output_is_shown_by_its_ends() -> None:
    _, user = DIAGNOSIS.render(Question("make it", "first\n" + "x\n" * 9000 + "last"))
    assert len(user.content) < OUTPUT_CHARS + 100
    assert "first" in user.content and user.content.endswith("last")
