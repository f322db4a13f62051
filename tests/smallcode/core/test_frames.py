"""Results that are copied into a file with the words around the file's text."""

import pytest

from smallcode.core.frames import frame_line


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("a.py, 3 lines\nx = 1\n", "a.py, 3 lines"),
        ("a.py, lines 1-3 of 9:\nx = 1\n", "a.py, lines 1-3 of 9:"),
        ("Error: a.py was not read yet.\na.py, lines 1-29 of 29:\nx = 1\n", "Error: a.py was not read yet."),
        (
            "Error: a.py was not changed. old_str is not there:\nx = 1\n",
            "Error: a.py was not changed. old_str is not there:",
        ),
        ("a.py, line 4 of 9:\nx = 1\n", "a.py, line 4 of 9:"),
        ("x = 1\n", ""),
        ("# a.py, 3 lines\nx = 1\n", ""),
        ("b.py, 3 lines\n", ""),
        ("\n" * 6 + "a.py, 3 lines\n", ""),
        ("", ""),
    ],
)
def test_frames(content: str, found: str) -> None:
    assert frame_line("a.py", content) == found
