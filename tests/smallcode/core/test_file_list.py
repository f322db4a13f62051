import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.file_list import MOST_TOKENS, FilesOfTurn, files_left, named_files, reminder
from smallcode.core.tokens import BYTES_PER_TOKEN, utf8_size

PATHS = st.lists(st.text(min_size=1, max_size=40), max_size=30, unique=True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Rename total in cart.py, shop/money.py and docs/api.md.",
            ["cart.py", "shop/money.py", "docs/api.md"],
        ),
        ("Fix ./src/app.tsx (see src/app.test.tsx)", ["src/app.tsx", "src/app.test.tsx"]),
        ("`a.py` and a.py again, and 'b.py'", ["a.py", "b.py"]),
        ("The price is 3.14, e.g. sum(prices[1:]), see example.com and v1.2.3", []),
        ("mail me@site.py or call obj.method", []),
        ("", []),
    ],
)
def test_names_in_a_request(text: str, names: list[str]) -> None:
    assert named_files(text) == names


@pytest.mark.parametrize(
    ("files", "left"),
    [
        (FilesOfTurn(named=["a.py", "b.py"], changed=["a.py"]), ["b.py"]),
        (FilesOfTurn(named=["money.py"], read=["shop/money.py"]), ["shop/money.py"]),
        (FilesOfTurn(named=["money.py"], changed=["shop/money.py"]), []),
        (FilesOfTurn(named=["a.py", "b.py"], read=["b.py"]), ["b.py", "a.py"]),
        # What was only looked at, or found, is no task until one of it was changed.
        (FilesOfTurn(read=["a.py", "b.py"]), []),
        (FilesOfTurn(found=["a.py", "b.py"], changed=["c.py"]), []),
        (FilesOfTurn(found=["a.py", "b.py", "c.py"], changed=["b.py"]), ["a.py", "c.py"]),
        (FilesOfTurn(named=["a.py"], found=["b.py", "a.py"], changed=["b.py"]), ["a.py"]),
    ],
)
def test_what_is_left(files: FilesOfTurn, left: list[str]) -> None:
    assert files_left(files) == left


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (FilesOfTurn(named=["a.py", "b.py"], changed=["a.py"]), ""),
        (FilesOfTurn(named=["a.py", "b.py", "c.py"]), ""),
        (
            FilesOfTurn(named=["a.py", "b.py", "c.py"], changed=["a.py"]),
            "[Files of this task not changed yet: b.py, c.py. Changed: a.py.]",
        ),
        (
            FilesOfTurn(named=["a.py", "b.py", "c.py"], changed=["a.py", "b.py"]),
            "[Files of this task not changed yet: c.py. Changed: a.py, b.py.]",
        ),
        (FilesOfTurn(named=["a.py", "b.py"], changed=["b.py", "a.py", "c.py"]), ""),
    ],
)
def test_the_list_is_there_from_the_third_file_on(files: FilesOfTurn, text: str) -> None:
    assert reminder(files) == text


def test_a_later_search_replaces_an_earlier_one() -> None:
    files = FilesOfTurn()
    files.note(found=["a.py", "b.py", "c.py"])
    files.note(read=["a.py", "a.py"], changed=["a.py"])
    assert files_left(files) == ["b.py", "c.py"]
    files.note(changed=["b.py"], found=[])
    files.note(found=["c.py", "a.py"])
    assert (files.read, files.changed, files_left(files)) == (["a.py"], ["a.py", "b.py"], ["c.py"])


@given(PATHS, PATHS)
def test_it_is_short_whatever_the_files(named: list[str], changed: list[str]) -> None:
    text = reminder(FilesOfTurn(named=named, changed=changed))
    assert utf8_size(text) <= MOST_TOKENS * BYTES_PER_TOKEN
