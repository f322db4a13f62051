"""What can be switched off by name, so that it can be measured what each feature is worth.

These help the model. What protects the user (permissions, containment, the write guard) is not among them.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection

from .core import (
    clarify,
    escapes,
    file_list,
    fragment,
    mentions,
    merging,
    placeholders,
    plan,
    recent,
    threeway,
)
from .core.graph import repomap
from .core.patch import LENIENT
from .core.reply import SWITCHABLE as CORRECTIONS
from .core.toolcalls import REPAIRS
from .ecosystems import FEATURE as BOOTSTRAP
from .errors import SettingsError
from .governors import SWITCHABLE

CALLS_IN_TEXT = "calls in text"
PARALLEL_READS = "parallel reads"
TOOL_ALIASES = "tool aliases"
ROUTER = "router"

EDITS = (
    placeholders.FEATURE,
    fragment.FEATURE,
    threeway.FEATURE,
    merging.FEATURE,
    file_list.FEATURE,
    escapes.FEATURE,
)

CODE_GRAPH = "code graph"
# What is found out or asked before the model is.
BEFORE = (clarify.FEATURE, mentions.FEATURE, recent.FEATURE, BOOTSTRAP, repomap.FEATURE)

# Looking at a file after each change: all of it, or one of those who look.
VALIDATION = "validation"
CHECKERS = "validation by checkers"
GRAMMARS = "validation by grammars"
EDITOR_DIAGNOSTICS = "validation by the editor"
VALIDATIONS = (VALIDATION, CHECKERS, GRAMMARS, EDITOR_DIAGNOSTICS)


def switchable() -> tuple[str, ...]:
    """The names that the setting ``disable`` takes."""
    governors = (governor.name for governor in SWITCHABLE)
    tiers = (tier.how for tier in LENIENT)
    return (
        *governors,
        *tiers,
        CALLS_IN_TEXT,
        TOOL_ALIASES,
        ROUTER,
        *EDITS,
        plan.FEATURE,
        PARALLEL_READS,
        *BEFORE,
        *VALIDATIONS,
        CODE_GRAPH,
        *REPAIRS,
        *CORRECTIONS,
    )


def check_disabled(disable: Collection[str]) -> None:
    """Raises SettingsError for a name that is no feature's: an ablation of nothing would look like proof."""
    known = switchable()
    for name in disable:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            guess = f"Did you mean {near[0]}? " if near else ""
            raise SettingsError(
                f"disable names {name!r}, which is no feature that can be switched off.",
                f"{guess}There are: {', '.join(known)}.",
            )
