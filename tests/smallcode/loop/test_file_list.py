"""Files still to be changed stand at the end of a request, and in no transcript."""

from pathlib import Path

import pytest
from turn_bench import bench, calling

from smallcode.adapters.scripted import Step
from smallcode.messages import Ask

LISTED = "[Files of this task not changed yet: two.py, three.py. Changed: one.py.]"


@pytest.mark.parametrize(("disable", "times"), [((), 1), (("file list",), 0)])
async def test_it_stands_in_the_newest_message_alone(
    tmp_path: Path, disable: tuple[str, ...], times: int
) -> None:
    steps = [
        calling({"name": "write_file", "arguments": {"path": f"{name}.py", "content": "x = 1\n"}})
        for name in ("one", "two", "three")
    ]
    async with bench(tmp_path, [*steps, Step("All three are written.")], disable=disable) as it:
        async for _ in it.session.ask(Ask("Write one.py, two.py and three.py.")):
            pass
        after_one = it.model.requests[1].messages
        assert [message.content.count(LISTED) for message in after_one if "Files of" in message.content] == (
            [1] * times
        )
        assert after_one[-1].content.endswith(LISTED) == bool(times)
        assert "Files of this task" not in it.model.requests[3].messages[-1].content
        assert not [one for one in it.session.messages if "Files of this task" in one.content]
