"""Which tools are offered, when the set grows, and that a misroute hides none of those that work needs."""

from collections.abc import Sequence
from typing import get_args

import pytest

from smallcode.adapters.measure import vocabulary_tokens
from smallcode.core.budget import fixed_tokens
from smallcode.core.prompt import system_message
from smallcode.core.router import Category
from smallcode.tools import by_name, registry
from smallcode.tools.base import Tool
from smallcode.tools.offering import HINT_TOKENS, NO_WEB, SHARE, Offering

CATEGORIES = get_args(Category)
CORE = {"read_file", "patch", "write_file", "bash", "search", "find_files"}
RENAME = "Rename foo to bar everywhere"


ALL = registry(graph=False)
WITH_GRAPH = registry(graph=True)


def fixed(tools: Sequence[Tool]) -> int:
    return fixed_tokens(
        system_message("a-project").content, [tool.schema for tool in tools], vocabulary_tokens
    )


def names(offering: Offering, window: int) -> list[str]:
    return [tool.name for tool in offering.tools(ALL, window, fixed)]


def routed(category: Category, request: str = RENAME) -> Offering:
    offering = Offering()
    offering.route(category, request, ALL)
    return offering


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("window", [8192, 16384, 32768])
def test_the_core_is_always_there(category: Category, window: int) -> None:
    assert set(names(routed(category), window)) >= CORE


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize(("window", "most"), [(4096, 1024), (8192, 1200), (32768, 1200)])
def test_what_a_category_adds_stays_within_bounds(category: Category, window: int, most: int) -> None:
    assert fixed(routed(category).tools(ALL, window, fixed)) <= most


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize(("window", "most"), [(4096, 1024), (8192, 1200), (32768, 1200)])
def test_with_a_code_graph_too(category: Category, window: int, most: int) -> None:
    offering = Offering()
    offering.route(category, "Who calls foo, and what does it do?", WITH_GRAPH)
    assert fixed(offering.tools(WITH_GRAPH, window, fixed)) <= most


@pytest.mark.parametrize(
    ("category", "request_text", "added"),
    [
        ("code_intel", "Who calls foo?", {"graph_search", "explain_symbol"}),
        ("search", "Find all TODOs", {"graph_search"}),
        ("read", "Explain cart.py", {"find_and_read", "graph_search"}),
        ("plan", "Which packages are in this monorepo?", {"graph_search", "list_projects"}),
        ("write", "Fix the bug in cart.py", set()),
        ("write", "Give foo a parameter and adapt all its callers", {"graph_search", "explain_symbol"}),
    ],
)
def test_what_a_category_adds_with_a_code_graph(
    category: Category, request_text: str, added: set[str]
) -> None:
    plain = {tool.name for tool in Offering().tools(WITH_GRAPH, 32768, fixed)}
    offering = Offering()
    offering.route(category, request_text, WITH_GRAPH)
    assert {tool.name for tool in offering.tools(WITH_GRAPH, 32768, fixed)} - plain == added


@pytest.mark.parametrize(
    ("category", "request_text", "added"),
    [
        ("write", RENAME, {"replace_in_files"}),
        ("write", "Fix the bug in cart.py", set()),
        ("write", "Insert a header before line 3", {"insert_at_line"}),
        ("run", "Write a script that shows it", {"create_and_run"}),
        ("search", "Find all TODOs", {"search_and_read"}),
        ("code_intel", "Who calls foo?", {"search_and_read"}),
        ("read", "Explain cart.py", {"find_and_read"}),
        ("respond", "hello", set()),
    ],
)
def test_what_a_category_adds(category: Category, request_text: str, added: set[str]) -> None:
    plain = set(names(Offering(), 32768))
    assert set(names(routed(category, request_text), 32768)) - plain == added


def test_the_order_is_the_registrys_and_the_set_only_grows() -> None:
    offering = routed("read")
    seen = names(offering, 32768)
    for category in CATEGORIES:
        offering.route(category, RENAME, ALL)
        now = names(offering, 32768)
        assert set(seen) <= set(now)
        assert now == [tool.name for tool in ALL if tool.name in now]
        seen = now


def test_once_a_request_was_sent_the_set_waits_for_a_break() -> None:
    offering = routed("read")
    offering.begun = True
    before = names(offering, 32768)
    offering.route("write", RENAME, ALL)
    assert names(offering, 32768) == before
    assert "replace_in_files(" in offering.hint("write", ALL, vocabulary_tokens)
    assert offering.widen()
    assert "replace_in_files" in names(offering, 32768)
    assert offering.hint("write", ALL, vocabulary_tokens) == ""
    assert not offering.widen(), "nothing more is due"


def test_what_is_called_unoffered_is_due() -> None:
    offering = Offering(begun=True)
    offered = offering.tools(ALL, 32768, fixed)
    offering.called(by_name["read_file"], offered)
    assert not offering.due
    offering.called(by_name["read_and_patch"], offered)
    assert offering.due == {"read_and_patch"}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_hint_is_short(category: Category) -> None:
    offering = Offering(begun=True)
    offering.route(category, f"{RENAME}, insert it before line 3, and write a script", ALL)
    assert vocabulary_tokens(offering.hint(category, ALL, vocabulary_tokens)) <= HINT_TOKENS


def test_without_a_tool_for_the_web_the_model_is_told() -> None:
    assert routed("web").hint("web", ALL, vocabulary_tokens) == NO_WEB


def test_where_tools_take_more_than_their_share_they_are_asked_for() -> None:
    offering = routed("write")
    assert fixed([by_name[name] for name in names(routed("respond"), 4096)]) <= SHARE * 4096
    small = names(offering, 4096)
    assert "select_category" in small and "replace_in_files" not in small
    assert "select_category" not in names(offering, 8192)
