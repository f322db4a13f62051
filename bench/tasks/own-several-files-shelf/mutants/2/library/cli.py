"""python3 -m library.cli FILE add|list|lend|back|export ..."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from library import report, store
from library.model import Book


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="library")
    parser.add_argument("file", type=Path)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add")
    add.add_argument("title")
    add.add_argument("author")
    add.add_argument("--shelf", default="")
    commands.add_parser("list")
    lend = commands.add_parser("lend")
    lend.add_argument("number", type=int)
    lend.add_argument("borrower")
    back = commands.add_parser("back")
    back.add_argument("number", type=int)
    commands.add_parser("export")
    return parser


def main(argv: list[str] | None = None) -> int:
    args = build_parser().parse_args(argv)
    books = store.load(args.file)
    if args.command == "list":
        print(report.table(books))
        return 0
    if args.command == "export":
        print(report.as_csv(books), end="")
        return 0
    if args.command == "add":
        number = max((book.number for book in books), default=0) + 1
        books.append(Book(number, args.title, args.author, shelf=args.shelf))
        print(f"added {number}")
    else:
        borrower = args.borrower if args.command == "lend" else ""
        if args.number not in [book.number for book in books]:
            print(f"library: there is no book {args.number}", file=sys.stderr)
            return 1
        books = [replace(b, borrower=borrower) if b.number == args.number else b for b in books]
    store.save(args.file, books)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
