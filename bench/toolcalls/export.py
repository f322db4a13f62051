"""The corpus as lines of JSON, for any scorer of any parser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .tools import ALIASES
from .values import Case


def export(folder: Path, positives: Sequence[Case], negatives: Sequence[Case]) -> None:
    """``cases.jsonl`` and ``negatives.jsonl``.

    Each line has id, source, family, match, tools, text, expected and kind. Replies that were cut within a
    value hold no call, so they stand among the negatives; ``aliases`` is there where a name is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cut = [case for case in positives if case.must_not]
    meant = [case for case in positives if not case.must_not]
    _write(folder / "cases.jsonl", [_line(case, "positive") for case in meant])
    _write(folder / "negatives.jsonl", [_line(case, "negative") for case in (*cut, *negatives)])


def _write(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")


def _line(case: Case, kind: str) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": case.id,
        "source": f"bench.toolcalls: {case.source}",
        "family": case.family,
        "match": "exact",
        "tools": list(case.tools),
        "text": case.text,
        "expected": [{"name": call.name, "arguments": dict(call.arguments)} for call in case.expected],
        "kind": kind,
        "corruption": case.corruption,
        "arguments": case.kind,
    }
    if case.corruption == "name by alias":
        line["aliases"] = dict(ALIASES)
    return line
