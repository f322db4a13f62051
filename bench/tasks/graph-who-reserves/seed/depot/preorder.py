"""Items that are set aside before the season."""

from depot.pricing import quote as price_of
from depot.stock import reserve as hold

ABROAD = "CHF"


def set_aside(item, count):
    """Holds the items; half is paid now."""
    held = hold(item, count)
    held["deposit"] = price_of(item, count) // 2
    return held
