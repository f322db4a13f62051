"""Which tools are listed, by the trust of the session."""

from smallcode.core.trust import DROPPED_AT, Trust
from smallcode.tools import ALL, by_name
from smallcode.tools.offering import trusted


def names(trust: Trust) -> set[str]:
    return {tool.name for tool in trusted(ALL, trust)}


def fail(trust: Trust, tool: str) -> None:
    for _ in range(DROPPED_AT):
        trust.note(tool, ok=False)


def test_a_drop_shows_at_the_next_break_and_stays_until_a_success() -> None:
    trust = Trust()
    fail(trust, "find_and_read")
    assert names(trust) == set(by_name)
    trust.at_break()
    assert names(trust) == set(by_name) - {"find_and_read"}
    # A new turn allows one try, and another list would break the prompt.
    trust.begin_turn()
    assert names(trust) == set(by_name) - {"find_and_read"}
    trust.at_break()
    assert names(trust) == set(by_name) - {"find_and_read"}
    trust.note("find_and_read", ok=True)
    assert "find_and_read" not in names(trust)
    trust.at_break()
    assert names(trust) == set(by_name)


def test_core_tools_are_always_listed() -> None:
    trust = Trust()
    for tool in by_name:
        fail(trust, tool)
    trust.at_break()
    assert names(trust) == {tool.name for tool in ALL if tool.core}
