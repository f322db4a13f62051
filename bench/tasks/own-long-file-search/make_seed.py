"""Writes shipping/rules.py: some 2,600 lines, one function for each delivery area, no two the same."""

from __future__ import annotations

import random
import sys
from pathlib import Path

HEAD = '''"""Surcharges by delivery area, in pence, as the carriers' contracts have them.

Every rule gets the weight of the parcel in grams and returns the surcharge. Steps are "up to and including":
a parcel of exactly 5,000 g belongs to the step up to 5 kg. `shipping.quote` finds a rule by the
postcode's area.
"""

RULES = {}


def area(*codes):
    """Register a rule for postcode areas, such as "IV51"."""

    def register(rule):
        for code in codes:
            if code in RULES:
                raise ValueError(f"two rules for {code}")
            RULES[code] = rule
        return rule

    return register
'''

FIRST = (
    "Aber Ash Birch Black Bridge Burn Car Clay Craig Dun East Fal Glen Green Hart Inver Kil Mel North Oak Pen"
)
LAST = "bourne bury by combe dale den don field ford ham hill holm hurst ley mouth ness port stead ton worth"
CARRIERS = ("Albion Parcels", "Northway", "Swift & Sons", "Coastline", "Royal Post")
REMARKS = (
    "Contract of 2021, renewed each spring.",
    "The depot is closed on Mondays; that does not change the price.",
    "Agreed by telephone, confirmed in writing.",
    "The driver takes the toll bridge, which is in the price.",
    "Includes the return of empty crates.",
    "Prices are without tax.",
)
ISLANDS = {
    "IV41": ("Skye, the bridge side", "Skye bridge contract.", (3000, 5000), (210, 450, 720)),
    "IV51": ("Portree and the north of Skye", "North Skye contract.", (3000, 5000), (260, 480, 790)),
    "IV55": ("Dunvegan and the west of Skye", "West Skye contract.", (3000, 5000), (280, 510, 830)),
    "PA78": ("Coll", "Coll ferry contract.", (2000, 5000), (400, 660, 990)),
    "KA27": ("Arran", "Arran ferry contract.", (2500, 5000), (310, 520, 840)),
    "HS4": ("Scalpay", "Scalpay causeway contract.", (2000, 4000), (420, 700, 1010)),
}
WRONG = "IV55"
About = tuple[str, str, str, str]  # Code, place, carrier, remark.


def steps(code: str, place: str, note: str, limits: tuple[int, int], prices: tuple[int, int, int]) -> str:
    (first, second), (low, mid, high) = limits, prices
    comparison = "<" if code == WRONG else "<="
    return f"""
@area("{code}")
def surcharge_{code.lower()}(grams):
    \"\"\"{place}.

    {note} Steps at {first} g and {second} g.
    \"\"\"
    if grams <= {first}:
        return {low}
    if grams {comparison} {second}:
        return {mid}
    return {high}
"""


def flat(about: About, pence: int) -> str:
    code, place, carrier, remark = about
    return f"""
@area("{code}")
def surcharge_{code.lower()}(grams):
    \"\"\"{place}: a flat price by {carrier}. {remark}\"\"\"
    return {pence}
"""


def per_kilogram(about: About, base: int, each: int, free: int) -> str:
    code, place, carrier, remark = about
    return f"""
@area("{code}")
def surcharge_{code.lower()}(grams):
    \"\"\"{place}, by {carrier}.

    {remark}
    The first {free} kg are in the base price, then each kilogram begun costs {each} pence.
    \"\"\"
    base = {base}
    extra_grams = max(0, grams - {free * 1000})
    kilograms = -(-extra_grams // 1000)
    return base + {each} * kilograms
"""


def heavy(about: About, limit: int, light: int, factor: int) -> str:
    code, place, carrier, remark = about
    return f"""
@area("{code}")
def surcharge_{code.lower()}(grams):
    \"\"\"{place}, by {carrier}.

    {remark}
    Over {limit} g the parcel goes as freight: {factor} pence for each 500 g begun, at least {light * 3}.
    \"\"\"
    if grams <= {limit}:
        return {light}
    halves = -(-grams // 500)
    return max({light * 3}, {factor} * halves)
"""


def rules() -> list[str]:
    dice = random.Random(51)
    places = [one + two for one in FIRST.split() for two in LAST.split()]
    dice.shuffle(places)
    found = []
    for number, place in enumerate(places[:196]):
        code = f"{chr(65 + number % 23)}{chr(65 + number * 7 % 26)}{number + 10}"
        about = (code, place, dice.choice(CARRIERS), dice.choice(REMARKS))
        kind = dice.randrange(8)
        if kind == 0:
            found.append(flat(about, dice.randrange(80, 400, 5)))
        elif kind < 4:
            found.append(
                per_kilogram(about, dice.randrange(60, 300, 5), dice.randrange(15, 90), dice.randrange(1, 5))
            )
        elif kind < 6:
            found.append(
                heavy(
                    about, dice.randrange(4000, 20000, 500), dice.randrange(90, 250), dice.randrange(20, 60)
                )
            )
        else:
            first = dice.randrange(1000, 4000, 500)
            low = dice.randrange(90, 300, 5)
            prices = (low, low + dice.randrange(50, 200, 5), low + dice.randrange(250, 500, 5))
            limits = (first, first + dice.randrange(1000, 4000, 500))
            found.append(steps(code, place, about[3], limits, prices))
    for code, island in ISLANDS.items():
        found.insert(dice.randrange(90, len(found) - 20), steps(code, *island))
    return found


def main() -> None:
    folder = Path(sys.argv[1]) / "shipping"
    folder.mkdir(parents=True, exist_ok=True)
    text = HEAD + "".join("\n" + rule for rule in rules())
    (folder / "rules.py").write_bytes(text.encode())


if __name__ == "__main__":
    main()
