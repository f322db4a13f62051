"""The list that the desk works through each morning."""

from datetime import date

from desk.loans import Desk


def remind(desk: Desk, today: date) -> list[str]:
    """Remind every reader whose loan is overdue; the titles, longest overdue first."""
    late = sorted((loan for loan in desk.loans.values() if loan.due < today), key=lambda loan: loan.due)
    for loan in late:
        days = (today - loan.due).days
        desk.outbox.send(
            f"{loan.title}: {days} days.", to=loan.reader, subject="Overdue", urgent=(days >= 15)
        )
    return [loan.title for loan in late]
