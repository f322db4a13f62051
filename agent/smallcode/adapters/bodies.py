"""A request as the server at hand and its model want it: tools, thoughts, sampling and constraint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..core.profile import ThinkingSwitch, switches_for
from ..core.rendering import DIALECTS, as_text, in_turns, without_system_role
from ..messages import Message
from ..ports import ModelRequest
from ..settings import Settings
from .constraints import ALONE, required_fields, shape_fields
from .discovery import Endpoint
from .learned import Learned
from .thinking import FIELDS, thinking_fields, wanted, with_no_think
from .wire import Capabilities, messages_to_wire

# Where neither the user, nor the request, nor the profile says one.
DEFAULT_TEMPERATURE = 0.2

# The chosen strength of a constraint: none, tool_choice, or one of constraints.SHAPES.
FREE, REQUIRED = "free", "required"

# Names of sampling fields that servers have of their own.
_RENAMED: Mapping[str, Mapping[str, str]] = {"vllm": {"repeat_penalty": "repetition_penalty"}}


@dataclass(frozen=True, slots=True)
class Body:
    """``fields`` are what is sent. ``switch`` is what is to keep the model from thinking in this request,
    "none" where it may think."""

    fields: Mapping[str, Any]
    switch: ThinkingSwitch = "none"


class Composer:
    """Makes the bodies for one endpoint, by what is known and learned of it."""

    def __init__(self, endpoint: Endpoint, settings: Settings, learned: Learned) -> None:
        self.endpoint, self._settings, self.learned = endpoint, settings, learned
        self.capabilities = Capabilities(learned.refused)

    @property
    def tools_as_text(self) -> bool:
        """Whether the tools stand in the prompt's text instead of in the request."""
        by_server = self.endpoint.native_tools is False or self.learned.text_tools
        return by_server or self.endpoint.profile.tools == "text"

    @property
    def switch(self) -> ThinkingSwitch:
        """The first thinking switch that was neither refused nor seen to be useless."""
        profile, learned = self.endpoint.profile, self.learned
        for switch in switches_for(profile, self.endpoint.server, self.endpoint.template):
            if switch not in learned.useless and self.capabilities.takes(FIELDS.get(switch, "")):
                return switch
        return "none"

    def body(self, request: ModelRequest, force: str = FREE) -> Body:
        """``force`` is FREE, REQUIRED or a shape. Raises ValueError as messages_to_wire does."""
        endpoint = self.endpoint
        fields = self.prompt(request, force)
        fields |= {"stream": True, "stream_options": {"include_usage": True}}
        if endpoint.server == "llama.cpp":
            fields["return_progress"] = True
        fields |= self._sampling(request)
        if request.max_tokens is not None:
            fields["max_tokens"] = request.max_tokens
        thinking = wanted(request, self._settings, endpoint.profile)
        fields |= thinking_fields(thinking, self.switch, endpoint.profile, endpoint.server)
        fields |= self._force(request, force, native="tools" in fields)
        off = thinking is not None and not thinking.enabled
        return Body(self.capabilities.fit(fields), self.switch if off else "none")

    def prompt(self, request: ModelRequest, force: str = FREE) -> dict[str, Any]:
        """The part of a request that the prompt is rendered from. An empty ``tools`` is left out: servers
        refuse it."""
        endpoint, profile = self.endpoint, self.endpoint.profile
        thinking = wanted(request, self._settings, profile)
        in_text = self.tools_as_text or force.startswith(ALONE)
        messages = list(request.messages)
        if thinking is not None and not thinking.enabled and self.switch == "no_think":
            messages = with_no_think(messages)
        if in_text:
            messages = as_text(messages, request.tools, DIALECTS[profile.dialect])
        messages = self._strict(messages)
        thoughts = self._thoughts_name() if profile.keep_thoughts == "turn" else ""
        fields: dict[str, Any] = {
            "model": endpoint.model,
            "messages": messages_to_wire(messages, thoughts),
        }
        if request.tools and not in_text:
            fields["tools"] = list(request.tools)
        told = thinking_fields(thinking, self.switch, profile, endpoint.server)
        if "chat_template_kwargs" in told:
            fields["chat_template_kwargs"] = told["chat_template_kwargs"]
        return self.capabilities.fit(fields)

    def _strict(self, messages: list[Message]) -> list[Message]:
        profile, template = self.endpoint.profile, self.endpoint.template
        if not profile.system_role or "System role not supported" in template:
            messages = without_system_role(messages)
        return in_turns(messages) if profile.alternates else messages

    def _thoughts_name(self) -> Literal["reasoning", "reasoning_content"]:
        """llama.cpp, LM Studio and DeepSeek's API read the second, Ollama and newer vLLM the first."""
        return "reasoning" if self.endpoint.server in {"ollama", "vllm"} else "reasoning_content"

    def _sampling(self, request: ModelRequest) -> dict[str, float]:
        sampling = {**self.endpoint.profile.sampling, **request.sampling}
        for asked in (self._settings.temperature, request.temperature):
            if asked is not None:
                sampling["temperature"] = asked
        sampling.setdefault("temperature", DEFAULT_TEMPERATURE)
        names = _RENAMED.get(self.endpoint.server, {})
        return {
            names.get(name, name): int(value) if name == "top_k" else value
            for name, value in sampling.items()
        }

    def _force(self, request: ModelRequest, force: str, *, native: bool) -> dict[str, Any]:
        if force == FREE or not request.tools:
            return {}
        if force == REQUIRED:
            return required_fields() if native else {}
        return shape_fields(force, request.tools, native=native)
