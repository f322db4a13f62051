"""The book of all amounts."""

ENTRIES = []


def _append(entry):
    """The only place that writes to the book."""
    ENTRIES.append(entry)


def record(kind, amount, note=""):
    """One amount, with what it is for."""
    entry = {"kind": kind, "amount": amount, "note": note}
    _append(entry)
    return entry


def balance():
    return sum(entry["amount"] for entry in ENTRIES)
