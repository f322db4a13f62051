import pytest

from smallcode.adapters.memory import MemoryWorkspace
from smallcode.errors import EditRejected, PermissionDenied
from smallcode.messages import Edit, Text
from smallcode.tools.replace_in_files import MOST_FILES

FILES = {
    "shop/cart.py": "from shop.money import total\n\nsubtotal = total([1])\n",
    "shop/money.py": "def total(prices):\n    return sum(prices)\n",
    "docs/api.md": "`total` adds prices.\n",
    "other.py": "x = 1\n",
}


async def test_a_name_is_changed_everywhere_with_one_question(project) -> None:
    files = project(FILES)
    output = await files.run("replace_in_files", pattern="total", replacement="add_up", whole_word=True)
    assert output.ok
    assert output.content.startswith(
        "Replaced 4 occurrences in 3 files:\ndocs/api.md: 1\nshop/cart.py: 2\nshop/money.py: 1\n"
        "--- a/docs/api.md\n"
    )
    assert "+subtotal = add_up([1])\n" in output.content
    assert files.workspace.texts == {
        "shop/cart.py": "from shop.money import add_up\n\nsubtotal = add_up([1])\n",
        "shop/money.py": "def add_up(prices):\n    return sum(prices)\n",
        "docs/api.md": "`add_up` adds prices.\n",
        "other.py": "x = 1\n",
    }
    assert [request.title for request in files.approver.asked] == ["Edit 3 files"]
    assert [diff.path for diff in output.diffs] == ["docs/api.md", "shop/cart.py", "shop/money.py"]
    assert files.validator.asked == ["docs/api.md", "shop/cart.py", "shop/money.py"]


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        ({"glob": "*.py"}, ["shop/cart.py", "shop/money.py"]),
        ({"path": "shop"}, ["shop/cart.py", "shop/money.py"]),
        ({"path": "docs/api.md"}, ["docs/api.md"]),
        ({"path": "shop", "glob": "*.md"}, []),
        ({"pattern": r"t(o)tal\(", "regex": True, "replacement": r"\1("}, ["shop/cart.py", "shop/money.py"]),
    ],
)
async def test_where_it_applies(project, arguments: dict[str, object], changed: list[str]) -> None:
    files = project(FILES)
    output = await files.run("replace_in_files", **({"pattern": "total", "replacement": "n"} | arguments))
    assert output.ok is bool(changed)
    assert [path for path in sorted(FILES) if files.workspace.texts[path] != FILES[path]] == changed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"pattern": "zebra", "replacement": "x"}, "No line contains 'zebra' in 4 files"),
        ({"pattern": "x", "replacement": "x"}, "are the same"),
        ({"pattern": "x", "replacement": "y", "path": "nowhere"}, "No line contains 'x' in 0 files"),
    ],
)
async def test_nothing_to_do(project, arguments: dict[str, str], told: str) -> None:
    files = project(FILES)
    output = await files.run("replace_in_files", **arguments)
    assert not output.ok
    assert told in output.content
    assert files.workspace.texts == FILES


async def test_too_many_files_are_left_alone(project) -> None:
    many = {f"{number}.py": "x = 1\n" for number in range(MOST_FILES + 1)}
    files = project(many)
    output = await files.run("replace_in_files", pattern="x", replacement="y")
    assert not output.ok
    assert "Nothing was changed" in output.content
    assert files.workspace.texts == many


async def test_denied(project) -> None:
    files = project(FILES, outcome="deny")
    with pytest.raises(PermissionDenied):
        await files.run("replace_in_files", pattern="total", replacement="n")
    assert files.workspace.texts == FILES


async def test_what_was_shown_of_the_change_may_be_patched_next(project) -> None:
    files = project(FILES)
    await files.run("replace_in_files", pattern="total", replacement="add_up", whole_word=True)
    assert (await files.run("patch", path="shop/money.py", old_str="add_up(prices)", new_str="x(p)")).ok


async def test_a_long_diff_is_shown_in_part(project) -> None:
    files = project({f"{number}.py": "x = 1\n" * 50 for number in range(20)})
    output = await files.run("replace_in_files", pattern="x", replacement="y")
    assert "more files are not shown" in output.content
    assert len(output.content) < 8000
    assert len(output.diffs) == 20


class Stubborn(MemoryWorkspace):
    """Refuses every edit of shop/money.py, and the second of docs/api.md: it cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(FILES)
        self.edited: list[str] = []

    async def apply_edit(self, edit: Edit) -> Text:
        if edit.path == "shop/money.py" or (edit.path == "docs/api.md" and edit.path in self.edited):
            raise EditRejected(edit.path, f"The editor refused {edit.path}.")
        self.edited.append(edit.path)
        return await super().apply_edit(edit)


async def test_a_failure_midway_says_exactly_what_is_changed(project_on) -> None:
    files = project_on(Stubborn())
    output = await files.run("replace_in_files", pattern="total", replacement="n")
    assert not output.ok
    assert output.content == (
        "shop/money.py could not be changed: The editor refused shop/money.py. "
        "Still changed, since that could not be taken back: docs/api.md."
    )
    assert [diff.path for diff in output.diffs] == ["docs/api.md"]
    assert files.workspace.texts == FILES | {"docs/api.md": "`n` adds prices.\n"}
