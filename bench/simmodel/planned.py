"""A plan that is asked for with the request itself: the model writes it above its first call, or passes it
over. It knows no more than the request says: files that are named there, and whether something is to run."""

from __future__ import annotations

import re
from dataclasses import replace

from .action import Reply
from .chat import Chat
from .trajectory import Script

MOST_LINES = 8

_ASKED = re.compile(
    r"\b(?:begin|start)\b.{0,40}\bplan\b.{0,60}\b(?:lines|steps)\b|\bwrite\b.{0,20}\bplan\b.{0,60}\bfirst\b",
    re.IGNORECASE | re.DOTALL,
)
_RUNS = re.compile(
    r"\btests?\b|\bunittest\b|`[^`]*\b(?:python3?|node|bash|npm|make)\b[^`]*`|\brun\b", re.IGNORECASE
)


def asks_for_plan(chat: Chat, script: Script) -> bool:
    """Whether what stands beside the request wants the reply to begin with a plan."""
    last = chat.users[-1] if chat.users else ""
    return script.prompt in last and _ASKED.search(last.replace(script.prompt, "")) is not None


def with_plan(reply: Reply, script: Script) -> Reply:
    """The reply with the plan above what it says; the same where it calls nothing, or the request names
    nothing to plan with."""
    lines = plan_lines(script)
    if not reply.calls or len(lines) < 2:
        return reply
    plan = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return replace(reply, content=f"{plan}\n\n{reply.content}".strip())


def plan_lines(script: Script) -> list[str]:
    lines = []
    for step in script.edits:
        verb = "Create" if step.do == "create" else "Change"
        line = f"{verb} {step.path}"
        if step.path.rsplit("/", 1)[-1] in script.prompt and line not in lines:
            lines.append(line)
    if any(step.do == "run" for step in script.steps) and _RUNS.search(script.prompt):
        lines.append("Run the tests")
    if len(lines) == 1:
        lines.insert(0, "Find and read the place")
    return lines[:MOST_LINES]
