"""Estimates beside what a real llama.cpp server counts, with its own vocabulary and chat template."""

import sysconfig
from pathlib import Path

import pytest
from bench.vocabulary.accuracy import LEARNING, conversation, sources

from smallcode.adapters.learned import Memory
from smallcode.adapters.openai import OpenAIClient
from smallcode.ports import ModelRequest
from smallcode.settings import Settings
from smallcode.tools import offered

from .llama.server import serve

pytestmark = pytest.mark.slow

# The test's model has a vocabulary of 2,000 tokens, learned from a few scripts: it needs nearly twice as many
# tokens as a real one, and how many varies more with the kind of text. So the part of the estimates that is
# right within a twentieth is smaller here than bench/vocabulary/accuracy.py has it for vocabularies of real
# sizes. No estimate is below the count by more than its margin all the same.
WITHIN, MEDIAN = 0.85, 0.02


async def test_after_three_counts_estimates_are_right_and_the_next_start_begins_so(
    llama_server: Path, tmp_path: Path
) -> None:
    tools = [tool.schema for tool in offered()]
    files = sources([Path(sysconfig.get_paths()["stdlib"])])
    memory = tmp_path / "servers.json"
    errors: list[float] = []
    async with serve(llama_server, tmp_path, ["Hello."]) as llama:
        for seed in range(5):
            client = OpenAIClient(Settings(base_url=llama.address), memory=Memory(memory))
            await client.info()
            counter = client.counter()
            for number, messages in enumerate(conversation(files, seed)):
                counted = await client.count(ModelRequest(messages, tools))
                assert counted is not None
                estimated = counter.estimate(messages, tools)
                if seed > 0 or number >= LEARNING:
                    errors.append((estimated - counted) / counted)
                    assert counted <= estimated + counter.margin(estimated)
                counter.learn(estimated, counted)
            await client.aclose()
    off = sorted(map(abs, errors))
    assert sum(error <= 0.05 for error in off) / len(off) > WITHIN, off[-10:]
    assert off[len(off) // 2] < MEDIAN
