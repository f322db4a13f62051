"""Each tier: what it recovers, and that it is named. Text that was given otherwise than the file has it."""

import pytest

from smallcode.core.patch import LENIENT, Miss, Patched, apply_patch
from smallcode.core.textdiff import apply_edits

CODE = """\
class A:
    def f(self):
        x = "one"
        return x

    def g(self):
        y = "two"
        return y
"""
CHANGED = CODE.replace('y = "two"', 'y = "three"')
TABBED = CODE.replace("    ", "\t")


def check(text: str, old: str, new: str, after: str, how: str, *, or_else: str = "") -> None:
    """``or_else`` is a tier that finds the place as well."""
    result = apply_patch(text, old, new)
    assert isinstance(result, Patched), result
    assert (result.text, result.how) == (after, how)
    assert apply_edits(text, result.edits) == after
    for tier in how.split(", "):
        assert isinstance(apply_patch(text, old, new, disable=(tier, or_else)), Miss)


def test_the_list_of_tiers() -> None:
    names = [tier.how for tier in LENIENT]
    assert len(set(names)) == len(names)
    assert names[0] == "line endings"
    assert "exact" not in names


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ("a = 1  \nb = 2\n", "a = 1\nb = 2\n", "a = 1\nb = 3\n", "a = 1  \nb = 3\n"),
        ("a = 1\nb = 2\n", "a = 1\t\nb = 2 \n", "a = 1\nb = 3\n", "a = 1\nb = 3\n"),
        # What is new has no blanks at its end, if those of the old text were not the file's.
        ("a = 1\nb = 2\n", "a = 1 \nb = 2 \n", "a = 1 \nc = 0 \nb = 2 \n", "a = 1\nc = 0\nb = 2\n"),
        ("x = {\n    a: 1, \n}\n", "= {\n    a: 1,\n}\n", "= {\n    a: 2,\n}\n", "x = {\n    a: 2, \n}\n"),
        ("a = 1 \nb = 2\n", "a = 1\nb = 2\n", "", ""),
        ("one\ntwo\x0c\nend\n", "one\ntwo\nend\n", "one\n2\nend\n", "one\n2\x0c\nend\n"),
    ],
)
def test_trailing_white_space(text: str, old: str, new: str, after: str) -> None:
    check(text, old, new, after, "trailing white space")


def test_trailing_white_space_in_a_file_with_other_line_ends() -> None:
    text, after = "a = 1  \r\nb = 2\r\n", "a = 1  \r\nb = 3\r\nc = 4\r\n"
    check(text, "a = 1\nb = 2\n", "a = 1\nb = 3\nc = 4\n", after, "line endings, trailing white space")


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ('say("a")\n', "say(“a”)\n", "say(“b”)\n", 'say("b")\n'),
        ("say(“a”)\n", 'say("a")\n', 'say("b", "c")\n', 'say(“b", "c”)\n'),
        ("# it’s – well…\n", "# it's - well...\n", "# it's - very well...\n", "# it’s – very well…\n"),
        ("x = 1\n", "x\u00a0=\u00a01\n", "x\u00a0=\u00a02\ny\u00a0=\u00a03\n", "x = 2\ny = 3\n"),
        ("x\u00a0= 1 # ,\n", "x = 1 # ，\n", "x = 2 # ，\n", "x\u00a0= 2 # ,\n"),
        ("x = 1\ny = 2\n", "\ufeffx = 1\ny\u200b = 2\n", "\ufeffx = 1\ny\u200b = 3\n", "x = 1\ny = 3\n"),
        ("café = 1\n", "cafe\u0301 = 1\n", "cafe\u0301 = 2\n", "café = 2\n"),
        ("cafe\u0301 = 1\n", "café = 1\n", "café = 2\n", "cafe\u0301 = 2\n"),
        # Within a line, up to the ends of words.
        ('x = say("a") + 1\n', "say(“a”)", "tell(“a”)", 'x = tell("a") + 1\n'),
        # What is new stays as it is given where the file has such characters, too.
        ("# it’s\nx = a\n", "# it's\nx = a\n", "# it's\nx = b # that's\n", "# it’s\nx = b # that's\n"),
    ],
)
def test_unicode_punctuation(text: str, old: str, new: str, after: str) -> None:
    check(text, old, new, after, "Unicode punctuation")


