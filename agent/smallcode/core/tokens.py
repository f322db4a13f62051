"""How many tokens a prompt will be, before anyone has counted them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..messages import Message

# UTF-8 bytes in a token, before a server has counted anything. OpenAI's documentation gives 4 characters
# for English prose; code and JSON come to about 3 with the vocabularies of 100,000 to 150,000 entries that
# today's small models have. Between them, nearer to code: too many tokens estimated costs a little room,
# too few an overflow. Bytes and not characters, because byte-level vocabularies spend more on a character
# outside ASCII.
BYTES_PER_TOKEN = 3.3

# What a chat template writes around each message: <|im_start|>, the role, line ends, <|im_end|>.
TOKENS_PER_MESSAGE = 5

# The template's words around a list of tools, and those around a call.
TOKENS_FOR_TOOLS = 60
TOKENS_PER_CALL = 12

# How far above an estimate the real count may be: a part of what no server has counted yet, and some tokens
# that a short message may be off by. Measured by bench/vocabulary/accuracy.py: one of its 3,360 estimates
# was further below the count.
MARGIN = 0.4
SMALLEST_MARGIN = 128

# A prompt counted at less than half of its estimate was cut. The prior is off by a factor of 1.5 at the
# worst (long prose at 4.8 bytes a token), a calibrated estimate by far less, so that half is never reached
# by honest counting.
TRUNCATED_BELOW = 0.5

# Differences smaller than this come from the template, not from a cut: the shortest prompts are mostly
# template.
SMALLEST_CUT = 256


def utf8_size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def prior_tokens(messages: Sequence[Message], tools: Sequence[Mapping[str, Any]]) -> float:
    """Tokens of a prompt by size alone. The model's reasoning is not sent, so it does not count."""
    size, overhead = 0, 0
    for message in messages:
        size += utf8_size(message.content)
        overhead += TOKENS_PER_MESSAGE + sum(image.tokens for image in message.images)
        for call in message.tool_calls:
            size += utf8_size(call.name) + utf8_size(json.dumps(dict(call.arguments), ensure_ascii=False))
            overhead += TOKENS_PER_CALL
    if tools:
        size += sum(utf8_size(json.dumps(tool, ensure_ascii=False)) for tool in tools)
        overhead += TOKENS_FOR_TOOLS
    return size / BYTES_PER_TOKEN + overhead


def margin(uncounted: int) -> int:
    """Tokens to keep free above an estimate in which so many are estimated, and the others were counted."""
    return math.ceil(max(0, uncounted) * MARGIN) + SMALLEST_MARGIN


def truncated(estimated: int, counted: int) -> bool:
    """Whether the server silently dropped a part of the prompt: it counted far fewer tokens than were sent.

    Ollama answers 200 and drops the front of a prompt that does not fit, system message and tools first;
    the count is the only sign. A count of 0 means that the server told none.
    """
    return 0 < counted < estimated * TRUNCATED_BELOW and estimated - counted >= SMALLEST_CUT
