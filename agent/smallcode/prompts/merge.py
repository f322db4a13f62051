"""Put an edit into a piece of a file in which its old text does not stand as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..messages import Message
from ..ports import MergeQuestion
from .base import Asker, MicroPrompt

SYSTEM = """\
You put one change into a piece of a file. The change was written for an older or slightly different text: \
find the lines that it means and change these alone. Keep every other line as it is, and keep what the file \
has and the old text has not. Answer with the whole piece after the change, in one block between lines of \
backticks, and with nothing else."""

_BLOCK = re.compile(r"^(?P<fence>`{3,})[^\n`]*\n(?P<body>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)


def _render(question: MergeQuestion) -> Sequence[Message]:
    texts = (question.region, question.old, question.new)
    longest = max((len(run) for text in texts for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    region, old, new = (f"{fence}\n{text.removesuffix(chr(10))}\n{fence}" for text in texts)
    return (
        Message("system", SYSTEM),
        Message(
            "user",
            f"The piece of {question.path}:\n{region}\nThe old text of the change:\n{old}\n"
            f"The new text of the change:\n{new}",
        ),
    )


def _parse(reply: str) -> str:
    blocks = [match["body"] for match in _BLOCK.finditer(reply)]
    if len(blocks) != 1:
        raise ValueError(f"It has {len(blocks)} blocks between lines of backticks, not one.")
    return blocks[0]


def _no_merge(_question: MergeQuestion) -> str | None:
    return None


MERGE: MicroPrompt[MergeQuestion, str | None] = MicroPrompt(
    name="merge",
    render=_render,
    parse=_parse,
    fallback=_no_merge,
    timeout_s=60.0,
    attempts=1,
    ttl_s=300.0,
    tier="medium",
    max_tokens=2048,
)


class ModelMerger:
    """Implements ``ports.Merger`` by asking the model. Whoever uses an answer judges it first."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def merge(self, question: MergeQuestion) -> str | None:
        return await self._asker.ask(MERGE, question)
