"""What a prompt takes of its budget, for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..messages import Message
from .budget import Budget, Part
from .room import Measure
from .tokens import TOKENS_PER_CALL, TOKENS_PER_MESSAGE

BAR_WIDTH = 20
_EIGHTHS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Tokens; ``used`` may be above ``cap`` where a part borrows from another."""

    name: str
    cap: int
    used: int


@dataclass(frozen=True, slots=True)
class BudgetReport:
    """``rows`` are the fixed part, the task, the plan, files and history, in this order, then the answer."""

    window: int
    rows: tuple[BudgetRow, ...]

    @property
    def used(self) -> int:
        return sum(row.used for row in self.rows)


def used_by_part(messages: Sequence[Message], reading: Collection[str], measure: Measure) -> dict[Part, int]:
    """Tokens of a transcript without its system message. Results of tools named in ``reading`` are files, the
    newest message that a person wrote is the task, the rest is history."""
    names = {call.id: call.name for message in messages for call in message.tool_calls}
    people = [i for i, message in enumerate(messages) if message.role == "user" and not message.by_harness]
    used: dict[Part, int] = {"task": 0, "plan": 0, "files": 0, "history": 0}
    for index, message in enumerate(messages):
        if message.role == "system":
            continue
        part: Part = "history"
        if people and index == people[-1]:
            part = "task"
        elif message.role == "tool" and names.get(message.tool_call_id or "") in reading:
            part = "files"
        used[part] += measure(message.content) + TOKENS_PER_MESSAGE
        used["history"] += sum(measure(str(call.arguments)) + TOKENS_PER_CALL for call in message.tool_calls)
    return used


def report_of(budget: Budget, used: Mapping[Part, int]) -> BudgetReport:
    parts = tuple(BudgetRow(name, cap, used.get(name, 0)) for name, cap in budget.parts.items())
    fixed = BudgetRow("fixed", budget.fixed, budget.fixed)
    return BudgetReport(budget.window, (fixed, *parts, BudgetRow("answer", budget.answer, 0)))


def render_report(report: BudgetReport) -> str:
    """One line for the whole window, one with a bar for each part."""
    width = max(len(row.name) for row in report.rows)
    share = 100 * report.used // report.window
    lines = [f"{report.used:,} of {report.window:,} tokens are used ({share} %)"]
    lines += [
        f"{row.name:<{width}} {bar(row.used, row.cap)} {row.used:>7,} of {row.cap:,}" for row in report.rows
    ]
    return "\n".join(lines)


def bar(used: int, cap: int) -> str:
    """BAR_WIDTH characters in brackets; full where ``used`` is at ``cap`` or above, anything at all shows."""
    eighths = 0 if used <= 0 else max(1, min(BAR_WIDTH * 8, BAR_WIDTH * 8 * used // max(cap, 1)))
    whole, rest = divmod(eighths, 8)
    partial = _EIGHTHS[rest] if rest else ""
    return f"[{'█' * whole}{partial}".ljust(BAR_WIDTH + 1) + "]"
