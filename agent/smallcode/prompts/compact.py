"""Notes on a conversation whose older part no longer fits: what was decided and found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core.shorten import shorten
from ..messages import Message
from .base import Asker, MicroPrompt

MOST_NOTES, LONGEST_NOTE = 8, 240

# Characters of the conversation that are shown, and of one message: its ends say the most.
LONGEST_TEXT, LONGEST_MESSAGE = 9_000, 700

SYSTEM = """\
You keep the notes of a coding session. Write down what has to be known to go on: decisions, findings with \
the names of files and functions, what was tried and failed, what is still to be done. At most 8 lines, each \
begins with "- " and is one short sentence. Write nothing that the conversation does not say."""


@dataclass(frozen=True, slots=True)
class NotesQuestion:
    """``request`` is what the user wants, ``messages`` are those that are left out; ``by_rule`` are the notes
    without a model."""

    request: str
    messages: Sequence[Message]
    by_rule: tuple[str, ...] = ()


def _render(question: NotesQuestion) -> Sequence[Message]:
    rows = []
    for message in question.messages:
        for call in message.tool_calls:
            rows.append(f"[call] {call.name} {shorten(str(dict(call.arguments)), LONGEST_MESSAGE)}")
        if message.content:
            rows.append(f"[{message.role}] {shorten(message.content, LONGEST_MESSAGE)}")
    told = shorten("\n".join(rows), LONGEST_TEXT)
    return (
        Message("system", SYSTEM),
        Message(
            "user", f"The request:\n{shorten(question.request, LONGEST_MESSAGE)}\n\nThe conversation:\n{told}"
        ),
    )


def _parse(reply: str) -> tuple[str, ...]:
    lines = (line.strip() for line in reply.splitlines())
    notes = [line[2:].strip()[:LONGEST_NOTE] for line in lines if line.startswith(("- ", "* "))]
    if not any(notes):
        raise ValueError('It has no line that begins with "- ".')
    return tuple(note for note in notes if note)[:MOST_NOTES]


def _by_rule(question: NotesQuestion) -> tuple[str, ...]:
    return question.by_rule


NOTES: MicroPrompt[NotesQuestion, tuple[str, ...]] = MicroPrompt(
    name="notes",
    render=_render,
    parse=_parse,
    fallback=_by_rule,
    timeout_s=60.0,
    attempts=1,
    ttl_s=0.0,
    tier="medium",
    max_tokens=400,
)


class ModelNotes:
    """Implements ``ports.NoteTaker`` by asking the model."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def notes(
        self, request: str, messages: Sequence[Message], by_rule: tuple[str, ...]
    ) -> tuple[str, ...]:
        return await self._asker.ask(NOTES, NotesQuestion(request, messages, by_rule))
