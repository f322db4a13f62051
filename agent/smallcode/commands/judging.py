"""What a model server that answers means for the agent, as ``smallcode doctor`` says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..adapters.settings_values import without_credentials
from ..ports import ModelInfo
from ..settings import ASSUMED_WINDOW, SMALLEST_WINDOW

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``remedy`` is what the user can do; empty where nothing is to be done, or where the detail says it."""

    subject: str
    level: Level
    detail: str
    remedy: str = ""


def judge(info: ModelInfo) -> list[Finding]:
    """What a server that answers means for the agent."""
    return [
        Finding("server", "ok", f"{without_credentials(info.address)} ({info.server})"),
        _model(info),
        _window(info),
        Finding("requests", "ok", _requests(info)),
        Finding("counting", "ok", _counting(info)),
        Finding("profile", "ok", f"{info.profile.family}: {info.profile_why}"),
        _tools(info),
        Finding("thinking", "ok", _thinking(info)),
        Finding("forcing", "ok", _forcing(info)),
    ]


def _model(info: ModelInfo) -> Finding:
    if info.models and info.model not in info.models and f"{info.model}:latest" not in info.models:
        offered = ", ".join(info.models[:5])
        remedy = f"Set model to one of: {offered}."
        return Finding("model", "warning", f"{info.model} is not among those the server offers", remedy)
    return Finding("model", "ok", info.model)


def _window(info: ModelInfo) -> Finding:
    who = {"server": "told by the server", "settings": "told by the settings", "assumed": "assumed"}
    detail = f"{info.window:,} tokens, {who[info.window_source]}"
    if info.asked_window is not None:
        detail = _asked(info, info.asked_window)
    if info.window < SMALLEST_WINDOW:
        remedy = "Start the server with a larger window, such as -c 16384 for llama-server."
        return Finding("window", "problem", f"{detail}: too small for a turn", remedy)
    if info.window_source == "assumed":
        remedy = "Set context_window to what the server really gives to one request."
        return Finding("window", "warning", f"{detail}: the server does not tell", remedy)
    if info.window < ASSUMED_WINDOW:
        remedy = "Give the server a larger window, or one slot less (llama-server divides -c by -np)."
        return Finding("window", "warning", f"{detail}: tight for larger files", remedy)
    return Finding("window", "ok", detail)


def _asked(info: ModelInfo, asked: int) -> str:
    """Of a server that is told how large a window is wanted."""
    if info.window_source == "server":
        return f"{info.window:,} tokens in force; {asked:,} are asked for"
    return f"{asked:,} tokens will be asked for; the model is not loaded with that yet"


def _requests(info: ModelInfo) -> str:
    match info.slots:
        case None:
            return "any number at once"
        case 1:
            return "one at a time; sessions take turns"
        case slots:
            return f"{slots} at once, a slot for each session"


def _counting(info: ModelInfo) -> str:
    if info.counting == "server":
        return "prompts near the limit are counted by the server"
    return "prompts are estimated, by what the server counted before"


def _tools(info: ModelInfo) -> Finding:
    form = f"described in the prompt, in the form {info.profile.dialect}"
    if info.native_tools is False and info.profile.tools == "native":
        remedy = (
            "For native ones choose a model whose chat template knows tools (llama-server: with --jinja)."
        )
        return Finding("tools", "warning", f"the chat template has none; {form}", remedy)
    if info.tools_as_text:
        return Finding("tools", "ok", form)
    if info.native_tools is None:
        return Finding("tools", "ok", "native; the server does not tell whether it has them")
    return Finding("tools", "ok", "native")


def _thinking(info: ModelInfo) -> str:
    """What the model does by itself, and how it is told otherwise."""
    by_itself = "thinks by itself" if info.profile.thinks else "does not think by itself"
    if info.thinking_switch == "none":
        return f"{by_itself}; no switch is known"
    return f"{by_itself}; switch: {info.thinking_switch}"


def _forcing(info: ModelInfo) -> str:
    """The ways of forcing a call that were found to work, and those that are tried when they are needed."""
    names = {"required": "tool_choice", "shaped": "a grammar or schema"}
    works = [names[one] for one in info.constraints if one in names and one not in info.untried]
    untried = [names[one] for one in info.untried]
    said = [f"by {' and '.join(works)}"] if works else []
    said += [f"not tried yet: {', '.join(untried)}"] if untried else []
    return "; ".join(said) or "the server has no way to force a call"
