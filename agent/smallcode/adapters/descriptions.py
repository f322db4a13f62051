"""What servers tell of themselves and of a model, each in its own way. One that hides it is no fault."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .model_errors import Fault, Retry, positive
from .transport import Transport


@dataclass(frozen=True, slots=True)
class Description:
    """None and "" stand for what was not told. ``window`` is what one request gets, in tokens; ``template``
    the chat template, in Jinja but for Ollama's; ``version`` the server's; ``file`` the model's."""

    window: int | None = None
    native_tools: bool | None = None
    template: str = ""
    version: str = ""
    file: str = ""


async def describe(
    server: str, transport: Transport, root: str, model: str, window: int | None
) -> Description:
    """``window`` is what the list of models told. Raises Fault only where the server is still loading."""
    if server == "llama.cpp":
        return await _llama(transport, root, window)
    if server == "ollama":
        return await _ollama(transport, root, model, window)
    if server == "lmstudio":
        return await _lm_studio(transport, root, model, window)
    if server == "vllm":
        return Description(window, version=_text(await _asked(transport, f"{root}/version"), "version"))
    return Description(window)


async def _asked(transport: Transport, url: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """The answer, or an empty one."""
    try:
        return await transport.post(url, body) if body is not None else (await transport.get(url))[0]
    except Fault as fault:
        if fault.retry is Retry.LOADING:
            raise
        return {}


async def _llama(transport: Transport, root: str, window: int | None) -> Description:
    """n_ctx is that of one slot; the chat template's abilities were tried out by the server itself."""
    properties = await _asked(transport, f"{root}/props")
    defaults = properties.get("default_generation_settings")
    if isinstance(defaults, Mapping):
        window = positive(defaults.get("n_ctx")) or window
    caps = properties.get("chat_template_caps")
    native_tools = None
    if isinstance(caps, Mapping) and "supports_tools" in caps:
        native_tools = bool(caps["supports_tools"])
    file = _text(properties, "model_path").replace("\\", "/").rsplit("/", 1)[-1]
    template, version = _text(properties, "chat_template"), _text(properties, "build_info")
    return Description(window, native_tools, template, version, file)


async def _ollama(transport: Transport, root: str, model: str, window: int | None) -> Description:
    """/api/show tells what the model can do, /api/ps the window of one that is loaded."""
    shown, running, version = await asyncio.gather(
        _asked(transport, f"{root}/api/show", {"model": model}),
        _asked(transport, f"{root}/api/ps"),
        _asked(transport, f"{root}/api/version"),
    )
    abilities = shown.get("capabilities")
    native_tools = "tools" in abilities if isinstance(abilities, list) and abilities else None
    loaded = running.get("models")
    for entry in loaded if isinstance(loaded, list) else ():
        if isinstance(entry, Mapping) and entry.get("name") in {model, f"{model}:latest"}:
            window = positive(entry.get("context_length")) or window
    return Description(window, native_tools, _text(shown, "template"), _text(version, "version"))


async def _lm_studio(transport: Transport, root: str, model: str, window: int | None) -> Description:
    """The window of a model that is loaded. That a model was not trained for tools is no reason against
    them: LM Studio has a form of its own for such."""
    listed = (await _asked(transport, f"{root}/api/v0/models")).get("data")
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping) and entry.get("id") == model:
            abilities = entry.get("capabilities")
            trained = isinstance(abilities, list) and "tool_use" in abilities
            return Description(positive(entry.get("loaded_context_length")) or window, trained or None)
    return Description(window)


def _text(answer: Mapping[str, Any], key: str) -> str:
    value = answer.get(key)
    return value if isinstance(value, str) else ""