def test_typographic_characters_that_may_be_meant_are_refused() -> None:
    miss = apply_patch('# “quoted”\nsay("a")\n', "say(“a”)\n", "say(“a”)\nprint(“bb”)\n")
    assert isinstance(miss, Miss)
    assert "typographic" in miss.reason


GUTTERS = ["{}|", "{}: ", "{}\t", "{:>6}\t", "{:>5}→", "  L{}: ", "{} | ", "{:>4} | ", "[{}] ", "({}) "]
GUTTERS += ["{}. ", "{}) ", "{}:\t", "Line {}: ", "{:>4}  ", "{} │ ", "{}-", "{}->"]


def numbered(text: str, first: int, gutter: str) -> str:
    lines = text.splitlines()
    return "".join(f"{gutter.format(number)}{line}\n" for number, line in enumerate(lines, first))


@pytest.mark.parametrize("gutter", GUTTERS)
def test_line_numbers(gutter: str) -> None:
    old = '    def g(self):\n        y = "two"\n        return y\n'
    new = old.replace("two", "three")
    check(CODE, numbered(old, 6, gutter), numbered(new, 6, gutter), CHANGED, "line numbers")
    check(CODE, numbered(old, 6, gutter), new, CHANGED, "line numbers")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Numbers that do not ascend, that not every line has, or of one line that is another one.
        ('7|        y = "two"\n6|        return y\n', "z\n"),
        ('7|        y = "two"\n        return y\n', "z\n"),
        ('3: y = "two"\n', 'y = "three"\n'),
    ],
)
def test_what_is_no_gutter(old: str, new: str) -> None:
    assert isinstance(apply_patch(CODE, old, new), Miss)


def test_line_numbers_and_indentation() -> None:
    old, new = '6|def g(self):\n7|    y = "two"\n', '6|def g(self):\n7|    y = "three"\n'
    check(CODE, old, new, CHANGED, "line numbers, indentation")


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        (
            CODE,
            '        y = \\"two\\"\\n        return y',
            '        y = \\"three\\"\\n        return y',
            CHANGED,
        ),
        (CODE, '        y = "two"\\n        return y', '        y = "three"\\n        return y', CHANGED),
        (CODE, '        y = \\"two\\"\n', '        y = \\"three\\"\n', CHANGED),
        (CODE, '        y = "two"\\n        return y\\n', '        y = "three"\n        return y\n', CHANGED),
        ('s = "a\\n"\nt\n', 's = \\"a\\\\n\\"\\nt\\n', 's = \\"b\\\\n\\"\\nt\\n', 's = "b\\n"\nt\n'),
        ('r = "\\d+"\n', 'r = "\\\\d+"\n', 'r = "\\\\w+"\n', 'r = "\\w+"\n'),
        ("a\tb\nc\n", "a\\tb\\nc\\n", "a\\tB\\nc\\n", "a\tB\nc\n"),
    ],
)
def test_literal_escapes(text: str, old: str, new: str, after: str) -> None:
    check(text, old, new, after, "literal escapes")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # The new text has line breaks of its own and an escape: one more reading than there is proof for.
        (CODE, '        y = "two"\\n        return y\\n', '        y = "a\\n"\n        return y\n'),
        # An escape inside of quotes that are not escaped themselves.
        (CODE, '        y = "two"\\n        return y\\n', '        y = "a\\n"\\n        return y\\n'),
    ],
)
def test_escapes_that_may_be_meant(text: str, old: str, new: str) -> None:
    assert isinstance(apply_patch(text, old, new), Miss)


def test_escapes_that_the_file_has_are_exact() -> None:
    result = apply_patch('s = "a\\n"\n', 's = "a\\n"\n', 's = "b\\n\\t"\n')
    assert isinstance(result, Patched)
    assert (result.text, result.how) == ('s = "b\\n\\t"\n', "exact")


G_OLD = 'def g(self):\n    y = "two"\n    return y\n'
G_NEW = 'def g(self):\n    if self:\n        y = "two"\n    return y\n'
G_AFTER = CODE.replace('        y = "two"\n', '        if self:\n            y = "two"\n')
CALM = 'def g(self):\n    y = "three"\n'


def tabbed(text: str, columns: int = 4) -> str:
    return text.replace("    ", " " * columns) if columns != 4 else text.replace("    ", "\t")


