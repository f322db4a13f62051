"""The repairs by name, and how a reply is read without some of them.

Every repair is recorded on its call; a call that needed one which is switched off is told as unreadable. The
names of tools under an alias are not among them: those are switched off with the aliases.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from .hermes import EXTRA_BRACKETS, NO_END_TAG
from .json_body import ENCODED_TWICE, NULL_ARGUMENTS, RAW_CONTROLS
from .values import Parsed

REPAIRS = (RAW_CONTROLS, ENCODED_TWICE, NULL_ARGUMENTS, EXTRA_BRACKETS, NO_END_TAG)


def without_repairs(parsed: Parsed, disable: Collection[str]) -> Parsed:
    """The same reply as a parser without these repairs would have read it."""
    kept, problems = [], list(parsed.problems)
    for call in parsed.calls:
        needed = [repair for repair in call.repairs if repair in disable]
        if needed:
            problems.append(f"The call of {call.name} could not be read: {', '.join(needed)}.")
        else:
            kept.append(call)
    return replace(parsed, calls=tuple(kept), problems=tuple(problems))
