"""Every message is sent as before, and the deprecated function is gone."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main

PROBE = """
from datetime import date, timedelta
from desk import fines, loans, messages, overdue, reservations

today = date(2024, 5, 3)
outbox = messages.Outbox()
desk = loans.Desk(outbox, reservations.Reservations(outbox))
sent = {}

def fetch(name):
    sent[name] = [[m.reader, m.subject, m.text, m.urgent] for m in outbox.fetch()]

for reader, title in (("ada", "Emma"), ("bob", "Dracula"), ("cy", "Ulysses")):
    desk.lend(reader, title, today)
fetch("lend")
desk.reservations.reserve("dan", "Emma")
desk.loans["Dracula"].due = today - timedelta(days=3)
desk.loans["Ulysses"].due = today - timedelta(days=15)
titles = overdue.remind(desk, today)
fetch("remind")
cents = [
    desk.take_back(title, today + timedelta(days=days)) for title, days in (("Emma", 33), ("Ulysses", 90))
]
fetch("take back")
result = {
    "sent": sent,
    "titles": titles,
    "cents": cents,
    "left": [module.__name__ for module in (fines, loans, messages, overdue, reservations)
             if hasattr(module, "notify")],
}
"""

SENT = {
    "lend": [
        ["ada", "Loan", "Emma is due on 2024-05-31.", False],
        ["bob", "Loan", "Dracula is due on 2024-05-31.", False],
        ["cy", "Loan", "Ulysses is due on 2024-05-31.", False],
    ],
    "remind": [
        ["cy", "Overdue", "Ulysses: 15 days.", True],
        ["bob", "Overdue", "Dracula: 3 days.", False],
    ],
    "take back": [
        ["dan", "Ready", "Emma is ready for you.", True],
        ["cy", "Fine", "Ulysses came back 105 days late: 10.00 EUR.", True],
        ["ada", "Fine", "Emma came back 5 days late: 1.00 EUR.", False],
    ],
}


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE)
    for when, wanted in SENT.items():
        expect(f"messages of {when}", found["sent"][when], wanted)
    expect("overdue titles", found["titles"], ["Ulysses", "Dracula"])
    expect("fines", found["cents"], [100, 1000])
    expect("modules that still have notify", found["left"], [])


if __name__ == "__main__":
    main(verify)
