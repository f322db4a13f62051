import pytest

from smallcode.adapters.clock import ManualClock
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.prompts.base import Asker
from smallcode.prompts.plan import PLAN, REQUEST_CHARS, PlanDrawer


@pytest.mark.parametrize(
    ("reply", "lines"),
    [
        ("1. Fix a.py\n2. Run the tests", ("Fix a.py", "Run the tests")),
        ("Here it is:\n\n1) **Fix** a.py\n2) Run it\n\nGood luck!", ("Fix a.py", "Run it")),
        ("- Fix a.py\n- Run it", ()),
        ("1. Fix a.py", ()),
        ("", ()),
    ],
)
async def test_the_answer_is_a_numbered_list(reply: str, lines: tuple[str, ...]) -> None:
    model = ScriptedModel([Step(reply)])
    assert await PlanDrawer(Asker(model, ManualClock())).draw("Fix a.py and run it") == lines
    assert len(model.requests) == 1


def test_a_long_request_is_cut() -> None:
    system, user = PLAN.render("Fix it. " * 2000)
    assert system.role == "system" and len(user.content) < REQUEST_CHARS + 100
