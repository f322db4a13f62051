"""The dialects by name: one file for each form, one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .deepseek import DEEPSEEK
from .fenced import FENCED
from .gemma_tokens import FUNCTION_GEMMA, GEMMA_4
from .glm import GLM
from .hermes import HERMES
from .json_lists import COMMAND_R, GRANITE, MISTRAL, PHI
from .llama3 import LLAMA3
from .python_calls import GEMMA, LFM2, PYTHONIC
from .qwen_coder import QWEN_CODER
from .words import Dialect

ALL: tuple[Dialect, ...] = (
    FENCED,
    HERMES,
    QWEN_CODER,
    LLAMA3,
    PYTHONIC,
    MISTRAL,
    GEMMA,
    FUNCTION_GEMMA,
    GEMMA_4,
    DEEPSEEK,
    GLM,
    GRANITE,
    PHI,
    LFM2,
    COMMAND_R,
)

DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.name: dialect for dialect in ALL})
