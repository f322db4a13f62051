"""Messages of real servers, and what the client makes of them."""

# ruff: noqa: E501 - the messages are quoted whole, each on its line
from typing import Any

import pytest

from smallcode.adapters.model_errors import Retry, fault_of_refusal
from smallcode.errors import ContextOverflow, ModelRefused

URL = "http://127.0.0.1:1/v1/chat/completions"


@pytest.mark.parametrize(
    ("status", "payload", "prompt", "window"),
    [
        # llama.cpp
        (400, {"error": {"code": 400, "type": "exceed_context_size_error", "message": "request (27012 tokens) exceeds the available context size (2048 tokens), try increasing it", "n_prompt_tokens": 27012, "n_ctx": 2048}}, 27012, 2048),
        (400, {"error": {"message": "request (27012 tokens) exceeds the available context size (2048 tokens), try increasing it"}}, 27012, 2048),
        (500, {"error": {"code": 500, "message": "Context size has been exceeded.", "type": "server_error"}}, None, None),
        # LM Studio: an error as a string, in a 400 or in a 200
        (400, {"error": "Trying to keep the first 111490 tokens when context the overflows. However, the model is loaded with context length of only 32768 tokens, which is not enough."}, 111490, 32768),
        (200, {"error": "The number of tokens to keep from the initial prompt is greater than the context length."}, None, None),
        (400, {"error": "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)"}, 15028, 7424),
        (200, {"error": {"message": "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 5063 >= n_ctx: 4096). Try to load the model with a larger context length, or provide a shorter input."}}, 5063, 4096),
        (200, {"error": "Reached context length of 4096 tokens with model (arch: qwen3vlmoe) that does not currently support mid-generation context overflow. Try reloading with a larger context length or shortening the prompt/chat."}, None, 4096),
        # vLLM, old and new, and the model's own length
        (400, {"object": "error", "message": "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in the messages, 10000 in the completion). Please reduce the length of the messages or completion.", "type": "BadRequestError"}, 112946, 16384),
        (400, {"error": {"message": "'max_tokens' or 'max_completion_tokens' is too large: 2000. This model's maximum context length is 4096 tokens and your request has 2104 input tokens (2000 > 4096 - 2104)."}}, 2104, 4096),
        (400, {"message": "The decoder prompt (length 5000) is longer than the maximum model length of 4096."}, 5000, 4096),
        # OpenAI, SGLang, Ollama, Anthropic's wording
        (400, {"error": {"message": "This model's maximum context length is 8192 tokens. However, your messages resulted in 8545 tokens.", "code": "context_length_exceeded"}}, 8545, 8192),
        (400, {"error": {"message": "Your input exceeds the context window of this model."}}, None, None),
        (400, {"message": "The input (5000 tokens) is longer than the model's context length (4096 tokens)."}, 5000, 4096),
        (400, {"error": {"message": "the input length exceeds the context length"}}, None, None),
        (400, {"error": "prompt too long; exceeded max context length by 4 tokens"}, None, None),
        (413, {"error": {"message": "prompt is too long: 213462 tokens > 200000 maximum"}}, 213462, 200000),
    ],
)  # fmt: skip
def test_overflow(status: int, payload: Any, prompt: int | None, window: int | None) -> None:
    fault = fault_of_refusal(URL, status, payload)
    assert isinstance(fault.error, ContextOverflow)
    assert (fault.error.prompt_tokens, fault.error.window) == (prompt, window)
    assert fault.retry is Retry.NEVER
    assert URL in fault.error.message


@pytest.mark.parametrize(
    ("status", "payload", "retry"),
    [
        (429, {"error": {"message": "Rate limit reached: the maximum context length of tokens per minute"}}, Retry.PASSING),
        (503, {"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}}, Retry.LOADING),
        (503, "upstream connect error", Retry.PASSING),
        (502, "a web page", Retry.PASSING),
        (500, {"error": {"message": "slot is busy"}}, Retry.PASSING),
        (500, {"error": {"code": 500, "message": "Failed to parse tool call arguments as JSON: [json.exception.parse_error.101]"}}, Retry.ONCE),
        (501, {"error": {"message": "This feature is disabled"}}, Retry.NEVER),
        (400, {"error": {"message": "Jinja Exception: System message must be at the beginning."}}, Retry.NEVER),
        (401, {"error": {"message": "Invalid API Key", "type": "authentication_error", "code": 401}}, Retry.NEVER),
        (404, {"detail": "Not Found"}, Retry.NEVER),
        (200, {"error": {"code": 503, "message": "overloaded"}}, Retry.PASSING),
        (200, {"error": "model crashed"}, Retry.NEVER),
    ],
)  # fmt: skip
def test_whether_to_ask_again(status: int, payload: Any, retry: Retry) -> None:
    fault = fault_of_refusal(URL, status, payload)
    assert type(fault.error) is ModelRefused
    assert fault.retry is retry


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"error": {"message": "m", "param": "temperature"}}, "m (temperature)"),
        ({"error": "plain"}, "plain"),
        ({"detail": [{"loc": ["body", "return_progress"], "msg": "Extra inputs are not permitted"}]}, "body.return_progress: Extra inputs are not permitted"),
        ({"detail": "Not Found"}, "Not Found"),
        ({"message": "m", "object": "error"}, "m"),
        ({"odd": 1}, '{"odd": 1}'),
        (["a"], "['a']"),
        ("\x1b[31mred\x07\r\n\tline", "[31mred line"),
        ("", "no reason given"),
        (None, "None"),
    ],
)  # fmt: skip
def test_the_servers_own_words_are_told(payload: Any, told: str) -> None:
    error = fault_of_refusal(URL, 418, payload).error
    assert error.message == f"{URL} answered 418: {told}."


def test_a_model_without_tools_gets_its_own_remedy() -> None:
    error = fault_of_refusal(URL, 400, {"error": {"message": "gemma:2b does not support tools"}}).error
    assert "--jinja" in error.remedy
