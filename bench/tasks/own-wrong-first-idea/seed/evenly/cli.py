"""python3 -m evenly.cli AMOUNT NAME NAME ...: who pays how much."""

import sys

from evenly.money import parse_cents, show
from evenly.split import split_evenly


def main(argv):
    if len(argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    for name, share in split_evenly(parse_cents(argv[1]), argv[2:]):
        print(f"{name} {show(share)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
