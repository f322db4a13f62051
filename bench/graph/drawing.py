"""Draws the call sites that edges are judged on, and asks the language servers what they mean.

``python -m bench.graph.drawing [python|typescript] [--tuning]`` writes ``sites/``. The projects come from the
pools of ``sources.toml`` and the sites from all calls of a project, by SEED alone. Sites are taken in the
drawn order until QUOTA of them are defined in the project; those that are defined outside, by a variable or
nowhere are kept too: an edge there is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .callsites import python_kinds, python_sites
from .languageservers import Definer, Place, serving, typescript
from .sources import Source, fetch, sources

SEED = "smallcode code graph, issue 8"
LANGUAGES = ("python", "typescript")
DRAWN = 2
QUOTA = 200
MOST_LOOKED_AT = 2_000
CHUNK = 40
SITES = Path(__file__).resolve().parent / "sites"
SCRIPT = Path(__file__).resolve().parent / "callsites.cjs"

Site = tuple[str, int, int, str]
Kinds = dict[tuple[int, int], str]


def held(language: str) -> list[Source]:
    """The projects that the figures are of: those that are given, and two drawn from the pool."""
    known = sources().values()
    generator = random.Random(SEED)
    drawn: set[str] = set()
    for pooled in LANGUAGES:
        pool = sorted(one.name for one in known if one.role == "pool" and one.language == pooled)
        drawn.update(generator.sample(pool, DRAWN))
    return [one for one in known if one.language == language and (one.role == "given" or one.name in drawn)]


def draw(source: Source, quota: int) -> list[dict[str, Any]]:
    """Rows as they stand in the files of ``sites/``."""
    root = fetch(source).resolve()
    places = python_sites(root) if source.language == "python" else _typescript_sites(root)
    random.Random(f"{SEED}: {source.name}").shuffle(places)
    rows: list[dict[str, Any]] = []
    with serving(source.language, root) as program:
        for start in range(0, min(len(places), MOST_LOOKED_AT), CHUNK):
            asked = [_asked(program, source, root, place) for place in places[start : start + CHUNK]]
            _judge(source, root, asked)
            rows += asked
            if sum(row["truth"] == "definition" for row in rows) >= quota:
                break
    return _until(rows, quota)


def _asked(program: Definer, source: Source, root: Path, place: Site) -> dict[str, Any]:
    path, line, column, name = place
    text = (root / path).read_text("utf-8").split("\n")[line - 1]
    wide = column if source.language != "python" else _utf16(text, column)
    targets = program.definitions(root / path, line, wide)
    row = {"project": source.name, "path": path, "line": line, "column": column, "name": name}
    return {**row, "truth": "", "targets": _inside(root, targets), "outside": len(targets)}


def _inside(root: Path, targets: list[Place]) -> list[list[Any]]:
    return [
        [path.relative_to(root).as_posix(), line, column]
        for path, line, column in targets
        if path.is_relative_to(root)
    ]


def _judge(source: Source, root: Path, rows: list[dict[str, Any]]) -> None:
    """Fill in ``truth``: "definition" (of a class, function or method), "other" (a variable, parameter or
    what is no function), "outside" the project, or "silent" where the program does not know. A target gets
    its kind. ``outside`` goes: it only told "outside" from "silent"."""
    files = sorted({target[0] for row in rows for target in row["targets"]})
    if source.language == "python":
        kinds = {file: python_kinds(root / file) for file in files}
    else:
        kinds = _typescript_kinds(root, files)
    for row in rows:
        for target in row["targets"]:
            target.append(kinds[target[0]].get((target[1], target[2]), "other"))
        outside = row.pop("outside")
        if any(target[3] != "other" for target in row["targets"]):
            row["truth"] = "definition"
        elif row["targets"]:
            row["truth"] = "other"
        else:
            row["truth"] = "outside" if outside else "silent"


def _until(rows: list[dict[str, Any]], quota: int) -> list[dict[str, Any]]:
    kept = 0
    for index, row in enumerate(rows):
        kept += row["truth"] == "definition"
        if kept == quota:
            return rows[: index + 1]
    return rows


def _utf16(line: str, column: int) -> int:
    return len(line[:column].encode("utf-16-le", "surrogatepass")) // 2


def _typescript_sites(root: Path) -> list[Site]:
    rows = _node(root, [])
    return sorted({(row["path"], row["line"], row["column"], row["name"]) for row in rows})


def _typescript_kinds(root: Path, files: Sequence[str]) -> dict[str, Kinds]:
    kinds: dict[str, Kinds] = {file: {} for file in files}
    for row in _node(root, files) if files else []:
        kinds[row["path"]][row["line"], row["column"]] = row["kind"]
    return kinds


def _node(root: Path, files: Sequence[str]) -> list[dict[str, Any]]:
    command = ["node", str(SCRIPT), str(typescript() / "typescript.js"), str(root), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return [json.loads(line) for line in done.stdout.splitlines() if line]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.graph.drawing", description=__doc__)
    parser.add_argument("language", choices=LANGUAGES)
    parser.add_argument("--tuning", action="store_true", help="the projects that the resolver is written on")
    parser.add_argument("--project", nargs="*", default=[], help="these instead, for a look at more of them")
    arguments = parser.parse_args(argv)
    language = arguments.language
    known = [one for one in sources().values() if one.language == language]
    if arguments.project:
        chosen = [one for one in known if one.name in arguments.project]
    elif arguments.tuning:
        chosen = [one for one in known if one.role == "tuning"]
    else:
        chosen = held(language)
    prefix = "more-" if arguments.project else "tuning-" if arguments.tuning else ""
    target = SITES / f"{prefix}{language}.jsonl"
    rows: list[dict[str, Any]] = []
    for index, source in enumerate(chosen):
        share = QUOTA // len(chosen) + (index < QUOTA % len(chosen))
        rows += draw(source, share)
        print(f"{source.name}: {len(rows)} sites so far", flush=True)
        target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
