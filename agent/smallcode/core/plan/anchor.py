"""The plan as it stands at the end of each prompt, and the line that asks for one."""

from __future__ import annotations

from ..room import Measure, by_size
from .steps import Plan

MOST_TOKENS = 150

WANTED = (
    "Begin your reply with a plan: 2 to 8 short numbered lines that name the files. Call the first tool in "
    "the same reply."
)

DONE, CURRENT, OPEN = "✓", "→", " "

# Characters of a step's text, the widest that fits is taken; 0 leaves done and far steps out.
_WIDTHS = (200, 100, 64, 40, 24)


def anchor(plan: Plan, measure: Measure = by_size, most: int = MOST_TOKENS) -> str:
    """Of ``most`` tokens at most, and of MOST_TOKENS; "" where not even its first line has room."""
    most = min(most, MOST_TOKENS)
    current = plan.current
    count = len(plan.steps)
    if current is None:
        texts = [
            f"ACTIVE PLAN: all {count} steps were seen to be done. If the request asks for no more, answer."
        ]
    else:
        head = f"ACTIVE PLAN (step {current + 1} of {count})"
        texts = [_whole(plan, head, width, keep) for width in _WIDTHS for keep in (True, False)]
        texts += [f"{head}\n{_row(plan, current, width)}" for width in _WIDTHS]
        texts.append(head)
    return next((text for text in texts if measure(text) <= most), "")


def marks(plan: Plan) -> list[str]:
    """The mark of each step."""
    current = plan.current
    return [
        DONE if step.done else CURRENT if index == current else OPEN for index, step in enumerate(plan.steps)
    ]


def _whole(plan: Plan, head: str, width: int, keep: bool) -> str:
    rows = [head, *(_row(plan, index, width) for index in range(len(plan.steps)))]
    if keep and plan.keep:
        rows.append(f"Throughout: {'; '.join(plan.keep)}.")
    return "\n".join(rows)


def _row(plan: Plan, index: int, width: int) -> str:
    text = plan.steps[index].text
    short = text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
    return f"{marks(plan)[index]} {index + 1}. {short}"
