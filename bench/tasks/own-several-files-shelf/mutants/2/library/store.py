"""The catalogue's file: JSON, one object for each book."""

import json
from pathlib import Path

from library.model import Book

VERSION = 1


class CatalogueError(Exception):
    """The file cannot be used; the message says why."""


def load(path: Path) -> list[Book]:
    """The books of the file, [] if there is none yet. Raises CatalogueError for a newer version."""
    if not path.exists():
        return []
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["version"] > VERSION:
        raise CatalogueError(f"{path} has version {content['version']}, this program knows {VERSION}")
    return [from_record(record) for record in content["books"]]


def save(path: Path, books: list[Book]) -> None:
    content = {"version": VERSION, "books": [to_record(book) for book in books]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def from_record(record: dict) -> Book:
    return Book(
        number=record["number"],
        title=record["title"],
        author=record["author"],
        borrower=record.get("borrower", ""),
        shelf=record.get("shelf", ""),
    )


def to_record(book: Book) -> dict:
    record = {"number": book.number, "title": book.title, "author": book.author}
    if book.borrower:
        record["borrower"] = book.borrower
    if book.shelf:
        record["shelf"] = book.shelf
    return record
