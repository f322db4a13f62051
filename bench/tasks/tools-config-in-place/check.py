"""The plan has what was asked for, and the file kept by hand is laid out as before."""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_node, expect, main, read, read_json

SEED = Path(__file__).resolve().parent / "seed"
CONFIG = "config/services.json"
CHANGED = {"timeout": 30, "regions": ["eu-west-1", "eu-central-1", "eu-west-2"]}
COLUMN = re.compile(r"^ *\"\w+\": *")
ENV = {"LOG_LEVEL": "debug", "CURRENCY": "EUR", "RETRIES": "2"}

PROBE = """
const { plan } = await load("lib/plan.mjs");
const config = JSON.parse(require("node:fs").readFileSync("config/services.json", "utf8"));
return plan(config, ["billing"]).map((step) => [step.region, step.timeout, step.replicas, step.env]);
"""


def verify(workspace: Path) -> None:
    wanted = json.loads((SEED / CONFIG).read_text("utf-8"))
    wanted["services"]["billing"] |= {**CHANGED, "env": ENV}
    expect(CONFIG, read_json(workspace, CONFIG), wanted)
    expect("order of the services", [*read_json(workspace, CONFIG)["services"]], [*wanted["services"]])
    steps = [[region, 30, 2, ENV] for region in CHANGED["regions"]]
    expect("plan of billing", evaluate_node(workspace, PROBE), steps)
    before, after = (read(folder, CONFIG).splitlines(keepends=True) for folder in (SEED, workspace))
    kept_by_hand(before, after)


def kept_by_hand(before: list[str], after: list[str]) -> None:
    """Only the three lines of the service that change may differ."""
    first = before.index('    "billing": {\n')
    changed = range(first + 2, first + 5)
    expect("number of lines", len(after), len(before))
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if number not in changed:
            expect(f"line {number + 1}", new, old)
        else:
            expect(f"alignment of line {number + 1}", COLUMN.findall(new), COLUMN.findall(old))


if __name__ == "__main__":
    main(verify)
