"""Judge the patch engine by seeded edits of real files: ``python -m bench.patch``.

Exit status 1 where a call was applied wrongly, a class falls short of its target, or it takes too long.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .corpus import installed_files, own_files
from .report import by_kind, failures, missed, table, write_json, write_svg
from .run import KINDS, run
from .timing import measure


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.patch", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-cell", type=int, default=5, help="edits of each class and language")
    parser.add_argument("--installed", action="store_true", help="edit installed files in place of ours")
    parser.add_argument("--md", type=Path, metavar="FILE", help="write the table there as well")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts and times there")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write a plot of the shares there")
    parser.add_argument("--fails", type=int, default=0, metavar="N", help="print that many failed calls")
    parser.add_argument("--no-timing", action="store_true")
    asked = parser.parse_args(argv)
    results = run(installed_files() if asked.installed else own_files(), asked.per_cell, asked.seed)
    timings = [] if asked.no_timing else measure(KINDS, 4, asked.seed)
    text = table(results, timings)
    print(text)
    if asked.fails:
        print(failures(results, asked.fails))
    short = missed(by_kind(results))
    short += [f"{one.name}: {one.p99 * 1e3:.1f} ms" for one in timings if not one.met]
    for line in short:
        print(f"MISSED  {line}")
    if asked.md:
        asked.md.write_text(text, encoding="utf-8")
    if asked.json:
        write_json(asked.json, results, timings, asked.seed)
    if asked.svg:
        write_svg(asked.svg, results)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
