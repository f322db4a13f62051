"""What was found out about a server and its model, kept from one start to the next."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .calibration import Calibration

FORMAT = 1

# Servers, each with a model and a version, that are remembered: the newest.
MOST_SERVERS = 50
# A change of a ratio below this is noise.
WORTH_KEEPING = 0.005

# The file holds some hundred bytes for each of them; a larger one is something else.
MAX_FILE_BYTES = 256 * 1024


@dataclass(slots=True)
class Learned:
    """About one model of one version of one server.

    ``refused`` are request fields that it takes under no name it was offered. ``useless`` are thinking
    switches that changed nothing. ``text_tools`` is whether it refuses tools; that is not written down,
    because a restart with another option changes it and asking costs one refusal. ``required`` is whether
    ``tool_choice: "required"`` forces a call, ``shape`` the way that forces the shape of the reply, "" where
    there is none; both are None until they were tried. ``calibration`` is how its tokens compare with those
    of our own vocabulary.
    """

    refused: set[str] = field(default_factory=set)
    useless: set[str] = field(default_factory=set)
    text_tools: bool = False
    required: bool | None = None
    shape: str | None = None
    calibration: Calibration = field(default_factory=Calibration)
    _kept: tuple[float, float] = (1.0, 1.0)

    def calibration_changed(self) -> bool:
        """Whether it has since it was last written down, by more than is worth writing for."""
        return any(
            abs(now / kept - 1) > WORTH_KEEPING for now, kept in zip(self._ratios, self._kept, strict=True)
        )

    @property
    def _ratios(self) -> tuple[float, float]:
        return self.calibration.scale, self.calibration.growth

    def to_json(self) -> dict[str, Any]:
        self._kept = self._ratios
        return {
            "refused": sorted(self.refused),
            "useless": sorted(self.useless),
            "required": self.required,
            "shape": self.shape,
            "calibration": self.calibration.to_json(),
        }


class Memory:
    """``path`` is the file, None to forget everything at the end. A file that cannot be read counts as empty
    and is written anew; one that cannot be written is left as it is."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._known: dict[str, Learned] = {}

    async def recall(self, key: str) -> Learned:
        """The same object for the same key, so that all who use it learn together."""
        if key not in self._known:
            stored = await asyncio.to_thread(self._read)
            self._known.setdefault(key, _learned(stored.get(key)))
        return self._known[key]

    async def keep(self, key: str) -> None:
        """Write what is known under the key; others' entries stay."""
        if self._path is not None and key in self._known:
            await asyncio.to_thread(self._write, key, self._known[key].to_json())

    def _read(self) -> dict[str, Any]:
        try:
            if self._path is None or self._path.stat().st_size > MAX_FILE_BYTES:
                return {}
            stored = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(stored, dict) or stored.get("format") != FORMAT:
            return {}
        servers = stored.get("servers")
        return servers if isinstance(servers, dict) else {}

    def _write(self, key: str, entry: Mapping[str, Any]) -> None:
        assert self._path is not None, "keep() has looked"
        servers = self._read()
        servers.pop(key, None)
        servers[key] = entry
        newest = dict(list(servers.items())[-MOST_SERVERS:])
        data = json.dumps({"format": FORMAT, "servers": newest}, indent=1, ensure_ascii=False)
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self._path, data.encode("utf-8", "replace"))


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file and rename, so that no reader sees half of it. Readable by the user alone."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _learned(entry: object) -> Learned:
    """Values of another kind than expected count as not known."""
    if not isinstance(entry, Mapping):
        return Learned()
    required, shape = entry.get("required"), entry.get("shape")
    calibration = Calibration.from_json(entry.get("calibration"))
    return Learned(
        _texts(entry.get("refused")),
        _texts(entry.get("useless")),
        required=required if isinstance(required, bool) else None,
        shape=shape if isinstance(shape, str) else None,
        calibration=calibration,
        _kept=(calibration.scale, calibration.growth),
    )


def _texts(value: object) -> set[str]:
    return {item for item in value if isinstance(item, str)} if isinstance(value, list) else set()
