"""Faults of the JSON itself; the calls stay what they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Any

from ..json_text import JsonForm
from ..values import Call, Family, Mutated
from .base import Apply, contain, is_json, mutator, on_style, strings, write

PYTHON_LITERALS = ("True", "False", "None")


def _form(**fault: Any) -> Apply:
    return on_style(form=JsonForm(**fault))


def _comments(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    comment = chance.choice(("// as asked", "# the file", "/* see above */"))
    return on_style(form=JsonForm(indent=2, comment=comment))(family, calls, chance)


def _smart_quotes(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    if contain(calls, "“", "”", "„"):
        return None
    return _form(quotes=("“", "”"))(family, calls, chance)


def _inner_quotes(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """Only where a reader can tell: no inner quote beside what could be the JSON's own punctuation."""
    for text in (text for call in calls for text in strings(call.arguments)):
        if re.search(r'"\s*[,:}\]\n]|[,:{\[\n]\s*"|^"|"$|\\', text):
            return None
    return _form(inner_quotes=True)(family, calls, chance)


def _invalid_escapes(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """Single backslashes, where none of them makes an escape that JSON knows."""
    for text in (text for call in calls for text in strings(call.arguments)):
        if re.search(r'\\(["\\/bfnrtu]|$)', text):
            return None
    return _form(invalid_escapes=True)(family, calls, chance)


def _python_literals(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    return _form(literals=PYTHON_LITERALS)(family, calls, chance)


def _raw_newlines(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    return _form(raw_newlines=True)(family, calls, chance)


def _missing_brace(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """The last brace or bracket of the JSON; what follows it stays."""
    return on_style(drop=1)(family, calls, chance) if len(calls) == 1 else None


def _double_encoded(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    return on_style(as_string=2)(family, calls, chance)


def _other_key(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """``parameters`` for ``arguments`` and the other way round; ``args`` and ``input`` are seen, too."""
    seed = chance.getrandbits(32)
    key = chance.choice(("parameters", "parameters", "arguments", "args", "input"))
    return Mutated(write(family, calls, seed, arguments_key=key), write(family, calls, seed), tuple(calls))


def _has_literals(family: Family) -> bool:
    return family.syntax in ("json", "python")


MUTATORS = (
    mutator("trailing comma", is_json, _form(trailing_comma=True)),
    mutator("single quotes", is_json, _form(quotes=("'", "'"))),
    mutator("smart quotes", is_json, _smart_quotes),
    mutator("unquoted keys", is_json, _form(bare_keys=True)),
    mutator("raw newlines", _has_literals, _raw_newlines),
    mutator("unescaped quotes", is_json, _inner_quotes),
    mutator("single backslashes", is_json, _invalid_escapes),
    mutator("other language's literals", _has_literals, _python_literals),
    mutator("comments", is_json, _comments),
    mutator("extra brace", is_json, on_style(after="}")),
    mutator("missing brace", is_json, _missing_brace),
    mutator("arguments as string", is_json, on_style(as_string=1)),
    mutator("double encoding", is_json, _double_encoded),
    mutator("other key for arguments", is_json, _other_key),
)
