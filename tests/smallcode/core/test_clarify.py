"""When the user is asked instead of the model."""

from dataclasses import fields

import pytest

from smallcode.core.clarify import Situation, question


@pytest.mark.parametrize(
    ("message", "verb"),
    [
        ("fix it", "fix"),
        ("Fix this!", "fix"),
        ("please fix the bug", "fix"),
        ("can you fix the error for me please", "fix"),
        ("refactor", "refactor"),
        ("clean this up", "clean up"),
        ("explain this code", "explain"),
        ("improve the code", "improve"),
        ("update it asap", "change"),
        ("delete that file", "delete"),
        ("debug this", "fix"),
        ("behebe das", "fix"),
        ("Bitte korrigiere den Fehler", "fix"),
        ("corrige ça s'il te plaît", "fix"),
        ("explica esto por favor", "explain"),
        ("修复一下", "fix"),
        ("исправь это", "fix"),
    ],
)
def test_vague_messages(message: str, verb: str) -> None:
    assert question(message, Situation()).startswith(f"What should I {verb}? ")


@pytest.mark.parametrize("message", ["continue", "go on", "do it", "ok, do that please", "weiter"])
def test_there_is_nothing_to_go_on_with(message: str) -> None:
    assert question(message, Situation()).startswith("There is nothing to go on with yet.")


@pytest.mark.parametrize(
    "message",
    [
        "fix the tests",
        "fix the failing tests",
        "fix the lint errors",
        "fix the login bug",
        "fix it in cart.py",
        "fix `total`",
        "fix total()",
        "fix line 12",
        "fix this:\nTypeError: x is not a function",
        "explain the architecture",
        "explain this project",
        "improve performance",
        "rename foo to bar",
        "refactor the cart class",
        "run the tests",
        "commit",
        "hi",
        "thanks",
        "help",
        "yes",
        "what is this",
        "add a README",
        "update the dependencies",
        "delete the build folder",
        "fix it and explain it",
        "format everything",
        "重构 cart 模块",
        "",
        "???",
        "write a snake game",
    ],
)
def test_messages_that_say_enough_or_ask_for_something_else(message: str) -> None:
    assert question(message, Situation()) == ""


@pytest.mark.parametrize("known", [field.name for field in fields(Situation)])
@pytest.mark.parametrize("message", ["fix it", "go on", "explain this"])
def test_never_where_anything_is_known(message: str, known: str) -> None:
    assert question(message, Situation(**{known: True})) == ""
