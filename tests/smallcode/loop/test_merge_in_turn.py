"""A merge by the model within a turn: asked beside it, counted, traced, and off unless it is asked for."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from turn_bench import Bench, calling, ended, finished

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.listeners.trace import read_trace
from smallcode.ports import Delta, ModelRequest
from smallcode.settings import Settings

NOW = "def total(prices, tax):\n    return sum(prices[1:]) + tax\n"
MISSING = {
    "name": "patch",
    "arguments": {
        "path": "cart.py",
        "old_str": "    return sum(prices[1:])\n",
        "new_str": "    return round(sum(prices[1:]))\n",
    },
}
MERGED = "def total(prices, tax):\n    return round(sum(prices[1:])) + tax\n"


class WithSideReplies(ScriptedModel):
    """Answers requests without tools from a script of their own; ``side`` are those requests."""

    def __init__(self, steps: list[Step], side: list[Step]) -> None:
        super().__init__(steps)
        self.side = ScriptedModel(side)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        inner = super().stream(request) if request.tools else self.side.stream(request)
        async for delta in inner:
            yield delta


@pytest.mark.parametrize(("model_merge", "text"), [(True, MERGED), (False, NOW)])
async def test_it_is_asked_for_by_a_setting(tmp_path: Path, model_merge: bool, text: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "cart.py").write_text(NOW)
    read = {"name": "read_file", "arguments": {"path": "cart.py"}}
    steps = [calling(read), calling(MISSING), calling(MISSING), Step("It could not be merged.")]
    model = WithSideReplies(steps, [Step(f"```\n{MERGED}```")])
    approver = FixedApprover("allow_once")
    settings = Settings(model_merge=model_merge)
    session = open_session(settings, DiskWorkspace(root), approver, model, state_dir=tmp_path / "state")
    it = Bench(root, model, session, approver)
    try:
        events = await it.ask()
    finally:
        await session.aclose()
    assert it.cart() == text
    side = len(model.side.requests)
    assert side == model_merge
    assert [event.status for event in finished(events)] == [
        "completed",
        "failed",
        "completed" if model_merge else "failed",
    ]
    # The transcript holds nothing of it, the figures do.
    assert len(model.requests) == 4
    assert ended(events).usage.requests == 4 + side
    (trace,) = (tmp_path / "state" / "traces").glob("*.jsonl")
    spans = [span for span in read_trace(trace) if span["span"] == "side_request"]
    assert [(span["name"], span["source"]) for span in spans] == [("merge", "model")] * side
