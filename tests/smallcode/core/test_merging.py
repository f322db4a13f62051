import pytest

from smallcode.core.definitions import definitions
from smallcode.core.merging import MOST_REGION_LINES, Names, merge_region, objection, put_region

FILE = """\
import math


def area(radius, scale):
    value = math.pi * radius * radius
    return value * scale


def rim(radius):
    return 2 * math.pi * radius
"""

# The model has not seen that the function takes a scale by now.
OLD = "    value = 3 * radius * radius\n    return value\n"
NEW = "    value = 3 * radius * radius\n    return round(value)\n"


GOOD = FILE.replace("value * scale", "round(value * scale)")


def judged(after: str, old: str = OLD, new: str = NEW) -> str:
    names = Names(definitions(FILE), definitions(after), definitions(old))
    region = merge_region(FILE, old)
    assert region is not None
    return objection(FILE, after, old=old, new=new, names=names, region=region)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    return value * scale\n", "    return round(value * scale)\n"),
        ("    return value * scale\n", "    return round(value) * scale\n"),
        ("radius * radius\n    return value * scale\n", "radius * radius\n    return round(value * scale)\n"),
    ],
)
def test_what_joins_both_is_taken(before: str, after: str) -> None:
    assert judged(FILE.replace(before, after)) == ""


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (FILE, "changes nothing"),
        ("", "loses the definition of area, rim"),
        ("round\n", "loses the definition"),
        # The old text put back: what was changed since would be lost.
        (FILE.replace("    return value * scale\n", "    return round(value)\n"), "loses scale"),
        (FILE.replace("    return value * scale\n", "    return round(value * scale * 2)\n"), ""),
        (FILE.replace("    return value * scale\n", "    return int(value * scale)\n"), "leaves out round"),
        (FILE.replace("value * scale", "round(value * scale, digits)"), "invents digits"),
        (FILE.replace("value * scale", "scale * value"), "leaves out round"),
        (GOOD.replace("def rim", "def edge"), "loses the definition of rim"),
        (GOOD.replace("return 2 *", "return"), "more than the place"),
        (FILE.replace("import math\n", "import math, round\n"), "more than the place"),
    ],
)
def test_what_is_refused(after: str, why: str) -> None:
    assert why in judged(after)
    assert bool(judged(after)) == bool(why)


def test_a_definition_that_the_old_text_names_may_go() -> None:
    old = "def rim(radius):\n    return 2 * 3 * radius\n"
    new = "def edge(radius):\n    return 2 * 3 * radius\n"
    assert judged(FILE.replace("def rim", "def edge"), old, new) == ""


def test_the_region_is_whole_and_goes_back_where_it_was() -> None:
    long = "".join(f"x{number} = {number}\n" for number in range(200))
    content = (long + FILE + long).replace("\n", "\r\n")
    plain = long + FILE + long
    region = merge_region(plain, OLD)
    assert region is not None
    assert "".join(plain.splitlines(True)[region.first - 1 : region.last]) == region.text
    assert OLD.splitlines()[0].split()[0] in region.text
    assert region.last - region.first < 30
    assert put_region(content, "\r\n", region, region.text) == content
    answer = region.text.replace("value * scale", "round(value * scale)").rstrip("\n")
    assert put_region(content, "\r\n", region, answer) == (long + GOOD + long).replace("\n", "\r\n")


def test_no_region() -> None:
    assert merge_region(FILE, "nothing of the kind") is None
    long = FILE + "y = 1\n" * 200
    assert merge_region(long, OLD) is not None
    assert merge_region(long, OLD + "x\n" * MOST_REGION_LINES) is None
    assert merge_region(FILE.replace("value * scale", "'" + "x" * 5000 + "'"), OLD) is None
    assert merge_region("", OLD) is None
