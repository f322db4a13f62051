"""How long the client waits, by what it has heard."""

import asyncio

import pytest

from smallcode.adapters.chunks import ReplyReader
from smallcode.adapters.patience import TAIL_TIMEOUT, Patience
from smallcode.settings import Settings

FIRST, STALL = 1000.0, 100.0
HALF_READ = b'data: {"choices":[],"prompt_progress":{"total":8,"cache":0,"processed":4}}\n\n'
WHOLLY_READ = b'data: {"choices":[],"prompt_progress":{"total":8,"cache":0,"processed":8}}\n\n'
PIECE = b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n'
FINISH = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
COMMENT = b": keep-alive\n\n"


@pytest.mark.parametrize(
    ("heard", "seconds"),
    [
        ([], FIRST),
        ([COMMENT], FIRST),
        ([HALF_READ], FIRST),
        ([HALF_READ, COMMENT], FIRST),
        ([HALF_READ, WHOLLY_READ], STALL),
        ([PIECE], STALL),
        ([HALF_READ, PIECE, COMMENT], STALL),
        ([PIECE, FINISH], TAIL_TIMEOUT),
    ],
)
async def test_the_next_deadline(heard: list[bytes], seconds: float) -> None:
    patience, reader = Patience(Settings(first_byte_timeout=FIRST, stall_timeout=STALL)), ReplyReader("x")
    for data in heard:
        list(reader.feed(data))
        patience.heard(reader)
    left = patience.deadline(reader) - asyncio.get_running_loop().time()
    assert left == pytest.approx(seconds, abs=2)


async def test_comments_do_not_stand_in_for_events_for_ever() -> None:
    patience, reader = Patience(Settings(first_byte_timeout=0.2, stall_timeout=0.1)), ReplyReader("x")
    list(reader.feed(PIECE))
    patience.heard(reader)
    async with asyncio.timeout(5):
        while asyncio.get_running_loop().time() < patience.deadline(reader):
            list(reader.feed(COMMENT))
            patience.heard(reader)
            await asyncio.sleep(0.01)
    assert 0 <= patience.waited() < 0.1
