"""Definitions by regular expressions: kind, name and lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.graph.fast import fast_definitions
from smallcode.core.graph.skipping import LARGEST

CASES = [
    (
        "a.py",
        "class Cart(Base):\n    x = 1\n\n    async def total(\n        self):\n        def inner(): pass\n\n"
        "    def total(self): pass\n\n\ndef run():\n    pass\n",
        "class Cart 1-10 | method Cart.total 4-7 | function Cart.total.inner 6-7 | method Cart.total#1 8-10"
        " | function run 11-13",
    ),
    (
        "a.ts",
        "export default class Cart<T> {\n  private async total(x: number): Promise<T> {\n"
        "    if (x) {\n    }\n  }\n}\n"
        "export const add = async (a) => {\n};\ninterface Price {\n}\nexport enum Kind { A }\n",
        "class Cart 1-6 | function total 2-6 | function add 7-8 | interface Price 9-10 | enum Kind 11-12",
    ),
    (
        "a.go",
        "func (c *Cart) Total(p int) {\n}\n\ntype Cart struct {\n}\n",
        "function Total 1-3 | type Cart 4-6",
    ),
    (
        "a.rs",
        "pub(crate) struct Cart;\nimpl Cart {\n    pub fn total(&self) {}\n}\nmacro_rules! sum {\n}\n",
        "struct Cart 1-1 | function total 3-4 | macro sum 5-7",
    ),
    (
        "A.java",
        "public class Cart extends Base {\n  private final int total(int x) {\n    return sum(x);\n  }\n}\n",
        "class Cart 1-6 | function total 2-6",
    ),
    (
        "a.cpp",
        "struct cart {\n};\nstatic int *total(int x)\n{\n  while (x) {\n  }\n"
        "  run(x);\n}\nint declared(int x);\n",
        "struct cart 1-2 | function total 3-10",
    ),
    (
        "a.rb",
        "module Shop\n  class Cart\n    def self.total!\n",
        "module Shop 1-4 | class Cart 2-4 | function total! 3-4",
    ),
    ("a.sh", "build() {\n}\nfunction clean {\n}\n", "function build 1-2 | function clean 3-5"),
    ("a.md", "# class Cart\n", ""),
    ("a.py", "x = 1\n" * (LARGEST // 6 + 1), ""),
]


@pytest.mark.parametrize(("path", "content", "expected"), CASES)
def test_definitions_by_language(path: str, content: str, expected: str) -> None:
    found = fast_definitions(path, content)
    told = [
        f"{one.kind} {one.qualified}{f'#{one.ordinal}' if one.ordinal else ''} {one.first}-{one.last}"
        for one in found
    ]
    assert " | ".join(told) == expected
    lines = content.split("\n")
    for one in found:
        assert lines[one.at - 1][one.column :].startswith(one.name)


@given(
    st.sampled_from([path for path, *_ in CASES]), st.text(alphabet="class def(){};=>\n\t.:fun", max_size=120)
)
def test_lines_are_lines_of_the_file(path: str, content: str) -> None:
    total = content.count("\n") + 1
    for index, one in enumerate(fast_definitions(path, content)):
        assert 1 <= one.first == one.at <= one.last <= total
        assert one.parent < index
