"""What a single setting may hold, and how a wrong one is explained."""

from __future__ import annotations

import difflib
import functools
import ipaddress
import math
import re
import stat
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from ..errors import SettingsError
from ..features import check_disabled
from ..settings import Settings

NAMES = tuple(Settings.model_fields)

# No one writes a megabyte of settings by hand; a larger file is something else.
MAX_FILE_BYTES = 1_000_000

ADDRESS_FORM = "an http:// or https:// address such as http://127.0.0.1:8080/v1"


class Unusable(ValueError):
    """A value that a setting cannot take; the text names the setting, the problem and the valid form."""


@dataclass(frozen=True, slots=True)
class Server:
    """Whom a key belongs to. ``host`` is lower case, "localhost" for every loopback name."""

    host: str
    secure: bool


LOCAL = Server("localhost", False)


def server_of(address: str) -> Server:
    """The server behind a URL or a bare host with or without port. Raises ValueError for anything else."""
    parts = urlsplit(address if "://" in address else f"http://{address}")
    host, _ = (parts.hostname or "").lower().rstrip("."), parts.port
    if not host or parts.scheme not in ("http", "https") or re.search(r"[\s\\]", address):
        raise ValueError(f"{address!r} is not {ADDRESS_FORM}")
    return Server("localhost" if _is_loopback(host) else host, parts.scheme == "https")


def without_credentials(address: str) -> str:
    return re.sub(r"//[^/@\s]*@", "//", address)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def usable(name: str, value: object) -> object:
    """The value as ``Settings`` holds it. Raises Unusable."""
    shown = "" if name == "api_key" else f" = {short(value)}"
    problem = _problem(name, value)
    if problem:
        raise Unusable(f"{name}{shown} cannot be used: {problem}. Give {valid_form(name)}.")
    return getattr(Settings.model_validate({name: value}), name)


def _problem(name: str, value: object) -> str:
    schema = _schema(name)
    if isinstance(value, bool) and schema.get("type") != "boolean":
        return "true and false are for switches"
    if name == "base_url" and isinstance(value, str):
        try:
            server_of(value)
        except ValueError:
            return "it is not an address"
    try:
        checked = getattr(Settings.model_validate({name: value}), name)
    except ValidationError as error:
        message = error.errors(include_input=False, include_url=False)[0]["msg"]
        return message[0].lower() + message[1:]
    if isinstance(checked, float) and not math.isfinite(checked):
        return "it is not a finite number"
    if name == "disable":
        return _unknown_feature(checked)
    if name == "profile" and isinstance(checked, str):
        return _unknown_profile(checked)
    return ""


def _unknown_feature(names: Sequence[str]) -> str:
    try:
        check_disabled(names)
    except SettingsError as error:
        return f"{error.message} {error.remedy}".rstrip(".")
    return ""


def _unknown_profile(name: str) -> str:
    from .profiles import load_families  # noqa: PLC0415 - few name a profile, and every start reads settings

    known = [family.profile.family for family in load_families()]
    return "" if name in known else f"it is none of {', '.join(known)}"


def valid_form(name: str) -> str:
    """What a setting takes, in words, from its schema."""
    if name == "base_url":
        return ADDRESS_FORM
    schema = _schema(name)
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    words = {
        "boolean": "true or false",
        "integer": "a whole number",
        "number": "a number",
        "array": "a list of names",
    }
    bounds = [
        f"{word} {schema[key]:g}"
        for key, word in (("minimum", "at least"), ("exclusiveMinimum", "above"), ("maximum", "at most"))
        if key in schema
    ]
    return ", ".join([words.get(schema["type"], "a text"), *bounds])


def did_you_mean(name: str, *, prefix: str = "", cutoff: float = 0.6) -> str:
    """A sentence with a leading blank, or nothing where no setting resembles the name."""
    near = difflib.get_close_matches(name.lower(), NAMES, n=1, cutoff=cutoff)
    if not near:
        return ""
    return f" Did you mean {prefix}{near[0].upper() if prefix else near[0]}?"


def read_toml(path: Path, source: str, warnings: list[str]) -> dict[str, Any]:
    """The document, or an empty one: silently where there is no file, else with a warning."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_FILE_BYTES:
            warnings.append(
                f"{source}: not a settings file (a folder, a device or too large); it is ignored."
            )
            return {}
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        warnings.append(f"{source}: cannot be read ({error.strerror}); it is ignored.")
        return {}
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        warnings.append(f"{source}, line {line}: not UTF-8; the file is ignored. Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        line = _error_line(error, data)
        warnings.append(f"{source}, line {line}: invalid TOML: {error}; the file is ignored.")
    return {}


def _error_line(error: tomllib.TOMLDecodeError, data: bytes) -> int:
    """The line stands only in the message before Python 3.14; without one it is the end of the file."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else data.count(b"\n") + 1


@functools.cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = Settings.model_json_schema()["properties"][name]
    return next((part for part in schema.get("anyOf", ()) if part.get("type") != "null"), schema)


def short(value: object) -> str:
    """One line for people, without control characters and without the credentials of a URL."""
    text = without_credentials(repr(value))
    return text if len(text) <= 60 else f"{text[:59]}…"
