"""The table of outcomes: each signal, the order among them, and what an honest reply is spared."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.reply import (
    SWITCHABLE,
    Act,
    Answer,
    AskUser,
    Continue,
    Correct,
    ReplyFacts,
    TurnFacts,
    classify,
    read_task,
)
from smallcode.core.reply.classify import MOST_CONTINUATIONS, MOST_TOLD

FIX = TurnFacts(read_task("total() in cart.py leaves out the first price. Fix it."))
ASK = TurnFacts(read_task("What does total() do?"))
TEST = TurnFacts(read_task("Fix total() and run the tests."))
PLAN = TurnFacts(read_task("How would you make total() faster?"))
HI = TurnFacts(read_task("hi"))
MISSED = {"cart.py": "There is no file src/cart.py. Did you mean cart.py?"}
BROKEN = {"cart.py": "cart.py:4: unterminated string literal"}
LEFT = ("2. Create tax.py",)
DONE = replace(FIX, acted=True, changed=("cart.py",))
CODE = "Here is the updated code for `cart.py`:\n\n```\nreturn sum(prices)\n```"


def said(text: str, **facts: object) -> ReplyFacts:
    return replace(ReplyFacts(text), **facts)  # type: ignore[arg-type]


def outcome(reply: ReplyFacts, turn: TurnFacts) -> str:
    """The kind of a correction, else the outcome's name."""
    found = classify(reply, turn)
    return found.kind if isinstance(found, Correct) else type(found).__name__


