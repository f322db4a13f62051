"""What stands behind an address: where its API begins, which models it has, how large their window is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

from ..core.profile import GENERIC, Profile, choose
from ..errors import BadReply, ModelRefused, ModelUnreachable, SettingsError
from ..settings import LOCAL_ENDPOINTS, Settings
from .descriptions import Description, describe
from .model_errors import Fault, Retry, positive
from .profiles import load_families
from .transport import Address, Transport, parse_address

# Seconds that a probe of this machine's ports may take altogether: whoever listens there answers in
# milliseconds.
PROBE_TIMEOUT = 2.0

_VERSION_AT_END = re.compile(r"/v\d+\w*$")
_NOT_HERE = frozenset({301, 302, 303, 307, 308, 404, 405})
# What servers call themselves as the owner of a model.
_SERVERS = {"llamacpp": "llama.cpp", "vllm": "vllm", "library": "ollama", "organization_owner": "lmstudio"}
_LOCAL = frozenset({"llama.cpp", "ollama", "lmstudio"})
# Models that Ollama did not get from its own library have other owners.
OLLAMA_PORT = ":11434"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``base`` is the URL that /chat/completions is appended to, ``window`` what one request gets, in
    tokens; ``template`` and ``version`` are "" where the server does not tell them. ``asked_window`` is what
    Ollama is asked for through its own API, whatever its ``window`` was before; None where there is no such
    API. ``slots`` is how many requests
    it is sent at once, None for any number; ``vision`` whether the model sees pictures, None where neither
    the server nor the profile tells."""

    base: str
    server: str
    models: tuple[str, ...]
    model: str
    window: int | None
    native_tools: bool | None
    template: str = ""
    version: str = ""
    profile: Profile = GENERIC
    profile_why: str = ""
    asked_window: int | None = None
    slots: int | None = None
    vision: bool | None = None

    @property
    def root(self) -> str:
        """Where llama.cpp has the endpoints that are not OpenAI's."""
        return _VERSION_AT_END.sub("", self.base)

    def offers(self, model: str) -> bool:
        """Ollama's names carry a tag, and "latest" goes without saying."""
        return not self.models or model in self.models or f"{model}:latest" in self.models


def bases(address: Address) -> tuple[str, ...]:
    """Where the API may begin: as given where that ends in a version, else below /v1 first."""
    if _VERSION_AT_END.search(address.url):
        return (address.url,)
    return (f"{address.url}/v1", address.url)


async def discover(transport: Transport, settings: Settings) -> Endpoint:
    """Raises Fault; where none of the bases has an API, one that tells what each of them answered. Raises
    SettingsError where the settings name a profile that there is not."""
    refused: list[Fault] = []
    for base in bases(transport.address):
        try:
            listing, headers = await transport.get(f"{base}/models")
            return await _describe(transport, base, listing, headers, settings)
        except Fault as fault:
            if not _not_here(fault):
                raise
            refused.append(fault)
    raise _no_api(transport.address.url, refused)


def _not_here(fault: Fault) -> bool:
    if isinstance(fault.error, BadReply):
        return True
    return isinstance(fault.error, ModelRefused) and fault.error.status in _NOT_HERE


def _no_api(url: str, refused: Sequence[Fault]) -> Fault:
    said = " ".join(fault.error.message for fault in refused)
    message = f"There is no OpenAI-compatible API at {url}: {said}"
    remedy = "Set base_url to a model server, such as http://127.0.0.1:8080/v1."
    first = refused[0].error
    if isinstance(first, ModelRefused):
        return Fault(ModelRefused(url, first.status, message, remedy))
    return Fault(BadReply(url, message, remedy))


async def _describe(
    transport: Transport, base: str, listing: Mapping[str, Any], headers: httpx.Headers, settings: Settings
) -> Endpoint:
    entries = _entries(listing)
    if entries is None:
        url = f"{base}/models"
        raise Fault(BadReply(url, f"{url} lists no models.", "Check base_url."))
    models = tuple(str(entry["id"]) for entry in entries)
    model = settings.model or (models[0] if models else "default")
    entry = _entry(entries, model)
    server = _server(transport.address, entry, headers)
    window = positive(entry.get("max_model_len"))
    meta = entry.get("meta")
    if server == "llama.cpp" and isinstance(meta, Mapping):
        window = positive(meta.get("n_ctx"))
    root = _VERSION_AT_END.sub("", base)
    told = await describe(server, transport, root, model, window)
    profile, why = _choose(settings, (model, told.file), told.template)
    asked = window_to_ask(settings, told) if told.native else None
    return Endpoint(
        base,
        server,
        models,
        model,
        told.window,
        told.native_tools,
        told.template,
        told.version,
        profile,
        why,
        asked,
        told.slots or _slots(server, transport.address),
        (profile.vision or None) if told.vision is None else told.vision,
    )


