"""How a request is put to the model."""

import pytest

from smallcode.adapters.measure import vocabulary_tokens
from smallcode.core.budget import Budget, Kind
from smallcode.core.prompt import user_message
from smallcode.messages import Ask, Problem, Selection


@pytest.mark.parametrize(
    ("ask", "content"),
    [
        (Ask("Fix it"), "Fix it"),
        (Ask("Fix it", active_path="a.py"), "Open in the editor: a.py\n\nFix it"),
        (Ask("Fix it", "a.py", cursor=7), "Open in the editor: a.py, cursor in line 7\n\nFix it"),
        (Ask("Fix it", mentions=["a.py", "src/b.py"]), "Mentioned: a.py, src/b.py\n\nFix it"),
    ],
)
def test_what_the_editor_knows_stands_before_the_request(ask: Ask, content: str) -> None:
    assert user_message(ask).content == content


def budget(window: int) -> Budget:
    return Budget.of(window, None, 950, vocabulary_tokens)


LONG = "".join(f"    value_{number} = compute({number}, 'ä…')\n" for number in range(2000))
PROBLEMS = [Problem("src/app.py", number, f"name 'x{number}' is not defined") for number in range(1, 500)]


@pytest.mark.parametrize("window", [4096, 8192, 32768])
@pytest.mark.parametrize(
    ("ask", "kind", "beginning", "end"),
    [
        (Ask("Fix it", mentions=["a.py"] * 10_000), "mentions", "Mentioned: a.py, ", "a.py"),
        (
            Ask("Fix it", selection=Selection("a.py", 1, 2000, LONG)),
            "selection",
            "Selected in a.py, lines 1-2000:\n```\n    value_0 = ",
            "```\n(The selection is longer; read a.py for the rest.)",
        ),
        (
            Ask("Fix it", problems=PROBLEMS),
            "problems",
            "The editor reports:\n- src/app.py:1: error: name 'x1' is not defined\n",
            " more",
        ),
    ],
)
def test_what_is_put_in_has_a_cap_and_says_what_was_cut(
    window: int, ask: Ask, kind: Kind, beginning: str, end: str
) -> None:
    caps = budget(window)
    told = user_message(ask, caps).content.removesuffix("\n\nFix it")
    assert told.startswith(beginning)
    assert told.endswith(end)
    assert caps.cap(kind) // 2 < caps.measure(told) <= caps.cap(kind)


def test_what_has_room_is_whole() -> None:
    ask = Ask("Fix it", selection=Selection("a.py", 3, 3, "x = 1\n"), problems=PROBLEMS[:1])
    assert user_message(ask, budget(4096)).content == (
        "Selected in a.py, line 3:\n```\nx = 1\n```\n\n"
        "The editor reports:\n- src/app.py:1: error: name 'x1' is not defined\n\nFix it"
    )
