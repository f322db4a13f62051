"""Whatever is typed: facts of the edited tree are those of a fresh one, and nothing raises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.adapters.graph.extract import Extractor, Parsed
from smallcode.core.graph.fast import fast_definitions
from smallcode.languages import ALL

EXTRACTOR = Extractor()
DATA = Path(__file__).parent / "data"


def source(name: str) -> tuple[str, str]:
    path, _, rest = (DATA / f"{name}.txt").read_text(encoding="utf-8").partition("\n")
    return path, rest.partition("=== facts ===\n")[0]


SOURCES = {language.name: source(language.name) for language in ALL}
# What people type, and what turns the rest of a file into something else.
TYPED = (
    *(
        "\n",
        "    ",
        "def f(x):\n    return g(x)\n",
        "class A(B):\n",
        "x = A()\n",
        "function f() {}\n",
        "import a\n",
    ),
    *(
        "{",
        "}",
        "(",
        ")",
        '"',
        "'",
        '"""',
        "/*",
        "*/",
        "#",
        "//",
        "<",
        ">",
        "`",
        ";",
        ":",
        "::",
        "\r\n",
        "é",
        "😀",
    ),
)
PIECES = st.one_of(
    st.sampled_from(TYPED),
    st.text(max_size=8),
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_an_edited_tree_gives_the_facts_of_a_fresh_one(name: str, data: st.DataObject) -> None:
    path, text = SOURCES[name]
    parsed: Parsed | None = EXTRACTOR.parse(path, text)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(PIECES) + text[end:]
        before = parsed
        parsed = EXTRACTOR.parse(path, text, before)
        assert EXTRACTOR.extract(parsed) == EXTRACTOR.facts(path, text)
        assert before is None or before.tree is None or EXTRACTOR.extract(before).path == path


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SOURCES)), st.text(max_size=200))
def test_any_text_has_facts_or_a_reason(name: str, text: str) -> None:
    path, _ = SOURCES[name]
    facts = EXTRACTOR.facts(path, text)
    total = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for one in facts.definitions:
        assert 1 <= one.first <= one.at <= one.last <= total
        assert "\n" not in one.signature + one.docstring + one.name
    for fast in fast_definitions(path, text):
        assert 1 <= fast.first <= fast.last <= text.count("\n") + 1


@pytest.mark.parametrize("name", ["python", "typescript", "go", "rust", "java", "cpp"])
def test_one_more_line_is_not_parsed_as_a_whole(name: str) -> None:
    path, text = SOURCES[name]
    before = EXTRACTOR.parse(path, text)
    facts = EXTRACTOR.extract(before)
    middle = text.index("\n", len(text) // 2) + 1
    after = EXTRACTOR.parse(path, text[:middle] + "\n" + text[middle:], before)
    assert EXTRACTOR.extract(before) == facts, "the old tree has changed"
    assert EXTRACTOR.extract(after) == EXTRACTOR.facts(path, text[:middle] + "\n" + text[middle:])
