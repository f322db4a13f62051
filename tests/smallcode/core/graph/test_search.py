"""Questions to a small graph: what is found, in which order, and what it looks like in a room."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import bodies_of, facts_of, graph_of, lookup_of

from smallcode.core.graph.explain import explain, render_explanation
from smallcode.core.graph.listing import render
from smallcode.core.graph.lookup import Lookup
from smallcode.core.graph.repomap import repository_map
from smallcode.core.graph.scope import check, render_checked
from smallcode.core.graph.search import search
from smallcode.core.room import Room, by_size

SHOP = {
    "shop/prices.py": '''\
class Money:
    """An amount in cents."""

    def __init__(self, cents):
        self.cents = cents

    def rounded(self):
        """To whole cents, half to even."""
        return round_half_even(self.cents)


def round_half_even(value):
    """Bankers' rounding of a number."""
    return round(value)
''',
    "shop/basket.py": '''\
class Basket:
    """What a customer is about to buy."""

    def total(self):
        """The sum of all lines."""
        return sum_lines(self.lines)


class GiftBasket(Basket):
    def total(self):
        return Money(0)


def sum_lines(lines):
    """Adds the prices up."""
    return Money(1)


def checkout(basket):
    """Takes the payment."""
    return sum_lines(basket.lines)
''',
    "tests/test_basket.py": """\
def test_sum():
    assert sum_lines([])


def test_checkout():
    assert checkout(None)
""",
}


def names(query: str, count: int = 4) -> list[str]:
    found = search(lookup_of(SHOP), query)
    return [one.symbol.definition.qualified or one.symbol.path for one in found.ranked[:count]]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("sum_lines", "sum_lines"),
        ("SumLines", "sum_lines"),
        ("Basket.total", "Basket.total"),
        ("GiftBasket.total", "GiftBasket.total"),
        ("shop.basket.checkout", "checkout"),
        ("shop/basket.py:checkout", "checkout"),
        ("round_half", "round_half_even"),
        ("who takes the payment?", "checkout"),
        ("rounding to even", "round_half_even"),
        ("what does checkout() call in shop/basket.py", "checkout"),
        ("summ_lines", "sum_lines"),
    ],
)
def test_the_best_match(query: str, best: str) -> None:
    assert names(query, 1) == [best]


def test_what_is_connected_follows_the_match_and_tests_come_late() -> None:
    ranked = names("sum_lines", 10)
    assert ranked[0] == "sum_lines"
    assert set(ranked[1:4]) == {"Money", "Basket.total", "checkout"}
    assert ranked.index("test_sum") > ranked.index("checkout")


@pytest.mark.parametrize("query", ["", "   ", "zzzz qqqq", "?!", "x" * 5000])
def test_nothing_is_said_to_be_nothing(query: str) -> None:
    found = search(lookup_of(SHOP), query)
    assert found.ranked == ()
    assert render(found, {}, Room(200, 10000)).text.startswith("Nothing in the code matches")


def test_whole_definitions_and_then_signatures() -> None:
    graph = graph_of(SHOP)
    found = search(Lookup(graph), "round_half_even")
    listing = render(found, bodies_of(graph, SHOP), Room(110, 10000))
    assert listing.text == (
        "1 match, 2 connected\n"
        "shop/prices.py:12-14\n"
        "def round_half_even(value):\n"
        '    """Bankers\' rounding of a number."""\n'
        "    return round(value)\n"
        "shop/prices.py:7-9 def rounded(self)  (in Money) [calls round_half_even]\n"
        "    To whole cents, half to even.\n"
        "… 1 more; ask for a narrower name, or raise max_tokens"
    )
    assert [symbol.name for symbol in listing.whole] == ["round_half_even"]


@pytest.mark.parametrize(
    ("tokens", "begins"),
    [
        (60, "1 match, 2 connected\nshop/prices.py:12-14 def round_half_even(value)"),
        (30, "shop/prices.py:12 round_half_even\n… 2 more"),
        (12, "shop/prices.py:12 round_half_even"),
        (5, "round_half_even"),
        (1, ""),
    ],
)
def test_the_first_gives_way_to_its_signature_and_then_to_its_name(tokens: int, begins: str) -> None:
    graph = graph_of(SHOP)
    listing = render(search(Lookup(graph), "round_half_even"), bodies_of(graph, SHOP), Room(tokens, 10000))
    assert listing.text.startswith(begins)
    assert by_size(listing.text) <= tokens


def test_explained() -> None:
    told = render_explanation(explain(lookup_of(SHOP), "sum_lines"), Room(500, 10000))
    assert told == (
        "def sum_lines(lines)\n"
        "shop/basket.py:14-16\n"
        "Adds the prices up.\n"
        "called by (3):\n"
        "  checkout shop/basket.py:21\n"
        "  Basket.total shop/basket.py:6\n"
        "  test_sum tests/test_basket.py:2\n"
        "calls (1):\n"
        "  Money shop/prices.py:1\n"
        "tests that touch it (2):\n"
        "  test_sum tests/test_basket.py:1\n"
        "  test_checkout tests/test_basket.py:5"
    )


def test_a_name_of_several_and_callers_by_name_alone() -> None:
    sources = SHOP | {"app.py": "def main(one):\n    one.total()\n"}
    told = render_explanation(explain(lookup_of(sources), "total"), Room(500, 10000))
    assert "also of this name (1):\n  GiftBasket.total shop/basket.py:10" in told
    assert "possible callers (by name alone, not sure) (1):\n  one.total app.py:2" in told
    assert "called by" not in told


def test_bases_and_what_derives() -> None:
    lookup = lookup_of(SHOP)
    assert "derived from it (1):\n  GiftBasket" in render_explanation(
        explain(lookup, "Basket"), Room(500, 10000)
    )
    assert "bases (1):\n  Basket" in render_explanation(explain(lookup, "GiftBasket"), Room(500, 10000))


def test_unknown_is_told_with_what_was_perhaps_meant() -> None:
    told = render_explanation(explain(lookup_of(SHOP), "chekout"), Room(500, 10000))
    assert told == "Nothing here is called chekout. Did you mean checkout?"


def test_scope() -> None:
    lookup = lookup_of(SHOP)
    asked = ["Money", "Basket.total", "Basket.totl", "sumLines", "checkot", "checkout_later", "quantum"]
    assert render_checked([check(lookup, name) for name in asked], Room(500, 10000)) == (
        "Money: shop/prices.py:1 class Money\n"
        "Basket.total: shop/basket.py:4 def total(self)  (in Basket)\n"
        "Basket.totl: does not exist. Did you mean total?\n"
        "sumLines: does not exist. Did you mean sum_lines?\n"
        "checkot: does not exist. Did you mean checkout?\n"
        "checkout_later: does not exist. Did you mean checkout?\n"
        "quantum: does not exist."
    )


def test_the_map_begins_near_to_the_files_in_play() -> None:
    lookup = lookup_of(SHOP)
    told = repository_map(lookup, ["shop/basket.py"], Room(200, 10000))
    assert told.split("\n")[1] == "shop/basket.py"
    assert "14: def sum_lines(lines)" in told
    assert "test_" not in told
    assert repository_map(lookup, [], Room(200, 10000)) != "", "the most central ones"
    assert repository_map(lookup, [], Room(10, 10000)) == ""
    assert repository_map(Lookup(graph_of({})), [], Room(500, 10000)) == ""


# --- whatever the graph --------------------------------------------------------------------------------

identifier = st.sampled_from(
    [f"{a}_{b}" for a in ("read", "write", "parse", "big") for b in ("file", "row", "x")]
)


@st.composite
def projects(draw: st.DrawFn) -> dict[str, str]:
    sources: dict[str, str] = {}
    for number in range(draw(st.integers(1, 3))):
        rows: list[str] = []
        for _ in range(draw(st.integers(0, 5))):
            name, called = draw(identifier), draw(identifier)
            doc = draw(st.text("abc é漢\n", max_size=30)).replace("\n", " ")
            filler = draw(st.integers(0, 12))
            rows.append(
                f'def {name}(a, b):\n    """{doc}"""\n'
                + "    a += 1\n" * filler
                + f"    return {called}(b)\n"
            )
        sources[f"pkg{number}/mod.py"] = "\n\n".join(rows)
    return sources


query = st.one_of(identifier, st.text(max_size=20), st.just("parse a file row"))


@settings(max_examples=60)
@given(projects(), query, st.integers(0, 400), st.integers(0, 3000))
def test_never_more_than_the_room(sources: dict[str, str], asked: str, tokens: int, chars: int) -> None:
    graph = graph_of(sources)
    lookup, room = Lookup(graph), Room(tokens, chars)
    found = search(lookup, asked)
    bodies = bodies_of(graph, sources)
    texts = [
        render(found, bodies, room).text,
        render_explanation(explain(lookup, asked), room),
        render_checked([check(lookup, asked)], room),
        repository_map(lookup, list(sources), room),
    ]
    assert all(room.holds(text) for text in texts)
    if found.ranked and tokens >= 5 and chars >= 12:
        assert texts[0], "the name at least"
    for symbol in render(found, bodies, room).whole:
        assert bodies[symbol.id] in texts[0], "a body is never cut"


@settings(max_examples=40)
@given(projects(), projects(), query)
def test_a_graph_that_was_edited_answers_like_a_new_one(
    before: dict[str, str], after: dict[str, str], asked: str
) -> None:
    graph = graph_of(before)
    lookup = Lookup(graph)
    search(lookup, asked)
    fresh = graph_of(after)
    for path in graph.paths():
        graph.set_edges(path, ())
    for path in graph.paths():
        if path not in after:
            graph.remove(path)
    for path, source in after.items():
        graph.put(facts_of(path, source))
    for path in after:
        graph.set_edges(path, fresh.edges(path))
    room = Room(300, 10000)
    assert _answers(lookup, asked, after, room) == _answers(Lookup(fresh), asked, after, room)


def _answers(lookup: Lookup, asked: str, sources: dict[str, str], room: Room) -> list[str]:
    return [
        render(search(lookup, asked), bodies_of(lookup.graph, sources), room).text,
        render_explanation(explain(lookup, asked), room),
        repository_map(lookup, list(sources)[:1], room),
        render_checked([check(lookup, asked)], room),
    ]
