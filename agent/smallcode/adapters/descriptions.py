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
    the chat template, in Jinja but for Ollama's; ``version`` the server's; ``file`` the model's. ``largest``
    is the window that the model was made for, ``slots`` how many requests are answered at once, ``native``
    whether Ollama's own API is there, ``vision`` whether the model can be shown pictures."""

    window: int | None = None
    native_tools: bool | None = None
    template: str = ""
    version: str = ""
    file: str = ""
    largest: int | None = None
    slots: int | None = None
    native: bool = False
    vision: bool | None = None


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
    slots = positive(properties.get("total_slots"))
    modalities = properties.get("modalities")
    vision = modalities.get("vision") is True if isinstance(modalities, Mapping) else None
    return Description(window, native_tools, template, version, file, slots=slots, vision=vision)


async def _ollama(transport: Transport, root: str, model: str, window: int | None) -> Description:
    """/api/show tells what the model can do, /api/ps the window of one that is loaded."""
    shown, loaded, version = await asyncio.gather(
        _asked(transport, f"{root}/api/show", {"model": model}),
        ollama_window(transport, root, model),
        _asked(transport, f"{root}/api/version"),
    )
    abilities = shown.get("capabilities")
    listed = abilities if isinstance(abilities, list) and abilities else None
    native_tools = "tools" in listed if listed else None
    details = shown.get("model_info")
    sizes = details.items() if isinstance(details, Mapping) else ()
    largest = next((positive(size) for name, size in sizes if str(name).endswith(".context_length")), None)
    template, told = _text(shown, "template"), _text(version, "version")
    return Description(
        loaded or window,
        native_tools,
        template,
        told,
        largest=largest,
        native=isinstance(abilities, list),
        vision="vision" in listed if listed else None,
    )


async def ollama_window(transport: Transport, root: str, model: str) -> int | None:
    """The window in force of a model that is loaded, else None. Raises Fault only where the server is still
    loading."""
    loaded = (await _asked(transport, f"{root}/api/ps")).get("models")
    for entry in loaded if isinstance(loaded, list) else ():
        if isinstance(entry, Mapping) and entry.get("name") in {model, f"{model}:latest"}:
            return positive(entry.get("context_length"))
    return None


async def _lm_studio(transport: Transport, root: str, model: str, window: int | None) -> Description:
    """The window of a model that is loaded: since version 0.4 in a list of its own, with the instances of
    each model, else in the older list. That a model was not trained for tools is no reason against them: LM
    Studio has a form of its own for such."""
    models = (await _asked(transport, f"{root}/api/v1/models")).get("models")
    for entry in models if isinstance(models, list) else ():
        if isinstance(entry, Mapping) and (described := _lm_studio_entry(entry, model, window)):
            return described
    listed = (await _asked(transport, f"{root}/api/v0/models")).get("data")
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping) and entry.get("id") == model:
            abilities = entry.get("capabilities")
            trained = isinstance(abilities, list) and "tool_use" in abilities
            largest = positive(entry.get("max_context_length"))
            told = positive(entry.get("loaded_context_length")) or window
            vision = entry["type"] == "vlm" if isinstance(entry.get("type"), str) else None
            return Description(told, trained or None, largest=largest, vision=vision)
    return Description(window)


def _lm_studio_entry(entry: Mapping[str, Any], model: str, window: int | None) -> Description | None:
    """Of the newer list; None where it is another model's. A request names the model or one of its loaded
    instances; of several the smallest counts where it names none of them."""
    instances = entry.get("loaded_instances")
    loaded = [one for one in instances if isinstance(one, Mapping)] if isinstance(instances, list) else []
    named = [one for one in loaded if one.get("id") == model]
    if entry.get("key") != model and not named:
        return None
    configs = [one.get("config") for one in named or loaded]
    sizes = [positive(config.get("context_length")) for config in configs if isinstance(config, Mapping)]
    window = min((size for size in sizes if size is not None), default=window)
    abilities = entry.get("capabilities")
    known: Mapping[str, Any] = abilities if isinstance(abilities, Mapping) else {}
    trained = known.get("trained_for_tool_use") is True
    vision = known["vision"] is True if "vision" in known else None
    largest = positive(entry.get("max_context_length"))
    return Description(window, trained or None, largest=largest, vision=vision)


def _text(answer: Mapping[str, Any], key: str) -> str:
    value = answer.get(key)
    return value if isinstance(value, str) else ""
