"""The catalogue of faults: one file for each family, one entry for each fault. Rates stand in `rates.py`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import arguments, behaviour, circling, content, editing, forgetting, formats, outage
from .base import Fault, Moment

FAMILIES = {
    "formats": formats.FAULTS,
    "arguments": arguments.FAULTS,
    "editing": editing.FAULTS,
    "content": content.FAULTS,
    "behaviour": behaviour.FAULTS,
    "forgetting": forgetting.FAULTS,
    "circling": circling.FAULTS,
    "outage": outage.FAULTS,
}
CATALOGUE: Mapping[str, Fault] = MappingProxyType(
    {fault.kind: fault for faults in FAMILIES.values() for fault in faults}
)

__all__ = ["CATALOGUE", "FAMILIES", "Fault", "Moment"]
