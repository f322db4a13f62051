"""Outlines: which definitions the queries of each language find, and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.adapters.outlines import LARGEST, TreeOutliner
from smallcode.core.outline import render_outline
from smallcode.core.room import Room
from smallcode.languages import ALL, language_of

OUTLINER = TreeOutliner()
ANY = Room(1 << 20, 1 << 20)

CASES = [
    (
        "cart.py",
        "import os\n\n@frozen(\n    1)\nclass Cart(Base):\n    size = 1\n\n    @property\n"
        "    def total(self,\n              tax: int) -> int:\n        return 1\n\n\nasync def run(): pass\n",
        "3-11: class Cart(Base):\n8-11:   def total(self, tax: int) -> int:\n14: async def run():",
    ),
    (
        "cart.js",
        "export default class Cart extends Base {\n  total() { return 1 }\n}\n"
        "export const add = async (a, b) => {\n  return 1;\n};\nfunction sum(a) {\n}\n"
        "module.exports.mul = function (x) {\n  return 1 };\nconst size = 3;\n",
        "1-3: class Cart extends Base\n2:   total()\n4-6: const add = async (a, b) =>\n7-8: function sum(a)\n"
        "9-10: module.exports.mul = function (x)",
    ),
    (
        "cart.ts",
        "export interface Price<T> {\n  a: T;\n}\ntype Id = string;\n"
        "export abstract class Cart<T> {\n  constructor(private x: T) {}\n  abstract size(): void;\n"
        "  get first(): T { return this.x }\n}\ndeclare function load(x: number): string;\nenum Kind { A }\n"
        "namespace Inner { export const add = () => 1; }\n",
        "1-3: interface Price<T>\n4: type Id = string;\n5-9: abstract class Cart<T>\n"
        "6:   constructor(private x: T)\n7:   abstract size(): void\n8:   get first(): T\n"
        "10: function load(x: number): string;\n11: enum Kind\n12: namespace Inner",
    ),
    (
        "App.tsx",
        "export function App({ a }: Props) {\n  return <div>{a}</div>;\n}\n",
        "1-3: function App({ a }: Props)",
    ),
    (
        "cart.go",
        "package cart\n\ntype Cart struct {\n\tsize int\n}\n\nfunc (c *Cart) Total(p []int) (int, error) {\n"
        "\treturn 0, nil\n}\n\nfunc main() {\n}\n",
        "3-5: type Cart struct\n7-9: func (c *Cart) Total(p []int) (int, error)\n11-12: func main()",
    ),
    (
        "cart.rs",
        "pub struct Cart {\n    size: u8,\n}\nimpl<T> Sum for Cart {\n    fn sum(&self) -> u8 { 1 }\n}\n"
        "mod tests {\n    #[test]\n    fn adds() {}\n}\npub trait Sum { fn sum(&self) -> u8; }\n",
        "1-3: pub struct Cart\n4-6: impl<T> Sum for Cart\n5:   fn sum(&self) -> u8\n7-10: mod tests\n"
        "9:   fn adds()\n11: pub trait Sum",
    ),
    (
        "Cart.java",
        "package shop;\n\n@Entity\npublic class Cart extends Base {\n  private int size;\n"
        "  public Cart(int x) { this.size = x; }\n  @Override\n  public int total() { return size; }\n"
        "  enum Kind { X }\n}\n",
        "3-10: @Entity public class Cart extends Base\n6:   public Cart(int x)\n"
        "7-8:   @Override public int total()\n9:   enum Kind",
    ),
    (
        "cart.c",
        "#define MAX(x) (x)\nstruct cart { int size; };\ntypedef struct { int b; } item;\n"
        "static char **names(const char *p, int n)\n{\n  return 0;\n}\nint main(void) { return 0; }\n",
        "1: #define MAX(x) (x)\n2: struct cart\n3: typedef struct { int b; } item;\n"
        "4-7: static char **names(const char *p, int n)\n8: int main(void)",
    ),
    (
        "cart.hpp",
        "namespace shop {\ntemplate <typename T>\nclass Cart : public Base {\npublic:\n  Cart();\n"
        "  int total(T x) const { return 1; }\n};\nint Cart<int>::size() { return 2; }\n}\n",
        "1-9: namespace shop\n2-7:   class Cart : public Base\n6:     int total(T x) const\n"
        "8:   int Cart<int>::size()",
    ),
    (
        "run.sh",
        "build() {\n  make\n}\nfunction clean {\n  rm -r out\n}\n",
        "1-3: build()\n4-6: function clean",
    ),
    (
        "notes.md",
        "# One\n\ntext\n\n## Two\n\n```\n# none\n```\n\n# Three\nx\n",
        "1-10: # One\n5-10:   ## Two\n11-12: # Three",
    ),
    (
        "a.json",
        '{\n  "a": {\n    "b": [1],\n    "c": {"d": 2}\n  },\n  "e": 1\n}\n',
        '2-5: "a":\n3:   "b": [1]\n4:   "c": {"d": 2}\n6: "e": 1',
    ),
    ("tsconfig.json", '{\n  // a remark\n  "files": []\n}\n', '3: "files": []'),
    ("a.yaml", "a:\n  b: 1\n  c:\n    - x\nd: 2\n", "1-4: a:\n2:   b: 1\n3-4:   c:\n5: d: 2"),
    ("a.toml", "x = 1\n[a.b]\ny = 1\n\n[[c]]\nz = 1\n", "1: x = 1\n2-4: [a.b]\n5-6: [[c]]"),
    (
        "a.html",
        "<html>\n<head>\n<style>\na {}\n</style>\n</head>\n<body>\n<h1 class='x'>T</h1>\n"
        "<section id='s'>\n<p>x</p>\n</section>\n</body>\n</html>\n",
        "2-6: <head>\n3-5:   <style>\n7-12: <body>\n8:   <h1 class='x'>T</h1>\n9-11:   <section id='s'>",
    ),
    (
        "a.css",
        "a, b {\n  color: red;\n}\n@media (x) {\n  c { d: e }\n}\n@keyframes k { from { a: b } }\n",
        "1-3: a, b\n4-6: @media (x)\n7: @keyframes k { from { a: b } }",
    ),
    ("notes.txt", "def not_code(): pass\n", ""),
    (
        "cart.rb",
        "module Shop\n  class Cart < Base\n    def total(tax)\n      1\n    end\n    def self.make = 1\n"
        "  end\nend\ndef main\nend\n",
        "1-8: module Shop\n2-7:   class Cart < Base\n3-5:     def total(tax)\n6:     def self.make = 1\n"
        "9-10: def main",
    ),
    (
        "cart.php",
        "<?php\nabstract class Cart extends Base\n{\n  public function total(int $x): int\n  {\n"
        "    return 1;\n  }\n}\nfunction sum($a) {\n}\n",
        "2-8: abstract class Cart extends Base\n4-7:   public function total(int $x): int\n"
        "9-10: function sum($a)",
    ),
    (
        "cart.lua",
        "local Cart = {}\nfunction Cart:total(x)\n  return 1\nend\nlocal function sum()\nend\n",
        "2-4: function Cart:total(x)\n5-6: local function sum()",
    ),
    (
        "Cart.cs",
        "namespace Shop {\n  [Entity]\n  public class Cart : Base {\n    public int Total(int x) {\n"
        "      return 1;\n    }\n    enum Kind { A }\n  }\n}\n",
        "2-8: [Entity] public class Cart : Base\n4-6:   public int Total(int x)\n7:   enum Kind",
    ),
]


@pytest.mark.parametrize(("path", "content", "outline"), CASES, ids=[case[0] for case in CASES])
async def test_definitions_by_language(path: str, content: str, outline: str) -> None:
    found = await OUTLINER.outline(path, content)
    if outline:
        assert render_outline(found, ANY) == outline
    else:
        assert found == []
    for ending in ("\r\n", "\r"):
        assert await OUTLINER.outline(path, content.replace("\n", ending)) == found


def test_every_language_with_an_outline_is_in_the_table() -> None:
    tried = {language.name for path, *_ in CASES if (language := language_of(path))}
    assert {language.name for language in ALL if language.outline} <= tried


async def test_a_name_says_where_it_stands() -> None:
    first, second, _ = await OUTLINER.outline("a.py", CASES[0][1])
    assert (first.name, first.kind, first.first, first.at) == ("Cart", "class", 3, 5)
    assert (second.name, second.kind, second.first, second.at) == ("total", "function", 8, 9)


async def test_broken_code_has_an_outline_as_far_as_it_goes() -> None:
    found = await OUTLINER.outline("a.py", "def one():\n    pass\n\nclass Two(:\n\ndef three():\n    pass\n")
    assert {"one", "three"} <= {one.name for one in found}


async def test_what_is_too_large_or_takes_too_long_has_none() -> None:
    assert await OUTLINER.outline("a.py", "def f(): pass\n" * (LARGEST // 14 + 1)) == []
    assert await TreeOutliner(timeout=0.0).outline("a.py", "def f(): pass\n" * 10_000) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CASES), st.data())
def test_lines_are_lines_of_the_file_whatever_is_cut_out(
    case: tuple[str, str, str], data: st.DataObject
) -> None:
    path, content, _ = case
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    text = content[:start] + data.draw(st.text("{}()\n\"'é😀:", max_size=5)) + content[end:]
    total = text.count("\n") + 1
    found = OUTLINER.outline_now(path, text)
    for one in found:
        assert 1 <= one.first <= one.at <= one.last <= total
        assert "\n" not in one.signature and "\n" not in one.name
    assert found == sorted(found, key=lambda one: (one.first, -one.last))
