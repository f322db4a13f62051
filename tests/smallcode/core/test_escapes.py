import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.escapes import through, unescaped


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"import os\nprint(1)\n", "import os\nprint(1)\n"),
        (r"print(\"a\")\nprint('b')\n", "print(\"a\")\nprint('b')\n"),
        (r"if x:\n\treturn \"a\\nb\"\n", 'if x:\n\treturn "a\\nb"\n'),
        (r"a\r\nb\r\n", "a\r\nb\r\n"),
        (r"{\n  \"a\": 1\n}\n", '{\n  "a": 1\n}\n'),
        (r"# caf\u00e9\nx = 1\n", "# café\nx = 1\n"),
        # A text of one line, with strings that hold line ends.
        (r'print("a\nb")', None),
        (r'print("a\nb\n")', None),
        (r"print('a\nb\n')", None),
        (r'printf("%s\n%s\n", a, b);\n', None),
        (r'{"a": "x\ny\n"}', None),
        (r"sed 's/\\n/\\n\\n/g'\n", None),
        # Real line ends, one escaped one alone, none at the end.
        ("a\\nb\\n\n", None),
        ("print('a\\n')\nprint('b\\n')", None),
        (r"just one\n", None),
        (r"import os\nimport sys\nprint(1)", None),
        # Backslashes that mean something else, or nothing.
        (r"\d+\n\w+\n", None),
        (r"\bword\b\n\n", None),
        (r"a\nb\n\u12", None),
        (r"\ud800\n\n", None),
        ("a\\nb\\n\\", None),
        ("", None),
        ("one line", None),
    ],
)
def test_only_what_is_escaped_as_a_whole_is_read(text: str, read: str | None) -> None:
    assert unescaped(text) == read


def test_a_text_without_an_end_may_be_escaped() -> None:
    assert through(r"import os\nimport sys\nprint(1)") == "import os\nimport sys\nprint(1)"
    assert through(r'print("a\nb\n")') is None


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"))), st.booleans())
def test_what_was_escaped_comes_back(line: str, ascii_alone: bool) -> None:
    text = f"{line}\nmore {line}\n"
    assert unescaped(json.dumps(text, ensure_ascii=ascii_alone)[1:-1]) in (text, None)
    if not ascii_alone or all(ord(char) < 0x10000 for char in line):
        assert unescaped(json.dumps(text, ensure_ascii=ascii_alone)[1:-1]) == text


@given(st.text())
def test_any_text(text: str) -> None:
    read = unescaped(text)
    assert read is None or ("\n" not in text and read.endswith("\n"))
