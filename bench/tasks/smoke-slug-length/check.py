"""slugify takes a length and never cuts a word in two."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_node, expect, main

PROBE = """
const { slugify } = await load("src/slug.js").then((module) => module.default);
const { articleUrl } = await load("src/index.js").then((module) => module.default);
const title = "Größere Cafés öffnen wieder";
const date = new Date(Date.UTC(2024, 11, 3));
return {
  none: slugify(title),
  undefined: slugify(title, undefined),
  long: slugify(title, 100),
  exact: slugify("rain again today", 10),
  "one less": slugify("rain again today", 9),
  "on the hyphen": slugify("rain again today", 11),
  "after expansion": slugify(title, 9),
  "first word too long": slugify("Donaudampfschiff fährt", 5),
  "first word fits": slugify("Donau dampfschiff", 5),
  empty: slugify("?!", 5),
  address: articleUrl({ id: 9, title, date }),
};
"""

WANTED = {
    "none": "groessere-cafes-oeffnen-wieder",
    "undefined": "groessere-cafes-oeffnen-wieder",
    "long": "groessere-cafes-oeffnen-wieder",
    "exact": "rain-again",
    "one less": "rain",
    "on the hyphen": "rain-again",
    "after expansion": "groessere",
    "first word too long": "donau",
    "first word fits": "donau",
    "empty": "",
    "address": "/2024/12/groessere-cafes-oeffnen-wieder-9",
}


def verify(workspace: Path) -> None:
    found = evaluate_node(workspace, PROBE)
    for case, wanted in WANTED.items():
        expect(case, found.get(case), wanted)


if __name__ == "__main__":
    main(verify)
