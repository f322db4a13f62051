"""What the library lends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Book:
    """One copy. `borrower` is empty while the book stands in the library."""

    number: int
    title: str
    author: str
    shelf: str = ""
    borrower: str = ""

    @property
    def available(self) -> bool:
        return not self.borrower
