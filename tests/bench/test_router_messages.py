"""The labelled messages are many and of every kind, and the router is not worse on them than it was."""

from pathlib import Path
from typing import get_args

import pytest

from smallcode.commands.eval import judge, read
from smallcode.core.router import Category

FOLDER = Path(__file__).resolve().parents[2] / "bench" / "router"


@pytest.mark.parametrize(("name", "at_least"), [("known.jsonl", 0.98), ("unseen.jsonl", 0.94)])
def test_the_messages(name: str, at_least: float) -> None:
    labelled = read(FOLDER / name)
    assert len(labelled) >= 200
    assert len({one.message for one in labelled if one.previous is None}) == sum(
        one.previous is None for one in labelled
    )
    assert {category for one in labelled for category in one.accept} == set(get_args(Category))
    assert len({one.kind for one in labelled}) >= 10
    right = sum(one.right for one in judge(labelled))
    assert right / len(labelled) >= at_least