def indented(text: str, by: str) -> str:
    return "".join(by + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("text", "old", "new", "after", "how"),
    [
        (CODE, G_OLD, G_NEW, G_AFTER, "indentation"),
        (CODE, indented(G_OLD, "      "), indented(G_NEW, "      "), G_AFTER, "indentation"),
        # The new text is indented like the file already.
        (CODE, G_OLD, indented(G_NEW, "    "), G_AFTER, "indentation"),
        (TABBED, tabbed(G_OLD), tabbed(G_NEW), tabbed(G_AFTER), "indentation"),
        # Levels of two for levels of four.
        (CODE, indented(tabbed(G_OLD, 2), "  "), indented(tabbed(G_NEW, 2), "  "), G_AFTER, "indentation"),
        (CODE, indented(tabbed(G_OLD), "\t"), indented(tabbed(G_NEW), "\t"), G_AFTER, "tabs and spaces"),
        (CODE, tabbed(G_OLD), tabbed(G_NEW), G_AFTER, "tabs and spaces"),
        (TABBED, indented(G_OLD, "    "), indented(G_NEW, "    "), tabbed(G_AFTER), "tabs and spaces"),
        (TABBED, tabbed(G_OLD, 2), tabbed(G_NEW, 2), tabbed(G_AFTER), "tabs and spaces"),
        ("x\t= 1\ny\t= 2\n", "x = 1\ny    = 2\n", "x = 1\ny    = 3\n", "x\t= 1\ny\t= 3\n", "tabs and spaces"),
        (CODE, 'def g(self): \n    y = "two"\n', CALM, CHANGED, "trailing white space, indentation"),
        (CODE, "def g(self):\n    y = “two”\n", CALM, CHANGED, "Unicode punctuation, indentation"),
        (CODE, 'def g(self):\\n    y = "two"\\n', CALM, CHANGED, "literal escapes, indentation"),
    ],
)
def test_indentation(text: str, old: str, new: str, after: str, how: str) -> None:
    check(text, old, new, after, how)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # Not shifted evenly: the old text nests otherwise than the file.
        (CODE, 'def g(self):\n    y = "two"\nreturn y\n', "z\n"),
        # Indented less than what is taken away, and neither like the old text nor like the file.
        (CODE, indented(G_OLD, "            "), "z\n"),
        # One level of two columns or half of one of four.
        ("a:\n    b: 1\n    c: 2\n", "  b: 1\n", "  b:\n    d: 1\n"),
    ],
)
def test_an_indentation_that_is_not_clear(text: str, old: str, new: str) -> None:
    assert isinstance(apply_patch(text, old, new), Miss)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ('y = "two"', '        y = "three"', CHANGED),
        ('y = "two"\n', '        y = "three"\n', CHANGED),
        ('y = "two"', 'y = "two"\nz = 3', CODE.replace('"two"', '"two"\n        z = 3')),
        ('y = "two"\n', "", CODE.replace('        y = "two"\n', "")),
    ],
)
def test_the_first_line_s_indentation_is_lost(old: str, new: str, after: str) -> None:
    check(CODE, old, new, after, "indentation of the first line", or_else="indentation")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The second line is deeper in one reading and beside the first in the other.
        ('y = "two"', 'with open(y):\n        y = "two"'),
        ('y = "two"', "y = read()\n        .strip()"),
        ('y = "two"', '        y = "two"'),
        # What follows belongs to the block no more.
        ("return y", "return y\n\n\ndef h():\n    pass"),
    ],
)
def test_a_lost_indentation_that_is_not_clear(old: str, new: str) -> None:
    assert isinstance(apply_patch(CODE, old, new), Miss)


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ("a1\n\nb2\nc3\n", "a1\nb2\nc3\n", "a1\nb2\nC\n", "a1\n\nb2\nC\n"),
        ("a1\nb2\nc3\n", "a1\n\nb2\nc3\n", "a1\n\nb2\nC\n", "a1\nb2\nC\n"),
        ("a1\n\n\nb2\n", "a1\n\nb2\n", "A\n\nb2\n", "A\n\n\nb2\n"),
        ("a1\nb2\n", "\na1\nb2\n\n", "\nA\nb2\n\n", "A\nb2\n"),
        ("a1\n  \nb2\n", "a1\nb2\n", "a1\nB\n", "a1\n  \nB\n"),
        # The new text has the blank line that the old one lacks.
        ("a1\n\nb2\n", "a1\nb2\n", "a1\n\nx3\nb2\n", "a1\n\nx3\nb2\n"),
    ],
)
def test_blank_lines(text: str, old: str, new: str, after: str) -> None:
    check(text, old, new, after, "blank lines")


