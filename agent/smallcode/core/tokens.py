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


# A prompt that goes on with another has no fewer tokens than that one; how many that had of what lasts is
# told by its share of bytes. What is below by more than this is no matter of rounding. Chosen, not measured:
# too small a margin would ask again for a good reply, too large a one notice a cut a request later.
GOES_ON_WITHIN, GOES_ON_TOKENS = 0.95, 32

# Windows are multiples of WINDOW_STEP as a rule. Prompt and reply together end at one, give or take what
# servers count otherwise (the simulated one of the benchmark ended at 4,098 of 4,096). Chosen, not measured.
WINDOW_STEP, SMALLEST_WINDOW_END = 1024, 2048
END_FROM, END_TO = 0.985, 1.003

# Of what fills a window: surely not above it.
JUST_BELOW = 0.98


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


def shrank(counted: int, least: int) -> bool:
    """Whether a count is below the least that it can be, by more than what a share of a prompt's bytes is off
    as a share of its tokens."""
    return counted < least * GOES_ON_WITHIN - GOES_ON_TOKENS


def at_window_end(total: int) -> bool:
    """Whether so many tokens of prompt and reply fill a window of the usual sizes, multiples of 1,024, but
    for a few that were counted otherwise."""
    nearest = round(total / WINDOW_STEP) * WINDOW_STEP
    return nearest >= SMALLEST_WINDOW_END and END_FROM * nearest <= total <= END_TO * nearest


def just_below(total: int) -> int:
    """A figure below the window that ``total`` fills, whichever side of it the count is on."""
    return int(total * JUST_BELOW)


def about(counted: int, expected: int) -> bool:
    """Whether a count is what was expected, as closely as the first estimates are."""
    return abs(counted - expected) <= max(SMALLEST_CUT, MARGIN * expected)
