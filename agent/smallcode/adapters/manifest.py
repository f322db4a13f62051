"""The records of a turn as lines of a file: one JSON object each, in the order in which they were made."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from ..core.turnlog import FORMAT, Began, Record, Turn

log = logging.getLogger(__name__)

_RECORD: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])


def to_lines(records: Iterable[Record]) -> bytes:
    return b"".join(json.dumps(asdict(record)).encode() + b"\n" for record in records)


def whole_lines(content: bytes) -> bytes:
    """Without the line at the end that a crash has cut off."""
    return content[: content.rfind(b"\n") + 1]


def read_turn(content: bytes, name: str) -> Turn | None:
    """The turn that the lines tell of; None for what is none, such as the file of a turn that was cut off
    before its first record. Lines that cannot be read are logged and passed over: the rest is still worth
    having. ``name`` is for the log."""
    turn: Turn | None = None
    for line in whole_lines(content).splitlines():
        try:
            record = _RECORD.validate_python(json.loads(line))
            if isinstance(record, Began):
                if record.format != FORMAT:
                    log.warning("The turn %s is of another version of SmallCode; it is left alone.", name)
                    return None
                turn = Turn(record)
            elif turn is not None:
                turn.add(record)
        except (ValueError, ValidationError, KeyError, IndexError) as error:
            log.warning("A record of the turn %s cannot be read: %s", name, error)
    return turn
