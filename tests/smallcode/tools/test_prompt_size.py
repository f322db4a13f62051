"""What every request costs before a word of the user's: counted by the vocabulary that ships."""

import pytest

from smallcode.adapters.tokens import VocabularyCounter
from smallcode.core.prompt import system_message, user_message
from smallcode.messages import Ask
from smallcode.tools import offered
from smallcode.tools.offering import SMALL_WINDOW, fitting

PROJECT = "a-project-with-a-name"


def fixed(window: int) -> int:
    schemas = [tool.schema for tool in fitting(offered(), window)]
    return VocabularyCounter().estimate([system_message(PROJECT)], schemas)


@pytest.mark.parametrize(("window", "most"), [(4096, 900), (8192, 1200), (32768, 1200)])
def test_system_prompt_and_tools(window: int, most: int) -> None:
    assert 0 < fixed(window) <= most
    assert fixed(window) <= window / 4


def test_a_greeting_on_8k() -> None:
    messages = [system_message(PROJECT), user_message(Ask("hello"))]
    schemas = [tool.schema for tool in fitting(offered(), 8192)]
    assert VocabularyCounter().estimate(messages, schemas) <= 1600


def test_small_windows_are_offered_what_is_needed_to_work() -> None:
    small = fitting(offered(), SMALL_WINDOW - 1)
    assert {tool.category for tool in small} >= {"read", "write", "search", "run"}
    assert fitting(offered(), SMALL_WINDOW) == offered()
    assert [tool for tool in offered() if tool in small] == list(small), "the order stays"
