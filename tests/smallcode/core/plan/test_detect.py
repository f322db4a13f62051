"""Which requests have several steps, and which steps their own words list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.plan import MOST_STEPS, Plan, begun, draw_up, plan_of_text, read_step
from smallcode.core.plan.detect import rules
from smallcode.core.plan.lists import bullets, numbered, sequence
from smallcode.core.reply import read_task

LISTED = [
    ("1. Add a flag to cli.py\n2. Use it in run.py\n3. Run the tests", "change change run"),
    ("Please:\n1) rename a() in x.py\n2) update y.py\n", "change change"),
    ("- fix total() in cart.py\n- add a test for it\n- do not touch api.py", "change change"),
    ("* [ ] create a.py\n* [ ] create b.py", "change change"),
    ("(1) read a.txt, (2) write its words to b.txt, (3) run wc on it.", "read change run"),
    ("Do this: 1. fix a.py 2. fix b.py. Thanks for that.", "change change"),
    ("First read conf.toml, then set debug in app.py and finally run the tests.", "read change run"),
    ("I moved house. First, fix a.py. Then add b.py. Finally, update the README.md.", "change change change"),
    ("**1.** Fix a.py\n**2.** Fix b.py", "change change"),
    ("The prices should round.\n1. total() should round\n2. tax() must not be negative", ""),
]


@pytest.mark.parametrize(("prompt", "kinds"), LISTED)
def test_the_harness_draws_up_what_the_request_lists(prompt: str, kinds: str) -> None:
    plan = draw_up(read_task(prompt)).plan
    assert " ".join(step.kind for step in plan.steps) == kinds if plan else kinds == ""


@pytest.mark.parametrize(
    ("prompt", "worth"),
    [
        ("Convert a.py, b.py and c.py to async.", True),
        ("Add an option to the list command, print it in the table and write it into the export.", True),
        ("Fix the bug in a.py and then run the tests.", False),
        ("Fix it", False),
        ("Explain what a.py, b.py and c.py do, step by step.", False),
        ("How would you convert a.py, b.py and c.py to async?", False),
        ("Refactor cart.py step by step.", True),
        ("My report of one bug is long. " * 12 + "Fix total().", False),
        ("My report of two bugs is long. " * 12 + "Fix total(). Add a test.", True),
        ("", False),
    ],
)
def test_what_is_worth_a_plan_of_the_models(prompt: str, worth: bool) -> None:
    drawn = draw_up(read_task(prompt))
    assert (drawn.plan, drawn.worth_asking) == (None, worth)


@pytest.mark.parametrize(
    "prompt",
    [
        # Lists of data, of rules alone, of things to know.
        "Sort this:\n1. pears\n2. apples\n3. plums",
        "Fix total().\n- keep the API\n- do not touch the tests",
        "Which of these is right?\n1. Fix a.py\n2. Leave it",
        "Version 1.2 and 3.4 fail, 200 ms before the second attempt, then 400 and so on. Fix it.",
        "```\n1. Fix a.py\n2. Fix b.py\n```\nWhat does this list say?",
    ],
)
def test_what_is_no_plan(prompt: str) -> None:
    assert draw_up(read_task(prompt)).plan is None


def test_what_a_model_writes_before_its_first_call() -> None:
    text = "I do this:\n\n1. Read cart.py\n2. Change total() in cart.py\n3. Run the tests\n\nThe file first."
    plan = plan_of_text(text, "Fix it. Do not touch api.py.")
    assert plan is not None
    assert [step.text for step in plan.steps] == [
        "Read cart.py",
        "Change total() in cart.py",
        "Run the tests",
    ]
    assert (plan.source, plan.keep) == ("model", ("Do not touch api.py",))
    assert plan_of_text("It has two faults:\n1. a comma\n2. the sum", "Fix it.") is None


def test_a_long_list_ends_with_the_rest() -> None:
    plan = draw_up(read_task("\n".join(f"{n}. Fix f{n}.py" for n in range(1, 13)))).plan
    assert plan is not None
    assert len(plan.steps) == MOST_STEPS and plan.steps[-1].text == "the other 5 items"


@pytest.mark.parametrize(
    ("text", "kind", "files", "symbols", "command"),
    [
        ("Change total() in cart.py like in tax.py", "change", ["cart.py"], ["total"], ""),
        (
            "2. Then run `pytest -q tests/test_a.py`",
            "run",
            ["tests/test_a.py"],
            [],
            "pytest -q tests/test_a.py",
        ),
        (
            "Use `parse_all` of lib/parse.py in app.py",
            "change",
            ["lib/parse.py", "app.py"],
            ["parse_all"],
            "",
        ),
        ("look at src/a.ts", "read", ["src/a.ts"], [], ""),
        ("Check a.py", "read", ["a.py"], [], ""),
        ("Make sure that all tests pass", "run", [], [], ""),
        ("Keep the formatting", "note", [], [], ""),
        ("Names must not change", "note", [], [], ""),
        ("The list should be sorted", "change", [], [], ""),
        ("Tell me why", "other", [], [], ""),
        ("From base.py take makeAll", "other", ["base.py"], ["makeAll"], ""),
    ],
)
def test_what_a_step_tells(text: str, kind: str, files: list[str], symbols: list[str], command: str) -> None:
    step = read_step(text)
    assert (step.kind, list(step.files), list(step.symbols), step.command) == (kind, files, symbols, command)


def test_rules_of_a_request() -> None:
    request = "Fix a.py. Please do not touch b.py. The texts must stay the same. Keep c.py. Run the tests."
    assert rules(request) == ("do not touch b.py", "The texts must stay the same")


OPEN = draw_up(read_task("1. Fix a.py\n2. Fix b.py")).plan


@pytest.mark.parametrize(
    ("prompt", "means"),
    [
        ("go on", "continue"),
        ("Ok, continue please.", "continue"),
        ("yes", "continue"),
        ("do the next step", "continue"),
        ("mach weiter", "continue"),
        ("continue, but in small steps", "continue"),
        ("What does total() do?", "keep"),
        ("thanks, and why?", "keep"),
        ("Thanks!", "keep"),
        ("great, go on", "continue"),
        ("next, what is a monad?", "keep"),
        ("Rename foo to bar in c.py.", "replace"),
        ("ok now fix the same in orders.py", "replace"),
        ("", "keep"),
    ],
)
def test_what_a_new_request_means_for_an_open_plan(prompt: str, means: str) -> None:
    assert begun(OPEN, read_task(prompt)) == means


def test_a_finished_plan_is_never_gone_on_with() -> None:
    assert begun(None, read_task("go on")) == "replace"
    assert begun(Plan((), "model"), read_task("go on")) == "replace"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for items in (numbered(text), bullets(text), sequence(text)):
        assert all(item == " ".join(item.split()) for item in items)
    plan = draw_up(read_task(text)).plan
    assert plan is None or 2 <= len(plan.steps) <= MOST_STEPS
    begun(OPEN, read_task(text))
    read_step(text)
