"""The families of models that ship as data: read once, checked when they are read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..core.profile import Family, Profile, ThinkingSwitch
from ..core.rendering import DIALECTS
from ..errors import SettingsError

SUFFIX = ".toml"

# Request fields of sampling, as llama.cpp names them.
SAMPLING = frozenset({"temperature", "top_p", "top_k", "min_p", "presence_penalty", "repeat_penalty"})


class _File(BaseModel):
    """One file; the fields are those of ``Profile`` and ``Family``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    family: str = Field(pattern=r"^[a-z0-9.-]+$")
    names: list[str] = []
    markers: list[str] = []
    tools: str = Field("native", pattern="^(native|text)$")
    dialect: str = "hermes"
    thinks: bool = False
    switches: list[ThinkingSwitch] = []
    keep_thoughts: str = Field("never", pattern="^(never|turn)$")
    whole_file_lines: int = Field(0, ge=0)
    system_role: bool = True
    alternates: bool = False
    vision: bool = False
    sampling: dict[str, float] = {}

    @field_validator("names")
    @classmethod
    def _compile(cls, names: list[str]) -> list[str]:
        for name in names:
            try:
                re.compile(name)
            except re.error as error:
                raise ValueError(f"{name!r} is no regular expression: {error}") from error
        return names

    @field_validator("dialect")
    @classmethod
    def _known_dialect(cls, dialect: str) -> str:
        if dialect not in DIALECTS:
            raise ValueError(f"there is no dialect {dialect!r}; known are {', '.join(DIALECTS)}")
        return dialect

    @field_validator("sampling")
    @classmethod
    def _known_sampling(cls, sampling: dict[str, float]) -> dict[str, float]:
        if unknown := sampling.keys() - SAMPLING:
            raise ValueError(
                f"unknown: {', '.join(sorted(unknown))}; known are {', '.join(sorted(SAMPLING))}"
            )
        return sampling


def read_family(text: str, source: str) -> Family:
    """Raises SettingsError that names the source for what is no profile."""
    try:
        file = _File.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError(f"The profile {source} cannot be used: {_why(error)}.") from error
    values: dict[str, Any] = file.model_dump(exclude={"names", "markers"})
    values["switches"] = tuple(file.switches)
    return Family(Profile(**values), tuple(file.names), tuple(file.markers))


def _why(error: tomllib.TOMLDecodeError | ValidationError) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return str(error)
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


@cache
def load_families() -> tuple[Family, ...]:
    """All families that ship, by name. Raises SettingsError for a file that cannot be used."""
    folder = files("smallcode") / "profiles"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(SUFFIX)), key=lambda e: e.name)
    return tuple(read_family(entry.read_text(encoding="utf-8"), entry.name) for entry in found)
