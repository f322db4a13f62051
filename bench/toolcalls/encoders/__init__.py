"""One small file for each group of families; each function prints calls as its family does.

The docstring of an encoder names where its format is public. ``FAMILIES`` is the list.
"""

from __future__ import annotations

from ..values import Family
from . import (
    bare_json,
    by_name,
    function_tags,
    gemma,
    invoke_tags,
    json_arrays,
    named_json,
    pythonic,
    tagged_json,
)

FAMILIES: tuple[Family, ...] = (
    *bare_json.FAMILIES,
    *tagged_json.FAMILIES,
    *json_arrays.FAMILIES,
    *named_json.FAMILIES,
    *function_tags.FAMILIES,
    *invoke_tags.FAMILIES,
    *pythonic.FAMILIES,
    *gemma.FAMILIES,
    *by_name.FAMILIES,
)
