"""Where a place would be found and the change would be damage: nothing is changed, and the reason is told."""

import pytest

from smallcode.core.patch import Miss, apply_patch

CODE = """\
class Cart:
    def add(self, item, count):
        check(item)
        self.lines.append(item)
        return self

    def remove(self, item, count):
        check(item)
        self.lines.remove(item)
        return self

    def total(self):
        price = 0
        for line in self.lines:
            price = price + line.price * line.count
        return price
"""


def refused(text: str, old: str, new: str) -> Miss:
    result = apply_patch(text, old, new)
    assert isinstance(result, Miss), result
    return result


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # Ends inside a longer line, a word, a call, a statement.
        (
            "        price = 0\n        for line in",
            "        for one in",
            "ends inside it, before `self.lines:`",
        ),
        ("        return pri", "        return price * 2", "inside a word"),
        ("rice = 0", "price = 1", "inside a word"),
        (
            "            price = price +",
            "            price = price + line.price * line.count * 2",
            "repeats what follows",
        ),
        ("self.lines.append(item", "self.lines.append(item, count)", "repeats what follows"),
        ("        for line in self.lines", "        for line in self.lines[1:]:", "repeats what follows"),
        # Whole lines of which the last (or first) ones are missing.
        (
            "        price = 0\n",
            "        price = 1\n        for line in self.lines:\n"
            "            price = price + line.price * line.count\n        return price\n",
            "seems cut",
        ),
        (
            "            price = price + line.price * line.count\n",
            "        price = 0\n        for line in self.lines:\n            price += line.price\n",
            "seems cut",
        ),
        # A placeholder would take the place of lines.
        (
            "        price = 0\n        for line in self.lines:\n",
            "        price = 1\n        # ... existing code ...\n",
            "`# ... existing code ...` in new_str",
        ),
    ],
)
def test_signs_of_a_cut(old: str, new: str, told: str) -> None:
    miss = refused(CODE, old, new)
    assert told in miss.reason
    assert not miss.already
    assert miss.nearest
    assert miss.nearest in CODE


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        # What looks alike and is no cut.
        ("price = 0", "price = 10", "price = 10\n"),
        ("def total(self)", "def total(self, tax)", "def total(self, tax):\n"),
        ("line.price *", "line.price * 2 *", "line.price * 2 * line.count\n"),
        (
            "        return self\n\n    def total",
            "        return None\n\n    def total",
            "return None\n\n    def total(self):\n",
        ),
        ("self.lines.append(item)", "self.lines.append(self.copy(item))", "self.copy(item))\n"),
        ("return price", "return round(price)", "return round(price)\n"),
        (
            "    def total(self):\n",
            "    def count(self):\n        return len(self.lines)\n\n    def total(self):\n",
            "len(self.lines)\n\n    def total(self):\n        price = 0\n",
        ),
    ],
)
def test_what_is_no_cut(old: str, new: str, after: str) -> None:
    result = apply_patch(CODE, old, new)
    assert not isinstance(result, Miss), result.reason
    assert after in result.text
    assert (result.text, result.how) == (CODE.replace(old, new), "exact")


@pytest.mark.parametrize(
    ("text", "old"),
    [
        # Two copies but for white space, none of them as it was given.
        ("if a:\n    go(1)  \nif b:\n        go(1)\n", "  go(1)\n"),
        ("f(a, b) \nf(a,b)\t\n", "f(a, b)\n"),
        ("say('a')\nsay(’a’)\n", "say(‘a’)\n"),
        # By accident one copy holds the old text exactly, within its indentation.
        ("        go(1)\n\tgo(1) \n", "  go(1)\n"),
        # A single line that is part of another one, too.
        ("    go(1)\nx = go(1)\n", "\tgo(1)"),
    ],
)
def test_copies_but_for_white_space(text: str, old: str) -> None:
    assert len(refused(text, old, "z\n").ambiguous_at) == 2


def test_an_exact_match_is_preferred_to_copies_but_for_white_space() -> None:
    result = apply_patch("    go(1)\nx\n\tgo(1)\n", "\tgo(1)\n", "\tgo(2)\n")
    assert not isinstance(result, Miss)
    assert result.text == "    go(1)\nx\n\tgo(2)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # A middle that was made up, a name of another function, anchors alone, another case, a wrapped line.
        ("        check(item)\n        self.lines.insert(0, item)\n        return self\n", "z\n"),
        ("    def insert(self, item, count):\n        check(item)\n        self.lines.append(item)\n", "z\n"),
        ("    def add(self, item, count):\n        return self\n", "z\n"),
        ("        PRICE = 0\n", "z\n"),
        ("            price = price +\n                line.price * line.count\n", "z\n"),
        ("        price  = 0\n        for line in self.lines :\n", "z\n"),
        # Nothing but punctuation is no place.
        ("  )\n", "z\n"),
    ],
)
def test_what_is_not_there(old: str, new: str) -> None:
    assert not refused(CODE, old, new).ambiguous_at


def test_lines_that_were_copied_elsewhere() -> None:
    """Indented otherwise, the old text fits one place; but its line stands as it was given in another one."""
    text = (
        "void a() {\n    notify(c);\n    more();\n}\nvoid b() {\n    if (d) {\n        notify(c);\n    }\n}\n"
    )
    assert "another indentation" in refused(text, "    notify(c);\n}\n", "").reason


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        # The change is there already, and the old text is part of it.
        ("import a\nimport b\n", "import a\n", "import a\nimport b\n"),
        ("import a  \nimport b\n", "import a\n", "import a\nimport b\n"),
        ("x = better_name(1)\n", "name(1)", "better_name(1)"),
        ("def f():\n    return total  \n", "    return totals\n", "    return total\n"),
        ("if a:\n        return total\n", "    return totals\n", "    return total\n"),
    ],
)
def test_a_change_that_is_there_is_not_made_twice(text: str, old: str, new: str) -> None:
    assert refused(text, old, new).already or "inside a word" in refused(text, old, new).reason


def test_a_long_doubtful_place_is_capped() -> None:
    text = "".join(f"line {number} of many\n" for number in range(500)) + "the end of it all\n"
    miss = refused(text, text[:-8], "z")
    assert "ends inside it" in miss.reason
    assert miss.nearest.count("\n") < 30


def test_texts_that_are_too_long_are_only_sought_exactly() -> None:
    text = "".join(f"line {number}\n" for number in range(3000))
    assert not isinstance(apply_patch(text, text, "z\n"), Miss)
    refused(text, text.replace("\n", " \n"), "z\n")
