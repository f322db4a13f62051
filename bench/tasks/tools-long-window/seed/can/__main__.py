"""`python3 -m can LOG` prints every signal of every frame of a log."""

import sys
from pathlib import Path

from can.log import signals

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m can LOG")
    for number, name, value in signals(Path(sys.argv[1]).read_text("ascii")):
        print(f"{number:X} {name} {'-' if value is None else f'{value:g}'}")
