"""The dialects that are understood: one file for each family, one entry here."""

from __future__ import annotations

from .families.arg_pairs import UNOPENED_PAIRS
from .families.harmony import HARMONY
from .families.invoke import INVOKE
from .families.json_calls import PLAIN_JSON
from .families.key_values import PLAIN_KEY_VALUES
from .families.named import PLAIN_CODE, PLAIN_NAMED, ROUTED, SEPARATED
from .families.pythonic import PLAIN_PYTHONIC
from .families.react import REACT
from .families.tool_tags import PLAIN_TOOL_TAGS, TOOL_TAGS
from .families.wrapped import WEAKLY_WRAPPED, WRAPPED
from .families.xtml import XTML
from .families.yaml_calls import YAML
from .values import Family, PlainFamily

# Calls that begin with markup of their own. Where two openers match at one place, the first that reads wins.
MARKED: tuple[Family, ...] = (
    XTML, INVOKE, WRAPPED, SEPARATED, HARMONY, ROUTED, UNOPENED_PAIRS, WEAKLY_WRAPPED, TOOL_TAGS,
)  # fmt: skip

# Those of them whose markup may as well be something else.
WEAK: tuple[Family, ...] = (TOOL_TAGS,)

# Calls that look like other text; the first that reads wins.
PLAIN: tuple[PlainFamily, ...] = (
    PLAIN_JSON, PLAIN_KEY_VALUES, REACT, YAML, PLAIN_TOOL_TAGS, PLAIN_NAMED, PLAIN_PYTHONIC, PLAIN_CODE,
)  # fmt: skip
