"""Books as a table for people and as CSV for the spreadsheet."""

import csv
import io

from library.model import Book

HEADER = ("No", "Title", "Author", "Shelf", "Borrower")


def table(books: list[Book]) -> str:
    rows = [HEADER, *(_row(book) for book in books)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join(lines)


def _row(book: Book) -> tuple[str, ...]:
    return (str(book.number), book.title, book.author, book.shelf or "-", book.borrower or "-")


def as_csv(books: list[Book]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["number", "title", "author", "borrower", "shelf"])
    for book in books:
        writer.writerow([book.number, book.title, book.author, book.borrower, book.shelf])
    return out.getvalue()
