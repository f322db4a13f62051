"""What each feature of our harness is worth under faults, and what it costs without."""

from __future__ import annotations

from collections.abc import Sequence

from .jobs import ALL_FAULTS, NO_FAULT, Settings
from .records import Record
from .summary import MEASURES, Difference, differences, pair
from .tables import Table

RATES = (0.0, 1.0)

# What a feature may be worth, and what it may cost.
WORTH = tuple(measure for measure in MEASURES if measure.name in ("success", "corrupted", "requests"))
COSTS = ("success", "requests", "prompt tokens", "uncached tokens")
COST = tuple(measure for measure in MEASURES if measure.name in COSTS)


def variants(features: Sequence[str], base: Settings) -> list[Settings]:
    """The settings as they are, then with each feature switched off."""
    kept = tuple((name, value) for name, value in base if name != "disable")
    already = dict(base).get("disable", "")
    off = (",".join(filter(None, (already, feature))) for feature in features)
    return [base, *(tuple(sorted((*kept, ("disable", names)))) for names in off)]


def ablation(records: Sequence[Record], features: Sequence[str], base: Settings) -> list[Table]:
    """Two tables: with the feature against without, at ×1 and at ×0. A feature without pairs is left out."""
    whole, *others = variants(features, base)
    found = []
    for title, fault, measures, note in (
        ("Worth at ×1", ALL_FAULTS, WORTH, "With the feature, less without it, under every fault."),
        ("Cost at ×0", NO_FAULT, COST, "With the feature, less without it, where nothing goes wrong."),
    ):
        with_it = _runs(records, whole, fault)
        rows = []
        for feature, settings in zip(features, others, strict=True):
            pairs = pair(_runs(records, settings, fault), with_it)
            if pairs:
                cells = [_cell(one) for one in differences(pairs, measures)]
                rows.append((feature, str(len(pairs)), *cells))
        header = ("feature", "pairs", *(measure.name for measure in measures))
        found.append(Table(title, header, tuple(rows), f"{note} 95 % intervals over the tasks."))
    return [table for table in found if table.rows]


def _runs(records: Sequence[Record], settings: Settings, fault: str) -> list[Record]:
    return [run for run in records if run.settings == dict(settings) and run.fault == fault]


def _cell(one: Difference) -> str:
    form, interval = one.measure.form, one.interval
    sign = "+" if interval.mean > 0 else ""
    return f"{sign}{form.format(interval.mean)} [{form.format(interval.low)}, {form.format(interval.high)}]"
