"""Commands that may write, texts joined, the ways of each correction, a tool's form in a line."""

from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.reply import CORRECTIONS, MOST_IN_A_ROW, SWITCHABLE, Kind, ladder
from smallcode.core.reply.commands import may_write, only_looks, writes
from smallcode.core.reply.joining import join
from smallcode.core.signature import signature
from smallcode.tools import ALL


@pytest.mark.parametrize(
    "command",
    [
        "ls -la",
        "cat cart.py | head -20",
        "grep -rn total . 2>/dev/null",
        "cd src && python3 -m unittest",
        "pytest -q tests",
        "npm test",
        "cargo test && cargo clippy",
        "git status; git diff",
        "sed -n 1,20p cart.py",
        "FOO=1 make test",
        "# just a remark",
        "python -m mypy . 2>&1 | tail -5",
    ],
)
def test_looking_and_testing(command: str) -> None:
    assert not may_write(command)


@pytest.mark.parametrize(
    "command",
    [
        "sed -i s/a/b/ cart.py",
        "echo x > cart.py",
        "cat <<'E' > a.py\nx = 1\nE",
        "python3 fix.py",
        'python3 -c \'open("a", "w")\'',
        "git apply fix.diff",
        "mv a.py b.py",
        "ls | tee out",
        "find . -name '*.pyc' -delete",
        "npm install",
        "pytest; rm a.py",
        "make",
    ],
)
def test_maybe_writing(command: str) -> None:
    assert may_write(command) and not only_looks(command)


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("ls -la; cat cart.py", True),
        ("git diff | head", True),
        ("grep -n total cart.py && sed -n 1,20p cart.py", True),
        ("", True),
        ("pytest -q", False),
        ("cd src && python3 -m unittest", False),
        ("python3 cart.py", False),
        ("./cart", False),
    ],
)
def test_only_looking(command: str, wanted: bool) -> None:
    assert only_looks(command) == wanted


@pytest.mark.parametrize(
    ("text", "more", "wanted"),
    [
        ("The slice starts", " at one.", "The slice starts at one."),
        ("The slice starts at", "slice starts at one.", "The slice starts at one."),
        ("a\nb\nlong line here\n", "long line here\nc", "a\nb\nlong line here\nc"),
        ("one", "one", "one one"),
        ("The slice", "starts", "The slice starts"),
        ("The slice ", "starts", "The slice starts"),
        ("切片", "从一", "切片从一"),
        ("a (", "b", "a (b"),
        ("", "x", "x"),
        ("x", "", "x"),
    ],
)
def test_joining(text: str, more: str, wanted: str) -> None:
    assert join(text, more) == wanted


@given(st.text(max_size=50), st.text(max_size=50))
def test_joining_loses_nothing(text: str, more: str) -> None:
    joined = join(text, more)
    assert joined.startswith(text) and joined.endswith(more)
    assert len(joined) <= len(text) + len(more) + 1


def test_every_kind_has_a_correction() -> None:
    assert set(CORRECTIONS) == set(get_args(Kind)) and set(SWITCHABLE) <= set(CORRECTIONS)


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("honoured", [("free",), ("free", "required"), ("free", "required", "shaped")])
def test_ladders(kind: Kind, honoured: tuple[str, ...]) -> None:
    ways = ladder(kind, honoured)
    assert 2 <= len(ways) <= MOST_IN_A_ROW
    assert {way.constraint for way in ways} <= set(honoured)
    assert ways[0].constraint == ways[1].constraint == "free", "the stronger ways come after two hints"
    assert len(set(ways[2:])) == len(ways[2:])
    assert CORRECTIONS[kind].for_people.endswith(".")


def test_hints_differ_and_can_be_filled() -> None:
    for kind, entry in CORRECTIONS.items():
        assert entry.hints[0] != entry.hints[1], "the same prompt gives the same reply"
        for hint in entry.hints:
            named = {name for _, name, _, _ in Formatter().parse(hint) if name is not None}
            assert named <= {"evidence", "tools", "writers", "changed", "request", "test"}, kind


def test_signatures() -> None:
    found = {tool.name: signature(tool.schema) for tool in ALL}
    assert found["patch"] == "patch(path: string, old_str: string, new_str: string, edits?: list of object)"
    assert found["bash"] == "bash(command: string)"
    assert found["read_file"].startswith("read_file(path: string, ") and "?: integer" in found["read_file"]
    schema = {
        "function": {
            "name": "f",
            "parameters": {
                "properties": {
                    "kind": {"enum": ["a", "b"]},
                    "rows": {"type": "array", "items": {"type": "string"}},
                    "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    "any": {},
                },
                "required": ["kind"],
            },
        }
    }
    assert signature(schema) == 'f(kind: "a" or "b", rows?: list of string, size?: integer, any?: value)'
    assert signature({"function": {"name": "g"}}) == "g()"


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("echo x > a.py", True),
        ("sed -i s/a/b/ a.py", True),
        ("mkdir -p out && mv a.py b.py", True),
        ("git checkout a.py", True),
        ("python3 - <<'E'\nprint(1)\nE", True),
        ("python3 -c \"open('a', 'w').write('x')\"", True),
        ("pytest -q 2>&1 | tail -3", False),
        ("python3 app.py data.csv", False),
        ("grep -rn mv src", False),
        ("", False),
    ],
)
def test_what_is_plain_to_write(command: str, wanted: bool) -> None:
    assert writes(command) == wanted
