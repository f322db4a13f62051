"""python3 -m shipping.quote POSTCODE KILOGRAMS: what sending a parcel costs."""

import sys

from shipping.rules import RULES

BASE_PENCE = 395


class NoSuchArea(Exception):
    """No rule covers the postcode."""


def area_of(postcode):
    """The area of a postcode: its part before the blank, "IV51" of "IV51 9HY"."""
    return postcode.strip().upper().split(" ")[0]


def surcharge(postcode, grams):
    """Pence on top of the base price. Raises NoSuchArea."""
    area = area_of(postcode)
    if area not in RULES:
        raise NoSuchArea(f"no rule for {area}")
    return RULES[area](grams)


def quote(postcode, kilograms):
    """Pence in all, for a weight in kilograms."""
    return BASE_PENCE + surcharge(postcode, round(kilograms * 1000))


def main(argv):
    if len(argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        pence = quote(argv[1], float(argv[2]))
    except NoSuchArea as error:
        print(f"quote: {error}", file=sys.stderr)
        return 1
    print(f"{pence / 100:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
