"""What the simulated model does with a plan: it writes one where the request asks for it, and comes back to a
step that it has forgotten only where the prompt names it."""

import json

import pytest
from bench.simmodel.model import Answer, Dice, respond
from bench.simmodel.planned import plan_lines
from bench.simmodel.rates import PLAN_WHEN_ASKED
from bench.simmodel.trajectory import load_script
from bench.taskset import load_tasks
from plain_harness import STYLES

SCRIPT = load_script(load_tasks(["own-windows-files"])[0])
FIRST, *_ = SCRIPT.edits
ASKED = f"{SCRIPT.prompt}\n\nBegin your reply with a plan: 2 to 8 short numbered lines."
PLANNED = ["Change tills/vat.csv", "Change tills/export.py", "Run the tests"]


def ask(dice: Dice, prompt: str, *results: tuple[str, dict[str, str], str]) -> Answer:
    """``results`` are calls that were made: name, arguments, result."""
    said: list[dict[str, object]] = [{"role": "user", "content": prompt}]
    for number, (name, arguments, result) in enumerate(results):
        function = {"name": name, "arguments": json.dumps(arguments)}
        call = {"id": f"c{number}", "type": "function", "function": function}
        said.append({"role": "assistant", "content": None, "tool_calls": [call]})
        said.append({"role": "tool", "tool_call_id": f"c{number}", "content": result})
    return respond({"messages": said, "tools": STYLES["pairs"]}, SCRIPT, dice)


def writing(written: bool) -> Dice:
    """Dice that let the model write a plan, or pass the request for one over."""
    for seed in range(50):
        dice = Dice("t", seed=seed, multiplier=0.0)
        if (dice.uniform("plan", 0, "written") < PLAN_WHEN_ASKED) == written:
            return dice
    raise AssertionError("no such dice")


@pytest.mark.parametrize(
    ("prompt", "written", "has"), [(ASKED, True, 1), (ASKED, False, 0), (SCRIPT.prompt, True, 0)]
)
def test_a_plan_is_written_where_it_is_asked_for(prompt: str, written: bool, has: int) -> None:
    reply = ask(writing(written), prompt).reply
    assert (
        reply.calls
        and reply.content.count("\n".join(f"{n}. {one}" for n, one in enumerate(PLANNED, 1))) == has
    )


def test_it_knows_what_the_request_names() -> None:
    assert plan_lines(SCRIPT) == PLANNED
    shelf = load_script(load_tasks(["own-several-files-shelf"])[0])
    assert plan_lines(shelf) == []


def test_a_forgotten_step_comes_back_where_it_is_named() -> None:
    """The first file is changed; the step in the second is passed over until something names that file."""
    path, later = "tills/export.py", SCRIPT.edits[2].path
    made = (
        "edit",
        {"path": FIRST.path, "old_string": FIRST.old, "new_string": FIRST.new},
        "Changed the table.",
    )
    shown = [("read", {"path": one}, SCRIPT.seed[one]) for one in (FIRST.path, path, later)]
    dice = Dice("t", only="forgotten_step")
    answer = ask(dice, SCRIPT.prompt, *shown, made)
    assert answer.fault == "forgotten_step"
    assert later in str(answer.reply.calls[0].arguments.values())
    again = ask(dice, SCRIPT.prompt, *shown, made)
    assert (again.fault, again.repeated) == ("forgotten_step", True)
    named = (*made[:2], f"Changed the table.\n\n  2. Change {path}")
    back = ask(dice, SCRIPT.prompt, *shown, named)
    assert (back.fault, back.corrected) == ("", "forgotten_step")
    assert path in str(back.reply.calls[0].arguments.values())
