"""What the facts that are kept depend on, beside the files."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from ...languages import ALL
from .extract import grammar_of, wheel_of

PACKAGE = Path(__file__).resolve().parents[2]

# Whatever in these is other may read the same file otherwise.
_SOURCES = ("core/graph", "adapters/graph", "languages")


def extraction_version() -> str:
    """Another one for other code of the graph and for other grammars. Blocks for some milliseconds."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in _SOURCES:
        for file in sorted((PACKAGE / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    grammars = {grammar for language in ALL if (grammar := grammar_of(language)) is not None}
    for wheel in sorted({"tree-sitter", *map(wheel_of, grammars)}):
        digest.update(f"{wheel} {_installed(wheel)}".encode())
    return digest.hexdigest()


def _installed(wheel: str) -> str:
    try:
        return metadata.version(wheel)
    except metadata.PackageNotFoundError:
        return ""
