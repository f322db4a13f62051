"""`python3 -m timesheet FILE` prints the report of a file of notes."""

import sys
from pathlib import Path

from timesheet.entries import parse
from timesheet.report import render

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m timesheet FILE")
    print(render(parse(Path(sys.argv[1]).read_text("utf-8"))))
