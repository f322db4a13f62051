import pytest

from smallcode.core.fragment import lost_around
from smallcode.core.seen import named

FILE = "".join(f"line {number}\n" for number in range(1, 101))


def lines(first: int, last: int) -> str:
    return "".join(f"line {number}\n" for number in range(first, last + 1))


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        (FILE, lines(40, 50), "lines 1-39, 51-100"),
        (FILE, lines(40, 44) + "changed\n" + lines(46, 50), "lines 1-39, 45, 51-100"),
        (FILE, lines(1, 49), "lines 50-100"),
        (FILE, lines(1, 20) + lines(80, 90), "lines 21-79, 91-100"),
        (FILE, lines(1, 50), ""),
        (FILE, lines(1, 5) + "new\n" * 10, ""),
        (FILE, "new\n" * 40, ""),
        (FILE, FILE, ""),
        (FILE, FILE + "more\n", ""),
        (FILE, "", ""),
        (lines(1, 19), lines(1, 3), ""),
        ("", "x\n", ""),
    ],
)
def test_pieces(old: str, new: str, lost: str) -> None:
    mask = lost_around(old, new)
    assert (named(mask) if mask else "") == lost
