"""What is known of a family of models: how it calls tools, thinks, samples and edits.

The values stand in data files, one for each family; this is their shape, and how one is chosen. A profile
says what a model can do and wants, never what a server can: that is found out by asking it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ThinkingSwitch = Literal[
    "enable_thinking",
    "thinking",
    "reasoning_effort",
    "effort_none",
    "budget_tokens",
    "thinking_budget_tokens",
    "no_think",
    "none",
]
"""How thinking is turned off or bounded.

- ``enable_thinking``, ``thinking``: ``chat_template_kwargs`` with a key of that name.
- ``reasoning_effort``: "low", "medium" or "high", for models that cannot stop thinking altogether.
- ``effort_none``: ``reasoning_effort: "none"``.
- ``budget_tokens``: the object ``thinking`` with ``type`` and ``budget_tokens``.
- ``thinking_budget_tokens``: llama.cpp's own field; 0 ends the thoughts as they begin.
- ``no_think``: the word ``/no_think`` at the end of what the user says.
- ``none``: there is no way.
"""

KeepThoughts = Literal["never", "turn"]
"""Whether what the model thought goes back to it: never, or within the turn in which it thought so."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One family. ``switches`` are tried in order until one is seen to work.

    ``tools`` is "native" where servers parse the family's calls, "text" where schemas are better rendered
    into the prompt; ``dialect`` names the form for that, also used where the server has no native tools.
    ``thinks`` is whether it does unless it is told otherwise. ``sampling`` are request fields with their
    values, ``temperature`` among them. ``whole_file_lines`` is up to which length a file is rather rewritten
    than patched, 0 for never. ``system_role`` is whether the chat template takes a system message,
    ``alternates`` whether it refuses anything but user and assistant in turns. ``vision``: every model of the
    family sees pictures, where the server does not say.
    """

    family: str
    tools: Literal["native", "text"] = "native"
    dialect: str = "hermes"
    thinks: bool = False
    switches: tuple[ThinkingSwitch, ...] = ()
    keep_thoughts: KeepThoughts = "never"
    sampling: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    whole_file_lines: int = 0
    system_role: bool = True
    alternates: bool = False
    vision: bool = False


GENERIC = Profile("generic")


@dataclass(frozen=True, slots=True)
class Family:
    """A profile with what tells its models: ``names`` are regular expressions, searched in the model's name
    regardless of case; ``markers`` are texts that its chat templates have, all of them."""

    profile: Profile
    names: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()


def choose(
    families: Sequence[Family], names: Sequence[str], template: str = "", wanted: str = ""
) -> tuple[Profile, str]:
    """The profile for a model, and why it is that one. ``names`` are what it is called, the best known first.

    The one that the user ``wanted`` by name comes first, then that whose pattern matches most of the model's
    name, then that whose markers make most of the chat template, then the family "generic", at last
    ``GENERIC``. Raises ValueError where there is no family ``wanted``.
    """
    by_name = {family.profile.family: family for family in families}
    if wanted:
        if wanted not in by_name:
            raise ValueError(f"there is no profile {wanted!r}; known are {', '.join(sorted(by_name))}")
        return by_name[wanted].profile, "the settings name it"
    for name in names:
        score, told = max(
            ((_matched(family, name), family.profile) for family in families),
            key=lambda pair: pair[0],
            default=(0, GENERIC),
        )
        if score:
            return told, f"the model is called {name}"
    score, seen = max(
        ((_marked(family, template), family.profile) for family in families),
        key=lambda pair: pair[0],
        default=(0, GENERIC),
    )
    if score:
        return seen, "the chat template is of this family"
    generic = by_name.get(GENERIC.family)
    why = f"nothing is known of a model called {names[0]}" if names else "the model has no name"
    return (generic.profile if generic else GENERIC), why


def _matched(family: Family, model: str) -> int:
    """The length of the longest match in the model's name."""
    found = (match for name in family.names for match in re.finditer(name, model, re.IGNORECASE))
    return max((len(match.group()) for match in found), default=0)


def _marked(family: Family, template: str) -> int:
    """How much of the template speaks for the family, if all of its markers do: the longer, the more."""
    if not all(marker in template for marker in family.markers):
        return 0
    return sum(map(len, family.markers))


# Variables of chat templates that stand for a switch.
_TEMPLATE_VARIABLES: Mapping[ThinkingSwitch, str] = MappingProxyType(
    {"enable_thinking": "enable_thinking", "thinking": "thinking"}
)


def switches_for(profile: Profile, server: str, template: str) -> tuple[ThinkingSwitch, ...]:
    """The switches worth trying on a server, in order.

    A variable that the server's template does not read cannot work; one that it reads can, whatever the
    profile says. Ollama drops fields it does not know in silence and has a word of its own; llama.cpp can
    end thoughts by its sampler, which needs nothing of the model.
    """
    if profile.family != GENERIC.family and not profile.switches and not profile.thinks:
        return ()
    order = list(profile.switches)
    if server == "ollama":
        order = [one for one in order if one not in _TEMPLATE_VARIABLES]
        if "reasoning_effort" not in order and (profile.switches or profile.thinks):
            order.insert(0, "effort_none")
    elif template:
        order = [one for one in order if one not in _TEMPLATE_VARIABLES or _reads(template, one)]
        if not order and _reads(template, "enable_thinking"):
            order.append("enable_thinking")
    if server == "llama.cpp" and (order or profile.thinks):
        order.append("thinking_budget_tokens")
    return tuple(order)


def _reads(template: str, switch: ThinkingSwitch) -> bool:
    return re.search(rf"(?<![\w.'\"]){_TEMPLATE_VARIABLES[switch]}(?![\w'\"])", template) is not None
