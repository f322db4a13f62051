"""What is known of a family of models: how it calls tools, thinks, samples and edits.

The values stand in data files, one for each family; this is their shape. A profile says what a model can do
and wants, never what a server can: that is found out by asking it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ThinkingSwitch = Literal[
    "enable_thinking", "thinking", "reasoning_effort", "budget_tokens", "no_think", "none"
]
"""How thinking is turned off or bounded: ``chat_template_kwargs`` with a key of that name, the request's
``reasoning_effort``, ``thinking.budget_tokens``, or the word ``/no_think`` in the newest message."""

KeepThoughts = Literal["never", "turn"]
"""Whether what the model thought goes back to it: never, or within the turn in which it thought so."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One family. ``switches`` are tried in order until one is seen to work.

    ``tools`` is "native" where servers parse the family's calls, "text" where schemas are better rendered
    into the prompt; ``dialect`` names the form for that, also used where the server has no native tools.
    ``sampling`` are request fields with their values. ``whole_file_lines`` is up to which length a file is
    rather rewritten than patched, 0 for never.
    """

    family: str
    tools: Literal["native", "text"] = "native"
    dialect: str = "hermes"
    thinks: bool = False
    switches: tuple[ThinkingSwitch, ...] = ()
    keep_thoughts: KeepThoughts = "never"
    sampling: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    whole_file_lines: int = 0


GENERIC = Profile("generic")
