"""A registered tool that was not offered runs when the model calls it."""

from pathlib import Path

import pytest
from turn_bench import CART, FIXED, bench, calling, ended, finished

from smallcode.adapters.scripted import Step

CALL = {
    "name": "read_and_patch",
    "arguments": {"path": "cart.py", "old_str": "sum(prices[1:])", "new_str": "sum(prices)"},
}
AS_TEXT = (
    '<tool_call>{"name": "replace_in_files", "arguments": {"pattern": "prices[1:]", "replacement": "prices"}}'
    "</tool_call>"
)
UNDER_ALIAS = {"name": "insert_line", "arguments": {"path": "new.py", "line": 1, "content": "x\n"}}


@pytest.mark.parametrize("step", [calling(CALL), Step(text=AS_TEXT)])
async def test_it_runs_and_is_not_offered_for_it(tmp_path: Path, step: Step) -> None:
    async with bench(tmp_path, [step, Step(text="Done.")]) as it:
        events = await it.ask()
        assert ended(events).stop_reason == "done"
        assert [event.status for event in finished(events)] == ["completed"]
        assert it.cart() == FIXED
        offered = [[tool["function"]["name"] for tool in request.tools] for request in it.model.requests]
        assert offered[0] == offered[1]
        assert "read_and_patch" not in offered[0]


async def test_its_aliases_are_known(tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text("")
    read = {"name": "read_file", "arguments": {"path": "new.py"}}
    async with bench(tmp_path, [calling(read), calling(UNDER_ALIAS), Step(text="Done.")]) as it:
        events = await it.ask()
        assert [event.name for event in finished(events)] == ["read_file", "insert_at_line"]
        assert (tmp_path / "new.py").read_text() == "x\n"
        assert it.cart() == CART
