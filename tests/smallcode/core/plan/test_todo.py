"""A file of open tasks as the plan: which requests mean it, what stands in it, and that only marks change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.plan import named_todo, plan_of_todo, read_step, ticked
from smallcode.core.plan.todo import items
from smallcode.core.textdiff import apply_edits


@pytest.mark.parametrize(
    ("prompt", "path"),
    [
        ("Work through TODO.md", "TODO.md"),
        ("Please go through docs/todo.txt, item by item.", "docs/todo.txt"),
        ("Do everything in TODO", "TODO"),
        ("implement tasks.md", "tasks.md"),
        ("Do the next item of CHECKLIST.md", "CHECKLIST.md"),
        ("arbeite TODO.md ab", "TODO.md"),
        ("Add a line about tests to TODO.md", None),
        ("What stands in TODO.md?", None),
        ("Work through cart.py", None),
        ("Implement the TODO in cart.py", "TODO"),
        ("Update TODO.md with all the open items in cart.py", None),
    ],
)
def test_the_file_that_a_request_means(prompt: str, path: str | None) -> None:
    assert named_todo(prompt) == path


TODO = """\
# To do\r
- [x] Fix a.py\r
- [ ] Fix b.py  \r
  notes about it - [ ] here\r
* [ ] a heading\r
    * [ ] Add c.py\r
1. [ ] Run the tests\r
- [ ] Fix b.py\r
"""


def test_the_open_items_are_the_steps() -> None:
    plan = plan_of_todo("TODO.md", TODO)
    assert plan is not None and (plan.source, plan.path) == ("todo", "TODO.md")
    assert [step.text for step in plan.steps] == ["Fix b.py", "Add c.py", "Run the tests", "Fix b.py"]
    assert plan_of_todo("TODO.md", "- [x] Fix a.py\n- Fix b.py\n") is None


@pytest.mark.parametrize(
    ("texts", "changed"),
    [
        (["Fix b.py"], {"- [ ] Fix b.py  \r": "- [x] Fix b.py  \r"}),
        (["Run the tests", "Add c.py"], {"    * [ ] Add": "    * [x] Add", "1. [ ] Run": "1. [x] Run"}),
        (["Fix a.py", "Fix d.py"], {}),
        (["Fix b.py", "Fix b.py", "Fix b.py"], {"[ ] Fix b.py": "[x] Fix b.py"}),
    ],
)
def test_only_the_marks_change(texts: list[str], changed: dict[str, str]) -> None:
    wanted = TODO
    for old, new in changed.items():
        wanted = wanted.replace(old, new)
    assert apply_edits(TODO, ticked(TODO, texts)) == wanted


@given(
    st.lists(st.sampled_from(["- [ ] a", "- [x] b", "  - [ ] c", "text", "", "* [X] d", "- [ ] e\u2028f"]))
)
def test_ticking_changes_nothing_else(rows: list[str]) -> None:
    text = "\n".join(rows)
    texts = [read_step(item.text).text for item in items(text)]
    after = apply_edits(text, ticked(text, texts))
    assert len(after) == len(text)
    assert all(old == new or (old, new) == (" ", "x") for old, new in zip(text, after, strict=True))
    assert all(item.ticked for item in items(after))
