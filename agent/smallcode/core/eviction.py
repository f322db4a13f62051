"""What goes first where a prompt is too large: old results, each leaving a line that says what was there.

Many at once, because each change of the transcript makes the server read all behind it again. A call stays in
front of its result, and its own long arguments go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from ..messages import Message, ToolCall
from .exchanges import Describe, Pair, newest_results, pairs, request_under_way
from .tokens import utf8_size

WORTH_BYTES = 400
"""Less than this is not worth a line of its own. Bytes, because of dense text a few hundred characters take a
thousand tokens."""

LONG_ARGUMENT = 200
"""Bytes of an argument that goes with its result."""

LONGEST_HEAD = 100

STUB = "["
"""What the line begins with that stands for a look at a file; none begins so, its name stands in front."""

ARGUMENT_LEFT_OUT = "[{lines} lines of text, left out here]"

Enough = Callable[[Sequence[Message]], bool]


@dataclass(frozen=True, slots=True)
class Cut:
    """A pair that may go. ``superseded``: what it shows is shown again later."""

    pair: Pair
    superseded: bool
    size: int


def cuts(messages: Sequence[Message], describe: Describe, keep: Collection[str] = ()) -> list[Cut]:
    """Everything that may go, in this order: what is shown again later; other results and then those about
    the files of ``keep``, the oldest and largest first; last the edits, which say what was changed. The
    results that the model has not answered yet are not among them."""
    newest = newest_results(messages)
    found = [pair for pair in pairs(messages, describe) if pair.result < newest]
    entries = []
    for pair in found:
        superseded = _superseded(pair, found, messages)
        size = _gain(pair, messages)
        if size >= WORTH_BYTES:
            entries.append(Cut(pair, superseded, size))
    return sorted(
        entries, key=lambda cut: (_rank(cut, keep), -cut.size * (cut.pair.age + 1), cut.pair.result)
    )


def evict(messages: Sequence[Message], order: Sequence[Cut], enough: Enough) -> tuple[list[Message], int]:
    """Cut in the given order until it is ``enough``; the transcript, and how many pairs were cut."""
    out = list(messages)
    for number, cut in enumerate(order):
        if enough(out):
            return out, number
        _thin(out, cut)
    return out, len(order)


def without_old_pictures(messages: Sequence[Message]) -> tuple[list[Message], int]:
    """The transcript with the pictures of earlier requests gone, a line in their place; and how many."""
    under_way, out, gone = request_under_way(messages), list(messages), 0
    for index, message in enumerate(messages[:under_way]):
        if message.images:
            names = ", ".join(image.name for image in message.images)
            told = f"{message.content}\n\n[{names}: the picture is no longer shown]"
            out[index] = replace(message, content=told, images=())
            gone += len(message.images)
    return out, gone


def is_left_out(text: str) -> bool:
    """Whether a text is what stands in a transcript for one that was left out, and no text of its own."""
    head, _, tail = ARGUMENT_LEFT_OUT.partition("{lines}")
    stripped = text.strip()
    middle = stripped.removeprefix(head).removesuffix(tail)
    return stripped == f"{head}{middle}{tail}" and middle.isdigit()


def _rank(cut: Cut, keep: Collection[str]) -> int:
    if cut.pair.told.category == "write":
        return 3
    if cut.superseded:
        return 0
    return 2 if cut.pair.told.path in keep else 1


def _superseded(pair: Pair, found: Sequence[Pair], messages: Sequence[Message]) -> bool:
    """A look at a file that a later look shows as well: at all of it, or by the same arguments. The text has
    to stand there still."""
    if not pair.told.pure or not pair.told.path:
        return False
    for later in found:
        again = later.result > pair.result and later.ok and later.told.path == pair.told.path
        if not again or later.call.name != pair.call.name:
            continue
        arguments = dict(later.call.arguments)
        whole = len(arguments) == 1
        stands = not messages[later.result].content.startswith(STUB)
        if stands and (whole or arguments == dict(pair.call.arguments)):
            return True
    return False


def _gain(pair: Pair, messages: Sequence[Message]) -> int:
    gained = utf8_size(messages[pair.result].content)
    gained = gained if gained >= WORTH_BYTES else 0
    return gained + sum(utf8_size(value) for value in _long_arguments(pair.call).values())


def _long_arguments(call: ToolCall) -> dict[str, str]:
    return {
        name: value
        for name, value in call.arguments.items()
        if isinstance(value, str) and utf8_size(value) > LONG_ARGUMENT
    }


def _thin(messages: list[Message], cut: Cut) -> None:
    pair = cut.pair
    result = messages[pair.result]
    if utf8_size(result.content) >= WORTH_BYTES:
        messages[pair.result] = replace(result, content=_stub(cut, result.content))
    long = _long_arguments(pair.call)
    if not long:
        return
    short = {name: ARGUMENT_LEFT_OUT.format(lines=_lines(value)) for name, value in long.items()}
    thin = replace(pair.call, arguments={**pair.call.arguments, **short})
    asking = messages[pair.asked]
    calls = tuple(thin if call.id == pair.call.id else call for call in asking.tool_calls)
    messages[pair.asked] = replace(asking, tool_calls=calls)


def _stub(cut: Cut, content: str) -> str:
    """What was there, in a line. Of a command and of an edit the first line is the outcome and stays."""
    told = cut.pair.told
    if told.command or told.category == "write":
        head = content.split("\n", 1)[0][:LONGEST_HEAD]
        return f"{head}\n[the other {max(_lines(content) - 1, 1)} lines are left out here]"
    if cut.superseded:
        return f"{STUB}{told.title}: left out here, it is shown again below]"
    return f"{STUB}{told.title}: {_lines(content)} lines, left out here; call it again to see them]"


def _lines(text: str) -> int:
    return text.rstrip("\n").count("\n") + 1
