"""What the library lends."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Book:
    """One copy. `borrower` is empty while the book stands in the library."""

    number: int
    title: str
    author: str
    borrower: str = ""
    shelf: str = field(default="", kw_only=True)

    @property
    def available(self) -> bool:
        return not self.borrower