def test_blank_lines_and_trailing_white_space() -> None:
    check(
        "a1  \n\nb2\nc3\n",
        "a1\nb2\nc3\n",
        "a1\nb2\nC\n",
        "a1  \n\nb2\nC\n",
        "trailing white space, blank lines",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # Before or after the blank line?
        ("a1\n\nb2\n", "a1\nb2\n", "a1\nx3\nb2\n"),
        ("a1\n\nb2\n", "a1\nb2\n", ""),
    ],
)
def test_a_change_at_a_blank_line_that_was_not_seen(text: str, old: str, new: str) -> None:
    assert isinstance(apply_patch(text, old, new), Miss)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        (
            'class A:\n    ...\n    def g(self):\n        y = "two"\n',
            'class A:\n    ...\n    def g(self):\n        y = "three"\n',
            CHANGED,
        ),
        (
            '    def g(self):\n        y = "two"\n        return y\n...\n',
            '    def g(self):\n        y = "three"\n        return y\n...\n',
            CHANGED,
        ),
    ],
)
def test_elisions(old: str, new: str, after: str) -> None:
    check(CODE, old, new, after, "elision")


def test_an_elided_piece_may_be_unique_in_its_block_alone() -> None:
    text = (
        "def a(x):\n    y = 1\n    w = 2\n    return x\n\n\ndef b(x):\n    z = 1\n    w = 2\n    return x\n"
    )
    old, new = (
        "def b(x):\n    ...\n    w = 2\n    return x\n",
        "def b(x):\n    ...\n    w = 2\n    return -x\n",
    )
    check(text, old, new, text[:-2] + "-x\n", "elision")


def test_where_lines_beside_a_mark_differ_the_whole_place_is_shown() -> None:
    """What the new text leaves out may be other lines than the file has."""
    miss = apply_patch(
        CODE, 'class A:\n    ...\n        y = "two"\n', 'class A:\n    ...\n        y = "three"\n'
    )
    assert isinstance(miss, Miss) and "leaves out" in miss.reason
    assert miss.nearest == CODE[CODE.index("class A:") : CODE.index('"two"') + 5]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("class A:\n    ...\n        return y\n", "class A:\n    pass\n"),
        ("class A:\n    ...\n        return y\n", "class A:\n    # ...\n        return z\n"),
        # Lines beside the mark differ.
        (
            "    def g(self):\n    # ...\n        return y\n",
            "    def g(self):\n    # ...\n        return -y\n",
        ),
        ('        x = "one"\n...\n        y = "two"\n', '        x = "1"\n...\n        y = "three"\n'),
        # In another function than the one named, and in another order.
        ("    def f(self):\n    ...\n        return y\n", "    def f(self):\n    ...\n        return z\n"),
        ('        y = "two"\n...\n        return x\n', '        y = "two"\n...\n        return z\n'),
    ],
)
def test_elisions_that_are_not_clear(old: str, new: str) -> None:
    assert isinstance(apply_patch(CODE, old, new), Miss)


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ('```python\n        y = "two"\n```', '```python\n        y = "three"\n```', "code fences"),
        ('```\n        y = "two"\n```\n', '        y = "three"\n', "code fences"),
        ('File: src/a.py\n        y = "two"\n', '        y = "three"\n', "a heading"),
        ('# File: a.py\n        y = "two"\n', '# File: a.py\n        y = "three"\n', "a heading"),
        ('src/a.py, lines 7-8 of 8\n        y = "two"\n', '        y = "three"\n', "a heading"),
        (
            '-        y = "two"\n         return y\n',
            '+        y = "three"\n         return y\n',
            "diff marks",
        ),
        ("        y = &quot;two&quot;\n", "        y = &quot;three&quot;\n", "HTML entities"),
    ],
)
def test_what_stands_around(old: str, new: str, how: str) -> None:
    check(CODE, old, new, CHANGED, how)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # In a document, a fence is text like any other.
        ("```py\nx = 1\n```\n", "```python\nx = 1\n```\n", "x = 2\n"),
        (CODE, '-        y = "two"\n', '        y = "three"\n'),
        # Only partly escaped.
        ("<b>a < b</b>\n", "<b>a &lt; b</b>\n", "<b>a &lt; c</b>\n"),
    ],
)
def test_what_stands_around_and_may_be_meant(text: str, old: str, new: str) -> None:
    assert isinstance(apply_patch(text, old, new), Miss)
