"""What a message is taken for."""

from typing import get_args

import pytest

from smallcode.core.router import PRIORITY, Category, Routing, classify

MESSAGES = [
    # What a peer's router got wrong: no tool to edit with, or none at all.
    ("Fix the bug in orders.py, then run the tests", None, "write"),
    ("Convert utils.py to async", None, "write"),
    ("ok now do the same for orders.py", "write", "write"),
    # An order to change files weighs most, in whatever clause it stands.
    ("Run the tests and fix what fails", None, "write"),
    ("Find all uses of old_name and replace them", None, "write"),
    ("Explain how to add a column and rename it", None, "read"),
    ("Don't change anything, just explain how to add a column", None, "read"),
    # Each category.
    ("What does parse_config() do?", None, "read"),
    ("Find all TODOs", None, "search"),
    ("Start the dev server", None, "run"),
    ("How would you approach the migration?", None, "plan"),
    ("Make a plan to refactor the parser", None, "plan"),
    ("1. Add a model 2. Add a route 3. Write tests", None, "plan"),
    ("Who calls flush()?", None, "code_intel"),
    ("Where is Session defined?", None, "code_intel"),
    ("What is the latest version of httpx?", None, "web"),
    ("Summarise https://example.org/post", None, "web"),
    ("thanks!", None, "respond"),
    ("What is the difference between a list and a tuple?", None, "respond"),
    # Politeness, slips, one word, what was pasted.
    ("Hey, could you please be so kind as to rename foo to bar?", None, "write"),
    ("fxi teh typo in the readme", None, "write"),
    ("waht does load() do", None, "read"),
    ("tests", None, "run"),
    ("TypeError: x is undefined\n    at save (src/store.js:42:17)\nplease fix", None, "write"),
    ("```python\nfor i in x: print(i)\n```\nwhat does this print?", None, "read"),
    # A statement of what is wrong or wanted.
    ("The total is off by one cent", None, "write"),
    ("Users should be able to reset their password", None, "write"),
    # Carrying on.
    ("yes", "search", "search"),
    ("go on", "write", "write"),
    ("do it", "run", "run"),
    ("go ahead", "plan", "write"),
    ("and config.py?", "read", "read"),
    ("ok, now run the tests", "write", "run"),
    ("yes", None, "respond"),
    ("thanks", "write", "respond"),
    # Other languages.
    ("Behebe den Fehler in rechnung.py", None, "write"),
    ("Wo wird Kunde verwendet?", None, "code_intel"),
    ("Lance les tests", None, "run"),
    ("¿Qué hace la función total?", None, "read"),
    ("Crie um teste para a função soma", None, "write"),
    ("Объясни этот код", None, "read"),
    ("运行测试", None, "run"),
    ("バグを修正してください", None, "write"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "previous", "expected"), MESSAGES)
def test_category(message: str, previous: Category | None, expected: Category) -> None:
    assert classify(message, previous).category == expected


def test_the_previous_may_be_a_routing() -> None:
    assert classify("yes", classify("Find all TODOs")).category == "search"


def test_scores_name_what_speaks_for_each_and_the_lead_is_the_confidence() -> None:
    sure, torn = classify("Fix it"), classify("Fix it and make a plan for the rest")
    assert sure.scores == {"write": 8.0} and sure.confidence == 1.0
    assert set(torn.scores) == {"write", "plan"} and torn.confidence < 0.2


def test_every_category_has_its_place_among_the_ties() -> None:
    assert sorted(PRIORITY) == sorted(get_args(Category))


def test_a_weak_signal_is_never_sure() -> None:
    assert 0 < classify("src/app.ts please?").confidence < 1


def test_nothing_at_all_is_talk() -> None:
    assert classify("") == Routing("respond", classify("").confidence, {"respond": 2.0})
