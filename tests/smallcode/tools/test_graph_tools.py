"""The tools that ask the code graph, over a graph that is given and the files behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_graph import graph_of

from smallcode.adapters.graph.memory import READY, MemoryGraph
from smallcode.adapters.measure import vocabulary_tokens
from smallcode.adapters.tokens import VocabularyCounter
from smallcode.messages import Message
from smallcode.ports.graph import Indexing
from smallcode.tools import by_name

FILES = {
    "pyproject.toml": "[project]\n",
    "web/package.json": "{}\n",
    "web/index.js": "main()\n",
    "notes.txt": "the checkout is slow\n",
    "shop/basket.py": '''\
def checkout(basket):
    """Takes the payment."""
    return pay(basket.total)


def pay(amount):
    return amount
''',
    "tests/test_basket.py": "def test_checkout():\n    checkout(None)\n",
}
SOURCES = {path: text for path, text in FILES.items() if path.endswith(".py")}
NAMES = ["graph_search", "explain_symbol", "scope_check", "list_projects", "hybrid_search"]
ASKED = {
    "graph_search": {"query": "checkout"},
    "explain_symbol": {"name": "checkout"},
    "scope_check": {"names": ["checkout"]},
    "list_projects": {},
    "hybrid_search": {"query": "checkout"},
}


@pytest.fixture
def shop(project):
    def make(indexing: Indexing = READY, **settings: object):
        made = project(FILES, **settings)
        made.context = replace(made.context, graph=MemoryGraph(graph_of(SOURCES), indexing))
        return made

    return make


async def test_graph_search_shows_whole_definitions_which_then_may_be_edited(shop) -> None:
    made = shop()
    output = await made.run("graph_search", query="checkout")
    assert output.ok
    assert output.content == (
        "1 match, 2 connected\n"
        "shop/basket.py:1-3\n"
        'def checkout(basket):\n    """Takes the payment."""\n    return pay(basket.total)\n'
        "shop/basket.py:6-7 [called by checkout]\n"
        "def pay(amount):\n    return amount\n"
        "tests/test_basket.py:1-2 [calls checkout]\n"
        "def test_checkout():\n    checkout(None)"
    )
    text = await made.workspace.read("shop/basket.py")
    seen = made.context.workspace.seen(text)
    assert [line for line in range(1, 8) if not seen.missing(line - 1, line)] == [1, 2, 3, 6, 7]


async def test_a_file_that_changed_since_shows_no_wrong_lines(shop) -> None:
    made = shop()
    made.workspace.texts["shop/basket.py"] = "import os\n\n\n" + FILES["shop/basket.py"]
    output = await made.run("graph_search", query="checkout")
    assert "shop/basket.py:1-3 def checkout(basket)" in output.content
    assert "import os" not in output.content


@pytest.mark.parametrize(
    ("name", "arguments", "shown"),
    [
        (
            "explain_symbol",
            {"name": "pay"},
            "def pay(amount)\nshop/basket.py:6-7\ncalled by (1):\n  checkout shop/basket.py:3\n"
            "tests that touch it (1):\n  test_checkout tests/test_basket.py:1",
        ),
        (
            "scope_check",
            {"names": ["pay", "chekout", "pay", " "]},
            "pay: shop/basket.py:6 def pay(amount)\nchekout: does not exist. Did you mean checkout?",
        ),
        (
            "list_projects",
            {},
            "memory (the root): pyproject.toml; 4 files (python 2), 3 definitions\n"
            "web/: package.json; 2 files (none indexed), 0 definitions",
        ),
        (
            "hybrid_search",
            {"query": "checkout"},
            "4 matching lines, 4 places\n"
            "shop/basket.py:1-3 def checkout(basket)\n  1: def checkout(basket):\n"
            "tests/test_basket.py:1-2 def test_checkout()\n  1: def test_checkout():\n  2: checkout(None)\n"
            "notes.txt\n  1: the checkout is slow\n"
            "shop/basket.py:6-7 def pay(amount) [connected]",
        ),
        ("graph_search", {"query": "zebra"}, "Nothing in the code matches 'zebra'."),
    ],
)
async def test_shown(shop, name: str, arguments: dict[str, object], shown: str) -> None:
    output = await shop().run(name, **arguments)
    assert output.content == shown


@pytest.mark.parametrize(
    ("name", "arguments", "complaint"),
    [
        ("graph_search", {"query": " "}, "query is empty"),
        ("explain_symbol", {"name": ""}, "name is empty"),
        ("explain_symbol", {"name": "chekout"}, "Nothing here is called chekout. Did you mean checkout?"),
        ("scope_check", {"names": []}, "names is empty"),
        ("hybrid_search", {"query": ""}, "query is empty"),
    ],
)
async def test_complaints(shop, name: str, arguments: dict[str, object], complaint: str) -> None:
    output = await shop().run(name, **arguments)
    assert not output.ok
    assert output.content.startswith(complaint)


@pytest.mark.parametrize("name", NAMES)
async def test_without_a_graph_another_way_is_named(project, name: str) -> None:
    output = await project(FILES).run(name, **ASKED[name])
    assert not output.ok
    assert "Use search" in output.content


@pytest.mark.parametrize("name", NAMES)
async def test_an_unfinished_index_says_so(shop, name: str) -> None:
    output = await shop(Indexing(3, 10)).run(name, **ASKED[name])
    assert output.content.endswith("(The index is still being made, 3 of 10 files: there may be more.)")


@pytest.mark.parametrize("most", [14, 24, 60, 80, 160, 400])
async def test_never_more_than_asked_for_by_what_counts_have_taught(shop, most: int) -> None:
    """The server counts twice as many tokens as the vocabulary."""
    counter = VocabularyCounter()
    prompt = [Message("user", "word " * 500)]
    estimated = counter.estimate(prompt, [])
    counter.learn(estimated, 2 * estimated)
    made = shop().ask("what does it do?")
    made.context = replace(made.context, counter=counter)
    output = await made.run("graph_search", query="checkout", max_tokens=most)
    assert 0 < 2 * vocabulary_tokens(output.content) <= most


@pytest.mark.parametrize("name", NAMES)
def test_offered_only_where_they_are_routed_to(name: str) -> None:
    tool = by_name[name]
    assert (tool.core, tool.pure, tool.category) == (False, True, "code_intel")