@pytest.mark.parametrize(
    ("reply", "turn", "wanted"),
    [
        # Calls win over everything that is said beside them.
        (said("Shall I proceed? Let me look.", calls=1), FIX, "Act"),
        (said("", calls=2, problems=("x",), finish="length"), FIX, "Act"),
        # Nothing there.
        (said(""), FIX, "empty reply"),
        (said(" \n"), ASK, "empty reply"),
        (said("(no answer)"), FIX, "empty reply"),
        (said("(a tool call that could not be read)"), FIX, "empty reply"),
        # Thoughts alone.
        (said("", thoughts="The user wants a change."), FIX, "thoughts alone"),
        (said("", thoughts="I need to read cart.py. Let me do that."), ASK, "thoughts alone"),
        (said("", thoughts="It sums the prices but for the first."), ASK, "Answer"),
        (said("", thoughts="The fix is in place and the test passes."), DONE, "Answer"),
        (said("", thoughts="Which of both functions do they mean?"), FIX, "Answer"),
        (said("", thoughts="hm hm", finish="length"), ASK, "endless thoughts"),
        (said("", thoughts="hm", cut="endless thoughts"), ASK, "endless thoughts"),
        # Cut and broken.
        (said("", problems=("it broke off",), finish="length"), FIX, "cut call"),
        (said("I look.", problems=("no JSON",)), FIX, "unreadable call"),
        (said("The slice starts", finish="length"), ASK, "Continue"),
        (said("The slice", finish="length"), replace(ASK, continued=MOST_CONTINUATIONS), "Answer"),
        (said("Again.", cut="repetition"), ASK, "repetition"),
        # Announcements.
        (said("Let me look at cart.py."), FIX, "announcement"),
        (said("Let me look at cart.py."), ASK, "announcement"),
        (said("It is fixed. Next, I will run the tests."), DONE, "announcement"),
        (said("First, I'll read the file; then I'll cache the sum."), PLAN, "Answer"),
        # Questions.
        (said("Shall I proceed?"), FIX, "needless question"),
        (said("Shall I proceed with run 2?"), DONE, "needless question"),
        (said("Would you like me to fix the slice?"), FIX, "needless question"),
        (said("Would you like me to fix the slice?"), ASK, "AskUser"),
        (said("I've fixed it. Shall I proceed with the next file?"), DONE, "AskUser"),
        (said("I've fixed it. Should I add a test?"), DONE, "AskUser"),
        (said("It is fixed. Would you like me to also add tests?"), FIX, "AskUser"),
        (said("May I delete the old table?"), FIX, "AskUser"),
        (said("Should I proceed and overwrite your settings?"), FIX, "AskUser"),
        (said("Shall I proceed?"), replace(FIX, refused=True), "AskUser"),
        (said("There are two functions total(). Which do you mean?"), FIX, "AskUser"),
        (said("Soll die Summe auch Rabatte enthalten?"), FIX, "AskUser"),
        (said("負の金額はどうしますか？"), FIX, "AskUser"),
        (said("Could you provide the contents of cart.py?"), FIX, "known answer"),
        (said("Please paste the code of the function."), ASK, "known answer"),
        (said("Could you provide the contents of cart.py?"), replace(FIX, acted=True), "AskUser"),
        # Greetings.
        (said("Hello! How can I help you today?"), FIX, "greeting"),
        (said("Hello! How can I help you today?"), ASK, "greeting"),
        (said("Hello! How can I help you today?"), HI, "AskUser"),
        # Code for the user.
        (said(CODE), FIX, "code as prose"),
        (said(CODE), DONE, "code as prose"),
        (said(CODE), ASK, "Answer"),
        (said("I changed it to:\n```\nreturn sum(prices)\n```"), DONE, "Answer"),
        (said("I've updated it. Here is the new function:\n```\nx\n```"), DONE, "Answer"),
        (said("```\nreturn sum(prices)\n```"), replace(FIX, refused=True), "Answer"),
        # Claims.
        (said("Done."), FIX, "nothing changed"),
        (said("I've fixed the slice."), replace(FIX, acted=True), "nothing changed"),
        (said("I've fixed the slice."), replace(FIX, wrote_by_command=True), "Answer"),
        (said("I've fixed the slice."), replace(FIX, refused=True), "Answer"),
        (said("I've fixed the slice."), DONE, "Answer"),
        (said("It is already fixed; nothing to do."), FIX, "Answer"),
        (said("I could not find the function."), FIX, "Answer"),
        (said("Done."), ASK, "Answer"),
        (said("Done."), replace(FIX, told={"nothing changed": MOST_TOLD}), "Answer"),
        # A change that failed and was never made.
        (said("slugify now takes maxLength."), replace(DONE, failed=MISSED), "failed change"),
        (said("I could not change cart.py."), replace(DONE, failed=MISSED), "Answer"),
        (said("It sums the prices."), replace(ASK, failed=MISSED), "Answer"),
        (said("Done."), replace(DONE, failed=MISSED, refused=True), "Answer"),
        (said("Done."), replace(DONE, failed=MISSED, told={"failed change": MOST_TOLD}), "Answer"),
        # Errors that a change brought.
        (said("The mail says the reason now."), replace(DONE, broken=BROKEN), "broken file"),
        (said("I could not repair it: the file is left broken."), replace(DONE, broken=BROKEN), "Answer"),
        (said("Done."), replace(DONE, broken=BROKEN, told={"broken file": MOST_TOLD}), "Answer"),
        # Checks.
        (said("Done."), replace(TEST, changed=("cart.py",)), "unchecked"),
        (said("Everything works."), DONE, "unchecked"),
        (said("total() sums all prices now."), DONE, "Answer"),
        (said("Done."), replace(TEST, changed=("cart.py",), ran_since_change=True), "Answer"),
        (
            said("All tests pass."),
            replace(DONE, ran_since_change=True, last_run="pytest", last_run_ok=False),
            "unchecked",
        ),
        (
            said("Two tests still fail; I could not find out why."),
            replace(TEST, changed=("cart.py",), ran_since_change=True, last_run_ok=False),
            "Answer",
        ),
        (said("Done."), replace(TEST, changed=("cart.py",), told={"unchecked": MOST_TOLD}), "Answer"),
        (said("Done."), replace(TEST, changed=("cart.py",), refused=True), "Answer"),
        # A plan that was asked for, and no step of it.
        (said("1. Read cart.py\n2. Fix total()"), replace(FIX, plan_came=True), "plan alone"),
        (said("1. Read cart.py\n2. Fix total()"), replace(ASK, plan_came=True), "Answer"),
        (said("1. Read cart.py\n2. Fix total()"), replace(DONE, plan_came=True), "Answer"),
        (said("1. Read it", calls=1), replace(FIX, plan_came=True), "Act"),
        # Steps of the plan that were passed over.
        (said("total() sums all prices now."), replace(DONE, steps_left=LEFT), "unfinished plan"),
        (said("I could not create tax.py."), replace(DONE, steps_left=LEFT), "Answer"),
        (said("tax.py is already there."), replace(DONE, steps_left=LEFT), "Answer"),
        (said("Done."), replace(DONE, steps_left=LEFT, refused=True), "Answer"),
        (said("Which rate do you want?"), replace(DONE, steps_left=LEFT), "AskUser"),
        (said("Done."), replace(DONE, steps_left=LEFT, told={"unfinished plan": MOST_TOLD}), "Answer"),
        # Plain answers.
        (said("It sums the prices but for the first."), ASK, "Answer"),
        (said("The call would be `<tool_call>...</tool_call>`; that runs read_file."), ASK, "Answer"),
        (said("Let me know if you want me to change anything else."), DONE, "Answer"),
    ],
)
def test_outcomes(reply: ReplyFacts, turn: TurnFacts, wanted: str) -> None:
    assert outcome(reply, turn) == wanted