def window_to_ask(settings: Settings, told: Description) -> int:
    """The context to ask Ollama for. It is chosen once, since a model is loaded anew for another one; what it
    is loaded with is kept where that is enough."""
    wanted = settings.context_window or max(settings.ollama_window, told.window or 0)
    return min(wanted, told.largest or wanted)


def _slots(server: str, address: Address) -> int | None:
    """Of one that does not tell. Local servers answer one request after the other, or are so slow at several
    that nothing is won; vLLM and hosted models are made for many."""
    return None if server == "vllm" or not (address.loopback or server in _LOCAL) else 1


def _server(address: Address, entry: Mapping[str, Any], headers: httpx.Headers) -> str:
    if headers.get("server", "").lower().startswith("llama.cpp"):
        return "llama.cpp"
    if address.url.removesuffix("/v1").endswith(OLLAMA_PORT):
        return "ollama"
    return _SERVERS.get(str(entry.get("owned_by")), "openai")


def _choose(settings: Settings, names: Sequence[str], template: str) -> tuple[Profile, str]:
    try:
        return choose(load_families(), names, template, settings.profile or "")
    except ValueError as error:
        raise SettingsError(
            f"profile cannot be used: {error}.", "Leave it unset, or name one of them."
        ) from error


def _entries(listing: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The models that are listed; None where this is no list of models. A null list, as Ollama without
    any model sends it, is an empty one."""
    if "data" not in listing:
        return None
    data = listing["data"] or []
    if not isinstance(data, list):
        return None
    return [entry for entry in data if isinstance(entry, Mapping) and isinstance(entry.get("id"), str)]


def _entry(entries: Sequence[Mapping[str, Any]], model: str) -> Mapping[str, Any]:
    """The entry of the model; of the only one where the name is another, since such a server ignores it."""
    for entry in entries:
        if model == entry["id"] or model in (entry.get("aliases") or ()):
            return entry
    return entries[0] if len(entries) == 1 else {}


async def find_endpoint(
    settings: Settings, endpoints: Sequence[str] = LOCAL_ENDPOINTS, *, timeout: float = PROBE_TIMEOUT
) -> str:
    """The address of the server to use: ``base_url``, or the first of ``endpoints`` that lists its models.

    All are asked at once, each for at most ``timeout`` seconds. A server that is still loading its model
    counts as found. Raises SettingsError for a base_url that is no address, ModelUnreachable where nothing
    is found.
    """
    if settings.base_url is not None:
        return parse_address(settings.base_url).url
    answers = await asyncio.gather(*(_answers(endpoint, settings, timeout) for endpoint in endpoints))
    for endpoint, why_not in zip(endpoints, answers, strict=True):
        if not why_not:
            return endpoint
    tried = ", ".join(f"{endpoint} ({why_not})" for endpoint, why_not in zip(endpoints, answers, strict=True))
    remedy = "Start llama-server, ollama or LM Studio, or set base_url to where your server listens."
    raise ModelUnreachable(
        endpoints[0] if endpoints else "", f"No model server found: tried {tried}.", remedy
    )


async def _answers(endpoint: str, settings: Settings, timeout: float) -> str:
    """ "" where a model server answers, else why it does not count."""
    transport = Transport(parse_address(endpoint), settings)
    try:
        async with asyncio.timeout(timeout):
            listing, _ = await transport.get(f"{endpoint}/models")
    except TimeoutError:
        return "no answer"
    except Fault as fault:
        return _why_not(fault)
    finally:
        with suppress(Fault):
            await transport.aclose()
    return "" if _entries(listing) is not None else "no model server"


def _why_not(fault: Fault) -> str:
    if fault.retry is Retry.LOADING:
        return ""
    if isinstance(fault.error, ModelRefused):
        wants_key = fault.error.status in {401, 403}
        return "asks for a key: set base_url and api_key" if wants_key else f"HTTP {fault.error.status}"
    return "nothing listens" if fault.retry is Retry.RESTART else "no model server"
