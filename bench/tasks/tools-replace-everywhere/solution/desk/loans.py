"""Loans and returns."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from desk.fines import fine
from desk.messages import Outbox
from desk.reservations import Reservations

PERIOD = timedelta(days=28)


@dataclass
class Loan:
    reader: str
    title: str
    due: date


@dataclass
class Desk:
    outbox: Outbox
    reservations: Reservations
    loans: dict[str, Loan] = field(default_factory=dict)

    def lend(self, reader: str, title: str, today: date) -> Loan:
        if title in self.loans:
            raise ValueError(f"{title} is lent")
        loan = self.loans[title] = Loan(reader, title, today + PERIOD)
        self.outbox.send(f"{title} is due on {loan.due}.", to=reader, subject="Loan")
        return loan

    def take_back(self, title: str, today: date) -> int:
        """The fine in cents; the next reader who waits for the title is told."""
        loan = self.loans.pop(title)
        owed = fine(self.outbox, loan.reader, title, (today - loan.due).days)
        self.reservations.arrived(title)
        return owed
