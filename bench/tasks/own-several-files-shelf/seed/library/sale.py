"""The sale table: turns donated books into price labels. Builds its own books."""

from library.model import Book


def from_donations(rows: list[tuple[str, str, str]]) -> list[Book]:
    """Donated (title, author, reserved for) as books, numbered from 9001."""
    return [Book(9001 + index, *row) for index, row in enumerate(rows)]


def labels(books: list[Book], cents: int) -> list[str]:
    return [f"{book.title} - {cents / 100:.2f}" for book in books if book.available]
