"""The repairs by name, and how a reply is read without some of them.

Every repair is recorded on its call; a call that needed one which is switched off is told as unreadable. A
record is one of these names, where useful with ": " and the detail behind it. The names of tools under an
alias are not among them: those are switched off with the aliases.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from .values import CallProblem, Parsed

RAW_CONTROLS = "raw line breaks or tabs in strings"
ENCODED_TWICE = "arguments encoded as a string"
NULL_ARGUMENTS = "null for no arguments"
EXTRA_BRACKETS = "extra closing brackets"
MISSING_BRACKETS = "missing closing brackets"
NO_END_TAG = "no end tag"
LOOSE_COMMAS = "commas too many or too few"
LOOSE_QUOTES = "quotes other than JSON's"
LOOSE_ESCAPES = "escapes other than JSON's"
LOOSE_LITERALS = "literals other than JSON's"
COMMENTS = "comments in JSON"
INNER_QUOTES = "inner quotes not escaped"
FENCED = "a fence inside the call"
BESIDE_NAME = "arguments not under a key of their own"
NESTED_ARGUMENTS = "arguments one level too deep"
NEAR_TOOL = "tool name by resemblance"
NEAR_PARAMETER = "parameter name by resemblance"
TYPED = "value as the schema's type"
SOLE_ARGUMENT = "a bare value for the sole parameter"
NULL_DROPPED = "null for a parameter left out"

REPAIRS = (
    RAW_CONTROLS,
    ENCODED_TWICE,
    NULL_ARGUMENTS,
    EXTRA_BRACKETS,
    MISSING_BRACKETS,
    NO_END_TAG,
    LOOSE_COMMAS,
    LOOSE_QUOTES,
    LOOSE_ESCAPES,
    LOOSE_LITERALS,
    COMMENTS,
    INNER_QUOTES,
    FENCED,
    BESIDE_NAME,
    NESTED_ARGUMENTS,
    NEAR_TOOL,
    NEAR_PARAMETER,
    TYPED,
    SOLE_ARGUMENT,
    NULL_DROPPED,
)


def stable_name(repair: str) -> str:
    """The name in REPAIRS that a record begins with."""
    return repair.partition(": ")[0]


def without_repairs(parsed: Parsed, disable: Collection[str]) -> Parsed:
    """The same reply as a parser without these repairs would have read it."""
    kept, problems = [], list(parsed.problems)
    for call in parsed.calls:
        needed = [repair for repair in call.repairs if stable_name(repair) in disable]
        if needed:
            said = f"The call of {call.name} could not be read: {', '.join(needed)}."
            problems.append(CallProblem("unreadable", said))
        else:
            kept.append(call)
    return replace(parsed, calls=tuple(kept), problems=tuple(problems))
