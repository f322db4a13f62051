"""Two sets of runs to be compared, from files and the harness in them."""

from __future__ import annotations

from pathlib import Path

from .jobs import BadPlan
from .records import Record, load
from .summary import differences, pair
from .tables import Table, difference_rows


def side(text: str) -> tuple[str, list[Record]]:
    """``FILE`` or ``FILE#HARNESS``: the label of the one harness and its runs. Raises BadPlan, BadRuns."""
    path, _, wanted = text.partition("#")
    records = load(Path(path))
    labels = sorted({run.label for run in records})
    if not wanted and len(labels) == 1:
        wanted = labels[0]
    if wanted not in labels:
        listed = " or ".join(f"'{path}#{label}'" for label in labels) or "a file that holds runs"
        raise BadPlan(f"{text} does not name one harness. Give {listed}.")
    return wanted, [run for run in records if run.label == wanted]


def comparison(first: str, second: str) -> list[Table]:
    """The differences of ``second`` to ``first`` under all conditions together and under each. Raises
    BadPlan, BadRuns."""
    (name, before), (other, after) = side(first), side(second)
    pairs = pair(before, after)
    if not pairs:
        raise BadPlan("The two have no run of the same task, fault, rate and seed.")
    if name == other:
        name, other = f"{name} (A)", f"{other} (B)"
    note = f"{len(pairs)} pairs by task, fault, rate and seed; {len(before) + len(after) - 2 * len(pairs)} "
    note += "runs of one side alone are left out. Intervals: 95 %, bootstrap over the tasks."
    header = ("measure", name, other, "difference", "95 % interval")
    arms = dict.fromkeys(run.arm for run, _ in pairs)
    found = [Table("All conditions", header, difference_rows(differences(pairs)), note)]
    for arm in arms if len(arms) > 1 else ():
        mine = [both for both in pairs if both[0].arm == arm]
        found.append(Table(arm, header, difference_rows(differences(mine)), f"{len(mine)} pairs."))
    return found
