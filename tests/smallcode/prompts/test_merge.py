import pytest

from smallcode.adapters.clock import ManualClock
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.ports import MergeQuestion
from smallcode.prompts.base import Asker
from smallcode.prompts.merge import MERGE, ModelMerger

QUESTION = MergeQuestion("a.py", "a\nb\nc\n", "a\nB\n", "a\nX\n")


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ("```python\na\nX\nc\n```", "a\nX\nc\n"),
        ("Here it is:\n```\na\n```\nDone.", "a\n"),
        ("````\n```\na\n```\n````", "```\na\n```\n"),
        ("```\n```", ""),
        ("a\nX\nc\n", None),
        ("```\na\n```\nor\n```\nb\n```", None),
        ("```\na\n", None),
        ("", None),
    ],
)
async def test_the_answer_is_the_one_block(reply: str, answer: str | None) -> None:
    model = ScriptedModel([Step(reply)])
    merger = ModelMerger(Asker(model, ManualClock()))
    assert await merger.merge(QUESTION) == answer
    assert len(model.requests) == 1


def test_the_model_sees_the_whole_region_and_both_texts() -> None:
    system, user = MERGE.render(QUESTION)
    assert system.role == "system"
    assert user.content == (
        "The piece of a.py:\n```\na\nb\nc\n```\nThe old text of the change:\n```\na\nB\n```\n"
        "The new text of the change:\n```\na\nX\n```"
    )


def test_fences_in_the_texts_do_not_end_the_blocks() -> None:
    _, user = MERGE.render(MergeQuestion("a.md", "```\ncode\n```\n", "x", "````y"))
    assert "`````\n```\ncode\n```\n`````" in user.content


async def test_a_server_that_is_busy_is_asked_twice_a_turn_at_most() -> None:
    model = ScriptedModel([Step("no block")])
    merger = ModelMerger(Asker(model, ManualClock()))
    for index in range(4):
        assert await merger.merge(MergeQuestion(f"{index}.py", "a\n", "b", "c")) is None
    assert len(model.requests) == 2
