"""Fines for late returns, in cents."""

from desk import messages

FREE_DAYS = 3
CENTS_A_DAY = 20
MOST_CENTS = 1000


def fine(outbox: messages.Outbox, reader: str, title: str, days_late: int) -> int:
    if days_late <= FREE_DAYS:
        return 0
    cents = min(MOST_CENTS, days_late * CENTS_A_DAY)
    outbox.send(
        f"{title} came back {days_late} days late: {cents / 100:.2f} EUR.",
        to=reader,
        subject="Fine",
    )
    return cents
