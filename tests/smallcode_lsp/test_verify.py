"""What an editor made of an edit, told by the texts."""

from __future__ import annotations

import pytest

from smallcode_lsp.verify import judge

BEFORE = "one\ntwo\nthree\nfour\n"
WANTED = "one\nTWO\nthree\nfour\n"


@pytest.mark.parametrize(
    ("before", "wanted", "actual", "expected"),
    [
        (BEFORE, WANTED, WANTED, "made"),
        (BEFORE, WANTED, BEFORE, "missing"),
        (BEFORE, WANTED, WANTED.replace("\n", "\r\n"), "made"),
        (BEFORE, WANTED.removesuffix("\n"), WANTED, "made"),
        (BEFORE, WANTED, "one\nTWO\nthree\nfour and more\n", "made_among_others"),
        (BEFORE, WANTED, "one\ntwo\nthree\nfour and more\n", "overtaken"),
        (BEFORE, WANTED, "one\ntwo hundred\nthree\nfour\n", "different"),
        (BEFORE, WANTED, "one\nTWO!\nthree\nfour\n", "different"),
        (BEFORE, WANTED, "", "different"),
        ("a\nb\nc\n", "a\nc\n", "a\nc\nd\n", "made_among_others"),
        ("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "overtaken"),
        # Among equal lines it cannot be told which one went: what the edit and some typing explain is made.
        ("a\na\na\n", "a\na\n", "a\na\na\nx\n", "overtaken"),
        ("a\na\na\n", "a\na\n", "a\na\nx\n", "made_among_others"),
        # A change of line ends alone cannot be seen through an editor's uniform ones.
        ("a\r\nb\r\n", "a\nb\n", "a\r\nb\r\n", "missing"),
        ("a\r\nb\r\n", "a\nb\n", "a\r\nb\r\nc\r\n", "different"),
    ],
)
def test_judge(before: str, wanted: str, actual: str, expected: str) -> None:
    assert judge(before, wanted, actual) == expected
