"""What stands at the end of a request: in which order, and what switches it off."""

import pytest

from smallcode.core.file_list import FilesOfTurn
from smallcode.core.plan import WANTED, Plan, read_step
from smallcode.core.reminders import Standing, reminders

FILES = FilesOfTurn(named=["a.py", "b.py", "c.py"], changed=["a.py"])
LIST = "[Files of this task not changed yet: b.py, c.py. Changed: a.py.]"
PLAN = Plan((read_step("Fix a.py"), read_step("Run it")), "model")
ANCHOR = "ACTIVE PLAN (step 1 of 2)\n→ 1. Fix a.py\n  2. Run it"


@pytest.mark.parametrize(
    ("standing", "disable", "text"),
    [
        (Standing(), (), ""),
        (Standing(FILES), (), LIST),
        (Standing(FILES, PLAN), (), f"{LIST}\n\n{ANCHOR}"),
        (Standing(FILES, PLAN), ("plan",), LIST),
        (Standing(FILES, PLAN), ("file list",), ANCHOR),
        (Standing(plan_wanted=True), (), WANTED),
        (Standing(plan=PLAN, plan_wanted=True), (), ANCHOR),
        (Standing(plan_wanted=True), ("plan",), ""),
    ],
)
def test_the_end_of_a_request(standing: Standing, disable: tuple[str, ...], text: str) -> None:
    assert reminders(standing, disable) == text
