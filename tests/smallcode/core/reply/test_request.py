"""What a request asks for: only what is beyond doubt counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.reply import read_task


@pytest.mark.parametrize(
    "prompt",
    [
        "Fix the bug in total().",
        "total() leaves out the first price. Fix it.",
        "please rename calcTot to rentalPrice everywhere in src",
        "Can you add a test for the empty cart?",
        "In cart.py, for the billing service: set the timeout to 30.",
        "Find out why it fails and repair the cause.",
        "Look at cart.py and fix the bug.",
        "place_order() should say why a line is refused.",
        "Books need a shelf.",
        "Which variables are read? Write the answer to settings.json. Don't change anything else.",
        "Add migration 0005. Leave the other files alone.",
        "Some invoices are too low.\nPlease fix that, nothing else.",
        "Convert utils.py to async",
        "ok now do the same for orders.py and update the tests",
        "Ändere die Funktion so, dass sie alle Preise zählt.",
        "Corrige la fonction total.",
        "修复 total 函数。",
        "Fix the bug … then run the tests",
    ],
)
def test_changes(prompt: str) -> None:
    assert read_task(prompt).wants_change


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "hi",
        "What does total() do?",
        "Why does the test fail?",
        "Explain how to add and remove items.",
        "Show me how to fix this.",
        "Is there a bug in total()?",
        "How would you refactor this module?",
        "Should I change the signature?",
        "Review cart.py.",
        "Look at cart.py, but do not change anything.",
        "Fix nothing, just explain what is wrong. Do not edit files.",
        "Run the tests.",
        "List all functions of cart.py.",
        "Summarize the changes since last week.",
        "Add up the prices in cart.py without changing any files.",
        "Was macht total()?",
        "Pourquoi le test échoue-t-il ?",
    ],
)
def test_no_changes(prompt: str) -> None:
    assert not read_task(prompt).wants_change


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("Fix it, then run the tests.", True),
        ("`python3 -m unittest` fails. Find out why.", True),
        ("Make the failing test pass.", True),
        ("Fill in what it prints, so that the test passes.", True),
        ("Splitting loses a cent; a test fails because of it.", True),
        ("Run pytest and fix what it finds.", True),
        ("Add a test for total().", False),
        ("Fix the bug in total().", False),
    ],
)
def test_checks(prompt: str, wanted: bool) -> None:
    assert read_task(prompt).wants_check == wanted


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("hi", True),
        ("Hello!", True),
        ("thanks", True),
        ("", True),
        ("Fix it.", False),
        ("What is this?", False),
    ],
)
def test_small_talk(prompt: str, wanted: bool) -> None:
    assert read_task(prompt).small_talk == wanted


def test_names() -> None:
    task = read_task("In src/slug.js, give `slugify` a limit, as trim() has. See README.md.", ("open.py",))
    assert task.names == ("open.py", "src/slug.js", "slugify", "trim()", "README.md")


@given(st.text(max_size=300))
def test_any_prompt_can_be_read(prompt: str) -> None:
    task = read_task(prompt)
    assert task.prompt == prompt and all(task.names)
