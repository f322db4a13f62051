import pytest

from smallcode.core.replacing import Rule, replace_all
from smallcode.errors import SmallCodeError
from smallcode.messages import Text


@pytest.mark.parametrize(
    ("content", "rule", "after", "times"),
    [
        ("total = total + 1\n", Rule("total", "sum"), "sum = sum + 1\n", 2),
        ("a.b aXb\n", Rule("a.b", "c"), "c aXb\n", 1),
        ("x\n", Rule("x", r"\1 $& \g<0> \n"), r"\1 $& \g<0> \n" + "\n", 1),
        (
            "subtotal total totals total_ total\n",
            Rule("total", "n", whole_word=True),
            "subtotal n totals total_ n\n",
            2,
        ),
        ("$x $xy\n", Rule("$x", "$y", whole_word=True), "$y $xy\n", 1),
        ("f(1, 2)\n", Rule(r"f\((\d), (\d)\)", r"g(\2, \1)", regex=True), "g(2, 1)\n", 1),
        ("f(1, 2)\n", Rule(r"f\((?P<a>\d)", r"g(\g<a>", regex=True), "g(1, 2)\n", 1),
        ("ab abc\n", Rule("ab|cd", "x", regex=True, whole_word=True), "x abc\n", 1),
        ("a\r\nb\ra\n", Rule("a", "x"), "x\r\nb\rx\n", 2),
        ("a\r\nb\r\n", Rule("a", "x\ny"), "x\r\ny\r\nb\r\n", 1),
        ("a\nb", Rule("b$", "c", regex=True), "a\nc", 1),
        ("Total\n", Rule("total", "x"), "Total\n", 0),
        ("", Rule("a", "b"), "", 0),
        ("a\x0ca\u2028a\n", Rule("a", "b"), "b\x0cb\u2028b\n", 3),
    ],
)
def test_replacing(content: str, rule: Rule, after: str, times: int) -> None:
    replaced = replace_all(Text("f", content, ""), rule)
    assert (replaced.content, replaced.times) == (after, times)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (Rule("", "x"), "pattern is empty"),
        (Rule("", "x", whole_word=True), "pattern is empty"),
        (Rule("x*", "y", regex=True), "matches where nothing stands"),
        (Rule("^", "y", regex=True), "matches where nothing stands"),
        (Rule("(", "y", regex=True), "not a regular expression"),
        (Rule("a\nb", "y"), "line break"),
        (Rule("(a)", r"\2", regex=True), "cannot be used"),
        (Rule("(a)", r"\g<b>", regex=True), "cannot be used"),
        (Rule(r"(a+)+$", "x", regex=True), ""),
    ],
)
def test_rules_that_cannot_be_used(rule: Rule, told: str) -> None:
    text = Text("f", "a\n", "")
    if told:
        with pytest.raises(SmallCodeError, match=told):
            replace_all(text, rule)
    else:
        assert replace_all(text, rule).content == "x\n"
