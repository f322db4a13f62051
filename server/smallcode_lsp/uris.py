"""File URIs and paths, both ways.

Editors spell one file in several ways: quoted or not, with ``localhost`` or without, with either case of a
drive letter. ``to_path`` reads them all; ``file_key`` makes one name of them, with links resolved.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
from urllib.parse import quote, unquote_to_bytes

WINDOWS = os.name == "nt"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.*)", re.DOTALL)
_DRIVE = re.compile(r"/?([A-Za-z]):(?=/|$)")


def to_path(uri: str, *, windows: bool = WINDOWS) -> str | None:
    """The absolute path of a file URI (RFC 8089), None for other schemes and for what names no file here.

    ``#`` and ``?`` belong to the name: a document's URI has neither fragment nor query, and some clients
    leave them unquoted. Bytes that are not UTF-8 come back as surrogate escapes, as in the os module.
    """
    parts = _SCHEME.fullmatch(uri)
    if parts is None or parts[1].lower() != "file":
        return None
    host, path = _split_host(parts[2])
    path = unquote_to_bytes(path.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogateescape")
    if not path.startswith("/") or "\0" in host + path:
        return None
    if host.lower() not in ("", "localhost"):
        return ntpath.normpath(f"//{host}{path}") if windows else None
    if not windows:
        return path
    drive = _DRIVE.match(path)
    if drive:
        path = f"{drive[1].upper()}:{path[drive.end() :] or '/'}"
    return path.replace("/", "\\")


def to_real_path(uri: str) -> str | None:
    """The same with links resolved. Looks at the disk; the file need not exist."""
    path = to_path(uri)
    return None if path is None else os.path.realpath(path)


def from_path(path: str, *, windows: bool = WINDOWS) -> str:
    """The quoted file URI of an absolute path."""
    host = ""
    if windows:
        path = path.replace("\\", "/")
        if path.startswith("//"):
            host, _, path = path[2:].partition("/")
            path = f"/{path}"
        drive = _DRIVE.match(path)
        if drive:
            return f"file:///{drive[1].upper()}:{_quoted(path[drive.end() :])}"
    return f"file://{host}{_quoted(path)}"


def lexical_key(path: str) -> str:
    """One name for the spellings of a path, without a look at the disk."""
    return os.path.normcase(os.path.normpath(path))


def file_key(path: str) -> str:
    """One name for a file, whichever links lead to it. Looks at the disk; the file need not exist."""
    return os.path.normcase(os.path.realpath(path))


def relative_to(path: str, root: str) -> str | None:
    """``path`` below ``root`` with forward slashes, None where it lies elsewhere; both are real paths."""
    inner, outer = os.path.normcase(path), os.path.normcase(root).rstrip(os.sep) + os.sep
    if not inner.startswith(outer):
        return None
    return path[len(outer) :].replace(os.sep, posixpath.sep)


def _split_host(rest: str) -> tuple[str, str]:
    if not rest.startswith("//"):
        return "", rest
    host, slash, path = rest[2:].partition("/")
    return host, slash + path


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")