def test_an_answer_that_is_taken_in_doubt_says_so() -> None:
    found = classify(said("Done."), replace(TEST, changed=("a.py",), told={"unchecked": MOST_TOLD}))
    assert isinstance(found, Answer) and "a.py" in found.doubt


def test_the_evidence_is_that_of_the_turn() -> None:
    found = classify(
        said("All tests pass."), replace(DONE, ran_since_change=True, last_run="make", last_run_ok=False)
    )
    assert isinstance(found, Correct) and found.evidence == "The last command failed: make"
    found = classify(said("Which file?"), FIX)
    assert isinstance(found, Correct) and "cart.py" in found.evidence
    found = classify(said("Hello! How can I help you?"), FIX)
    assert isinstance(found, Correct) and found.evidence == FIX.task.prompt


@pytest.mark.parametrize("kind", SWITCHABLE)
def test_what_is_switched_off_does_not_come(kind: str) -> None:
    turn = replace(FIX, off=frozenset(SWITCHABLE))
    texts = ["Let me look.", "Shall I proceed?", "Hello! How can I help you?", CODE, "Done.", "Which file?"]
    for text in texts:
        found = classify(said(text), turn)
        assert isinstance(found, Answer | AskUser), kind


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "Let me look at it.",
                "Done.",
                "Shall I proceed?",
                "```\nx\n```",
                "Hello!",
                "(no answer)",
                ":",
                "？",
                "`",
                '"',
            ]
        ),
        max_size=6,
    ).map("\n".join),
)


@given(
    st.builds(
        ReplyFacts,
        text=TEXTS,
        thoughts=TEXTS,
        calls=st.integers(0, 2),
        problems=st.lists(st.text(max_size=9), max_size=2).map(tuple),
        finish=st.sampled_from(["stop", "length", "tool_calls", ""]),
    ),
    st.sampled_from([FIX, ASK, TEST, PLAN, HI, DONE]),
)
def test_any_reply_has_an_outcome(reply: ReplyFacts, turn: TurnFacts) -> None:
    found = classify(reply, turn)
    assert isinstance(found, Act | Answer | AskUser | Continue | Correct)
    assert isinstance(found, Act) == bool(reply.calls)
    if isinstance(found, Answer | AskUser):
        assert reply.text.strip() or reply.thoughts.strip()
