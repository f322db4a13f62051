"""How a plan goes forward, what of it is missing, what waits for what, and how it is shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.plan import (
    MOST_TOKENS,
    Evidence,
    Plan,
    advance,
    anchor,
    batches,
    marks,
    missing,
    names_of_step,
    read_step,
    said,
)
from smallcode.core.room import by_size
from smallcode.core.tokens import BYTES_PER_TOKEN, utf8_size


def plan(*texts: str, source: str = "request", path: str = "") -> Plan:
    return Plan(tuple(map(read_step, texts)), source, path=path)  # type: ignore[arg-type]


def after(start: Plan, *calls: str) -> Plan:
    """``calls``: "read P", "find", "change P [WORD]", "run COMMAND", "fail COMMAND"."""
    for call in calls:
        verb, _, rest = call.partition(" ")
        path, _, word = rest.partition(" ")
        match verb:
            case "read":
                start = advance(start, Evidence(read=(path,), looked=True))
            case "find":
                start = advance(start, Evidence(looked=True))
            case "change":
                start = advance(start, Evidence(changed=((path, f"+ {word}"),)))
            case _:
                start = advance(start, Evidence(command=rest, ok=verb == "run"))
    return start


THREE = plan("Change total() in cart.py", "Change tax() in cart.py", "Run the tests")
LOOK = plan("Read cart.py", "Find the callers", "Change app.py and cli.py", "Run `make test`", "Tell me why")

CASES = [
    (LOOK, [], "→    "),
    (LOOK, ["read tests.py"], "→    "),
    (LOOK, ["read shop/cart.py"], "✓→   "),
    (LOOK, ["read cart.py", "find"], "✓✓→  "),
    # Work at a later step tells that looking is over; a file of two does not make a step of both.
    (LOOK, ["change app.py"], "✓✓→  "),
    (LOOK, ["change app.py", "change lib/cli.py"], "✓✓✓→ "),
    (LOOK, ["change app.py", "run make test"], "✓✓✓✓→"),
    # Another command than the one that is named does not count, nor one that fails.
    (LOOK, ["change app.py", "change cli.py", "run ls", "fail make test"], "✓✓✓→ "),
    (LOOK, ["change app.py", "change cli.py", "run cd x && make  test"], "✓✓✓✓→"),
    # Of steps with one file the names in the diff tell which.
    (THREE, ["change cart.py"], "✓→ "),
    (THREE, ["change cart.py tax"], "→✓ "),
    (THREE, ["change cart.py tax", "change cart.py"], "✓✓→"),
    # What ran before the last change has to run again.
    (THREE, ["change cart.py total", "change cart.py tax", "run pytest"], "✓✓✓"),
    (THREE, ["change cart.py total", "run pytest"], "✓→ "),
    (plan("Fix a.py", "Run the tests"), ["change a.py", "run pytest", "change a.py"], "✓✓"),
    (plan("Fix a.py", "Fix b.py", "Run it"), ["change a.py", "change b.py", "run x", "change b.py"], "✓✓✓"),
    # One that comes first is there to see what fails.
    (plan("Run the tests", "Fix a.py", "Run the tests"), ["fail pytest", "change a.py"], "✓✓→"),
    # Steps without a file: the one whose names the diff shows, else the first.
    (plan("Add `--owner`", "Print `no jobs`"), ["change cli.py no jobs"], "→✓"),
    (plan("Add an option", "Sort the table"), ["change cli.py"], "✓→"),
    (plan("Fix a.py", "Fix b.py"), ["change c.py"], "→ "),
    (plan("Fix TODO.md", "Fix b.py", source="todo", path="TODO.md"), ["change TODO.md"], "→ "),
]


@pytest.mark.parametrize(("start", "calls", "wanted"), CASES)
def test_marks_after_calls(start: Plan, calls: list[str], wanted: str) -> None:
    assert "".join(marks(after(start, *calls))) == wanted


@pytest.mark.parametrize(
    ("start", "calls", "left"),
    [
        (THREE, [], ["Change total() in cart.py", "Change tax() in cart.py", "Run the tests"]),
        (THREE, ["change cart.py", "change cart.py"], ["Run the tests"]),
        (THREE, ["change cart.py", "change cart.py", "fail pytest"], ["Run the tests"]),
        # One file of two was changed: the other may be where it was taken from.
        (LOOK, ["change app.py", "run make test"], []),
        # Of what names no file nothing can be missing.
        (plan("Add an option", "Tell me why", "Read a.py"), [], []),
    ],
)
def test_what_is_missing(start: Plan, calls: list[str], left: list[str]) -> None:
    assert [step.text for step in missing(after(start, *calls))] == left


@pytest.mark.parametrize(
    ("start", "text", "wanted"),
    [
        (plan("Add an option", "Sort it"), "Step 1 is done. Now the second.", "✓→"),
        (plan("Add an option", "Sort it"), "✓ 1, [x] 2", "✓✓"),
        (plan("Add an option", "Sort it"), "I have finished step 2.", "→✓"),
        # The word alone does not change a file.
        (THREE, "Step 1 is done, step 2 is done, step 3 is done.", "→  "),
        (after(LOOK, "change app.py"), "Step 3 done.", "✓✓✓→ "),
    ],
)
def test_the_models_word_confirms(start: Plan, text: str, wanted: str) -> None:
    assert "".join(marks(said(start, text))) == wanted


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["Fix a.py", "Fix b.py", "Fix src/a.py", "Run the tests"], (1, 1, 2, 3)),
        (["Read a.py", "Fix b.py", "Fix the rest", "Fix c.py"], (1, 1, 2, 3)),
        (["Run the tests", "Fix a.py", "Fix b.py"], (1, 2, 2)),
        (["Move it from a.py into b.py", "Fix b.py", "Fix c.py"], (1, 2, 1)),
        ([], ()),
    ],
)
def test_what_waits_for_what(texts: list[str], wanted: tuple[int, ...]) -> None:
    assert batches([read_step(text) for text in texts]) == wanted


def test_the_anchor() -> None:
    moved = replace(after(LOOK, "read cart.py"), keep=("Do not touch api.py",))
    assert anchor(moved) == (
        "ACTIVE PLAN (step 2 of 5)\n✓ 1. Read cart.py\n→ 2. Find the callers\n  3. Change app.py and cli.py\n"
        "  4. Run `make test`\n  5. Tell me why\nThroughout: Do not touch api.py."
    )
    done = replace(moved, steps=tuple(replace(step, done=True) for step in moved.steps))
    assert anchor(done).startswith("ACTIVE PLAN: all 5 steps")
    assert anchor(moved, most=0) == ""


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=8), st.integers(0, 400))
def test_the_anchor_is_short_whatever_the_steps(texts: list[str], most: int) -> None:
    text = anchor(plan(*texts), by_size, most)
    assert utf8_size(text) <= min(most, MOST_TOKENS) * BYTES_PER_TOKEN
    assert most < 10 or text.startswith("ACTIVE PLAN (step 1 of ")


def test_names_of_the_step_under_way() -> None:
    assert names_of_step(THREE) == ("cart.py", "total")
    assert names_of_step(after(THREE, "change cart.py total")) == ("cart.py", "tax")
    assert names_of_step(None) == ()
    assert names_of_step(after(plan("Fix a.py"), "change a.py")) == ()


STEPS = st.lists(
    st.sampled_from(["Fix a.py", "Fix b.py and c.py", "Read a.py", "Run it", "Add x", "Keep y", "Say z"]),
    min_size=1,
    max_size=8,
)
CALLS = st.lists(
    st.sampled_from(["read a.py", "find", "change a.py", "change b.py x", "run it", "fail it"]), max_size=12
)


@given(STEPS, CALLS)
def test_a_step_is_done_by_evidence_alone(texts: list[str], calls: list[str]) -> None:
    end = after(plan(*texts), *calls)
    for step in end.steps:
        if step.done and step.kind == "change" and step.files:
            assert step.seen
    assert [step.text for step in end.steps] == [step.text for step in plan(*texts).steps]
    assert sorted(set(batches(end.steps))) == list(range(1, max(batches(end.steps)) + 1))
