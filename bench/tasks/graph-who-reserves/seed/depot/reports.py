"""Lists for the office. Nothing here may reserve or quote anything: it only reads."""

from depot import ledger, stock

TITLES = {"reserve": "Reserved", "quote": "Quoted", "sale": "Sold"}


def levels():
    return sorted(stock.LEVELS.items())


def by_kind(kind):
    """The entries of a kind, such as "reserve" or "sale"."""
    return [entry for entry in ledger.ENTRIES if entry["kind"] == kind]
