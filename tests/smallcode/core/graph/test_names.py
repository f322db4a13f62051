"""Names, types and documentation, as the facts hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.graph.docs import above, docstring_at, signature
from smallcode.core.graph.names import dotted, receiver_name, type_name, without_generics

TRANSPARENT = frozenset({"Optional", "Box", "unique_ptr"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foo", "Foo"),
        ("a.b.Foo", "a.b.Foo"),
        (": Foo", "Foo"),
        ("'Foo'", "Foo"),
        ('"Foo | None"', "Foo"),
        ("Foo | None", "Foo"),
        ("None | Foo", "Foo"),
        ("Optional[Foo]", "Foo"),
        ("t.Optional['Foo']", "Foo"),
        ("Foo<Bar>", "Foo"),
        ("Box<Foo<Bar>>", "Foo"),
        (": Foo | null | undefined", "Foo"),
        ("&'a mut Foo", "Foo"),
        ("&dyn Foo", "Foo"),
        ("*pkg.Foo", "pkg.Foo"),
        ("const Foo &", "Foo"),
        ("struct foo *", "foo"),
        ("std::unique_ptr<a::Foo>", "a.Foo"),
        ("list[Foo]", "list"),
        ("Foo | Bar", ""),
        ("Foo[]", ""),
        ("[]Foo", ""),
        ("(a: Foo) => Bar", ""),
        ("auto", ""),
        ("const auto &", ""),
        ("", ""),
        ("x" * 500, "x" * 500),
    ],
)
def test_type_name(text: str, name: str) -> None:
    assert type_name(text, ("::",), TRANSPARENT) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("self", "self"),
        ("a.b", "a.b"),
        ("a\n    .b", "a.b"),
        ("a?.b!", "a.b"),
        ("a::b::<T>", "a.b"),
        ("super(A, self)", "super()"),
        ("super()", "super()"),
        ("a()", "a()"),
        ("a(b(c), ')').d", "a().d"),
        ("new A(1).b(2)", "A().b()"),
        ("a()()", "a()()"),
        ("(a or b).c()", "?"),
        ("a()[0].b", "?"),
        ("[a].b()", "?"),
        ("a[0]", "?"),
        ("'text'", "?"),
        ("", "?"),
    ],
)
def test_receiver_name(text: str, name: str) -> None:
    assert receiver_name(text, ("::",)) == name


@given(st.text(alphabet="ab.:<>[]|&*?'\" \n(,", max_size=40))
def test_any_text_is_a_name_or_none(text: str) -> None:
    for name in (type_name(text, ("::",), TRANSPARENT), dotted(text, ("::",))):
        assert not set(name) & set(" \n<>[]()|&*?'\",:")
    assert "<" not in without_generics(text) and "[" not in without_generics(text)


@pytest.mark.parametrize(
    ("text", "documentation"),
    [
        ('"""One.\n\n    Two."""\nx = 1', "One."),
        ("'''\n    One\n    and more.\n    '''", "One and more."),
        ('"One"\nx', "One"),
        ('r"""One', "One"),
        ('"""One.\n@param x"""', "One."),
        ("x = 1", ""),
        ('""', ""),
    ],
)
def test_docstring_at(text: str, documentation: str) -> None:
    assert docstring_at(text) == documentation


@pytest.mark.parametrize(
    ("comment", "style", "documentation", "attributes"),
    [
        ("/** One\n * two.\n *\n * Three.\n */", "slashes", "One two.", 0),
        ("/* One. */", "slashes", "One.", 0),
        ("// One\n// two.", "slashes", "One two.", 0),
        ("/// One.\n///\n/// Two.\n#[test]", "slashes", "One.", 1),
        ("// One.\n", "slashes", "", 0),
        ("x(); // One.", "slashes", "", 0),
        ("// ------", "slashes", "", 0),
        ("x */", "slashes", "", 0),
        ("# One\n# two.", "hashes", "One two.", 0),
        ("#!/bin/sh", "hashes", "", 0),
        ("-- One.", "dashes", "One.", 0),
    ],
)
def test_comments_above(comment: str, style: str, documentation: str, attributes: int) -> None:
    lines = f"{comment}\ndefinition".split("\n")
    row = len(lines) - 1
    assert above(lines, row, style) == (documentation, row - attributes)
    assert above(lines[row:], 0, style) == ("", 0)


def test_a_signature_stands_on_one_line() -> None:
    assert signature("def f(\n    a,\n) -> int") == "def f( a, ) -> int"
    assert signature("struct a {") == "struct a"
    assert len(signature("x" * 1_000)) == 400
