"""Tools that do two steps in one call."""

from collections.abc import AsyncIterator

import pytest

from smallcode.errors import NoSuchFile, SmallCodeError, WriteRefused
from smallcode.messages import SearchMatch
from smallcode.tools.find_and_read import best_paths
from smallcode.tools.search_and_read import best_match

SHAPES = "def area(r):\n    return 3 * r * r\n\n\ndef rim(r):\n    return 2 * 3 * r\n"


# --- read_and_patch ---------------------------------------------------------------------------------


async def test_a_file_that_was_not_read_is_patched(project) -> None:
    files = project({"shapes.py": SHAPES})
    output = await files.run("read_and_patch", path="shapes.py", old_str="3 * r * r", new_str="PI * r * r")
    assert output.ok, output.content
    assert "Lines 1-4 are now:" in output.content
    assert files.workspace.texts["shapes.py"] == SHAPES.replace("3 * r * r", "PI * r * r")


@pytest.mark.parametrize(
    ("old", "shown"),
    [
        ("    return 3*r*r\n", "    return 3 * r * r\n"),
        ("nothing like it", "shapes.py, 6 lines\ndef area(r):\n"),
        ("return", "line 6"),
    ],
)
async def test_a_miss_shows_the_file_and_the_next_try_lands(project, old: str, shown: str) -> None:
    files = project({"shapes.py": SHAPES})
    output = await files.run("read_and_patch", path="shapes.py", old_str=old, new_str="x")
    assert not output.ok
    assert "shapes.py was not changed" in output.content
    assert shown in output.content
    assert files.workspace.texts["shapes.py"] == SHAPES
    assert (await files.run("patch", path="shapes.py", old_str="3 * r * r", new_str="x")).ok


async def test_most_of_a_long_file_does_not_go_unread(project) -> None:
    long = "".join(f"value_{number} = {number}\n" for number in range(500))
    files = project({"f.py": long})
    assert (await files.run("read_and_patch", path="f.py", old_str="value_7 = 7", new_str="seven = 7")).ok
    with pytest.raises(WriteRefused, match="would be lost"):
        await files.run("write_file", path="f.py", content="seven = 7\n")


async def test_a_missing_file_is_told(project) -> None:
    with pytest.raises(NoSuchFile):
        await project({}).run("read_and_patch", path="f", old_str="a", new_str="b")


# --- find_and_read ----------------------------------------------------------------------------------

PATHS = ["README.md", "src/cart.py", "src/cart_item.py", "src/shop/cart.py", "tests/test_cart.py"]


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("src/shop/cart.py", ["src/shop/cart.py"]),
        ("cart.py", ["src/cart.py", "src/shop/cart.py", "tests/test_cart.py"]),
        ("cart", ["src/cart.py", "src/shop/cart.py", "src/cart_item.py", "tests/test_cart.py"]),
        ("shop/cart.py", ["src/shop/cart.py"]),
        ("readme", ["README.md"]),
        ("shop", ["src/shop/cart.py"]),
        ("crt.py", ["src/cart.py", "src/shop/cart.py"]),
        ("zebra", []),
    ],
)
def test_which_file_is_meant(name: str, best: list[str]) -> None:
    found = best_paths(name, PATHS)
    assert found[: len(best)] == best
    assert bool(found) == bool(best)


async def test_the_file_is_shown_and_may_be_changed_then(project) -> None:
    files = project(dict.fromkeys(PATHS, "x = 1\n"))
    output = await files.run("find_and_read", name="./cart.py")
    assert output.content.startswith("src/cart.py, 1 line\nx = 1\n(also: src/shop/cart.py")
    assert (await files.run("patch", path="src/cart.py", old_str="1", new_str="2")).ok
    with pytest.raises(WriteRefused):
        await files.run("patch", path="src/shop/cart.py", old_str="1", new_str="2")


@pytest.mark.parametrize("name", ["zebra", "", "/"])
async def test_no_such_name(project, name: str) -> None:
    output = await project({"a.py": "x\n"}).run("find_and_read", name=name)
    assert not output.ok


# --- search_and_read --------------------------------------------------------------------------------


def test_the_definition_is_the_best_match() -> None:
    matches = [
        SearchMatch("a.py", 1, "from shapes import area"),
        SearchMatch("tests/test_shapes.py", 3, "def area(r):"),
        SearchMatch("shapes.py", 9, "def area_of_ring(r):"),
        SearchMatch("shapes.py", 20, "def area(r):"),
    ]
    assert best_match(matches, "area") == matches[3]
    assert best_match(matches[:3], "rea") == matches[2]
    assert best_match(matches[:1], "area") == matches[0]


async def test_the_place_is_shown(project) -> None:
    before = "".join(f"x{number} = 0\n" for number in range(600))
    files = project({"a.py": "import shapes\nshapes.rim(2)\n", "shapes.py": before + SHAPES})
    output = await files.run("search_and_read", pattern="rim")
    first, second, *rest = output.content.split("\n")
    assert first == "The best of 2 matches is shapes.py:605. Others: a.py:2."
    assert second == "shapes.py, lines 595-606 of 606"
    assert "def rim(r):" in rest
    assert (await files.run("patch", path="shapes.py", old_str="2 * 3 * r", new_str="6 * r")).ok


async def test_nothing_is_found(project) -> None:
    output = await project({"a.py": "x\n"}).run("search_and_read", pattern="y", path=".")
    assert (output.ok, output.content) == (False, "No line contains 'y'.")
    with pytest.raises(SmallCodeError):
        await project({"a.py": "x\n"}).run("search_and_read", pattern="(", regex=True)


# --- create_and_run ---------------------------------------------------------------------------------


@pytest.fixture
async def shop(project, tmp_path) -> AsyncIterator:
    files = project({"old.py": "x = 1\n"}, bash_timeout=20)
    yield files
    await files.shell.aclose()


@pytest.mark.parametrize(("command", "ok"), [("echo hello", True), ("echo hello; false", False)])
async def test_a_file_is_made_and_the_command_run(shop, command: str, ok: bool) -> None:
    output = await shop.run("create_and_run", path="new.py", content="x = 1\n", command=command)
    assert output.ok is ok
    assert output.content.startswith("Created new.py (1 line).\nexit status ")
    assert "hello" in output.content
    assert shop.workspace.texts["new.py"] == "x = 1\n"
    assert shop.workspace.saves == 1


async def test_a_file_that_exists_is_neither_written_nor_run(shop) -> None:
    output = await shop.run("create_and_run", path="old.py", content="y\n", command="echo hello")
    assert not output.ok
    assert "exists already: nothing was written and nothing was run" in output.content
    assert shop.workspace.texts == {"old.py": "x = 1\n"}
    assert shop.workspace.saves == 0
