"""What a scripted server tells of itself, and how it answers a prompt that is too large, as the servers that
it can resemble do it: by their documentation and their issue threads, not recorded from them but for
llama.cpp's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Like = Literal["openai", "llama.cpp", "ollama", "lmstudio", "lmstudio 0.3", "vllm"]

Overflow = Literal["refused", "in_200", "empty", "cut"]
"""What becomes of a prompt that is too large: a 400; an error in a 200; a reply without a word; its front is
dropped."""

# Of the server, whatever it resembles.
VERSION = "scripted-1"

OWNERS: Mapping[Like, str] = {
    "openai": "scripted",
    "llama.cpp": "llamacpp",
    "ollama": "library",
    "lmstudio": "organization_owner",
    "lmstudio 0.3": "organization_owner",
    "vllm": "vllm",
}

USUAL_OVERFLOW: Mapping[Like, Overflow] = {"ollama": "cut"}


@dataclass(frozen=True, slots=True)
class Described:
    """``window`` is that of one request, None where the model is not loaded or it is not told; ``largest``
    is what the model was made for."""

    model: str
    window: int | None
    largest: int | None = None
    template: str = ""
    native_tools: bool = True
    slots: int = 1


def listed(like: Like, one: Described) -> Mapping[str, Any]:
    """The model's entry in /v1/models."""
    entry: dict[str, Any] = {"id": one.model, "object": "model", "owned_by": OWNERS[like]}
    if one.window is None or like in {"ollama", "lmstudio", "lmstudio 0.3"}:
        return entry
    return entry | ({"meta": {"n_ctx": one.window}} if like == "llama.cpp" else {"max_model_len": one.window})


def properties(like: Like, one: Described) -> Mapping[str, Mapping[str, Any]]:
    """Everything else that is told, by path."""
    describe = _PROPERTIES.get(like)
    return {} if describe is None else describe(one)


def _llama(one: Described) -> Mapping[str, Mapping[str, Any]]:
    told = {
        "default_generation_settings": {"n_ctx": one.window},
        "total_slots": one.slots,
        "chat_template_caps": {"supports_tools": one.native_tools},
        "chat_template": one.template,
        "build_info": VERSION,
    }
    return {"/props": told}


def _ollama(one: Described) -> Mapping[str, Mapping[str, Any]]:
    shown: dict[str, Any] = {
        "capabilities": ["completion", "tools"] if one.native_tools else ["completion"],
        "template": one.template,
    }
    if one.largest is not None:
        shown["model_info"] = {"general.architecture": "any", "any.context_length": one.largest}
    loaded = [] if one.window is None else [{"name": one.model, "context_length": one.window}]
    return {"/api/show": shown, "/api/ps": {"models": loaded}, "/api/version": {"version": VERSION}}


def _lm_studio(one: Described) -> Mapping[str, Mapping[str, Any]]:
    loaded = [] if one.window is None else [{"id": one.model, "config": {"context_length": one.window}}]
    entry = {
        "type": "llm",
        "key": one.model,
        "loaded_instances": loaded,
        "max_context_length": one.largest,
        "capabilities": {"vision": False, "trained_for_tool_use": one.native_tools},
    }
    return {"/api/v1/models": {"models": [entry]}}


def _lm_studio_v0(one: Described) -> Mapping[str, Mapping[str, Any]]:
    entry: dict[str, Any] = {"id": one.model, "loaded_context_length": one.window}
    entry["capabilities"] = ["tool_use"] if one.native_tools else []
    return {"/api/v0/models": {"data": [entry]}}


_PROPERTIES: Mapping[Like, Callable[[Described], Mapping[str, Mapping[str, Any]]]] = {
    "llama.cpp": _llama,
    "ollama": _ollama,
    "lmstudio": _lm_studio,
    "lmstudio 0.3": _lm_studio_v0,
    "vllm": lambda _: {"/version": {"version": VERSION}},
}


def refusal_of_overflow(like: Like, size: int, window: int) -> Mapping[str, Any]:
    """The body of the answer to a prompt of ``size`` tokens."""
    match like:
        case "vllm":
            message = (
                f"This model's maximum context length is {window} tokens. However, your request has {size} "
                "input tokens. Please reduce the length of the input messages."
            )
            return {"error": {"message": message, "type": "BadRequestError", "param": None, "code": 400}}
        case "lmstudio":
            return {"error": f"Cannot truncate prompt with n_keep ({size}) >= n_ctx ({window})"}
        case "lmstudio 0.3":
            message = (
                f"Trying to keep the first {size} tokens when context the overflows. However, the model is "
                f"loaded with context length of only {window} tokens, which is not enough."
            )
            return {"error": message}
        case "ollama":
            return {"error": "the input length exceeds the context length"}
        case _:
            message = f"request ({size} tokens) exceeds the available context size ({window} tokens)"
            told = {"code": 400, "message": message, "type": "exceed_context_size_error"}
            return {"error": told | {"n_prompt_tokens": size, "n_ctx": window}}


def read_when_cut(window: int) -> int:
    """Tokens that Ollama reads of a prompt that is too large: half of the window, and two."""
    return window // 2 + 2
