"""The call formats of all families where they are quoted, weighed, or name what does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..encoders import FAMILIES
from ..json_text import PLAIN, json_text
from ..mutators.base import write
from ..values import Call

_CALLS = (
    Call("read_file", {"path": "src/app.py"}),
    Call("bash", {"command": "make test"}),
    Call("search", {"pattern": "TODO"}),
    Call("get_weather", {"location": "Zürich"}),
)
_UNKNOWN = (
    Call("send_email", {"to": "ada@example.org", "body": "hello"}),
    Call("query_database", {"sql": "SELECT 1"}),
    Call("translate_text", {"text": "hello", "language": "de"}),
    Call("launch_browser", {"url": "http://localhost"}),
    Call("image_generation", {"prompt": "a cat"}),
)
_INLINE = (
    "To call it, the model prints {} and waits for the result.",
    "In this dialect a call reads {}, nothing else.",
    "You will sometimes see {} in the log; that is a call which was not parsed.",
)
_LEADS = (
    "A call of this family looks as follows:",
    "For example, the model would print",
    "The chat template renders it like this:",
)
_TRAILS = (
    "The server takes it apart and runs the tool.",
    "Nothing was run here: it only shows the format.",
    "Note that the arguments must satisfy the schema.",
)
_ANSWERS = (
    "No tool is needed: the answer is 42.",
    "You can do that yourself with `make`.",
    "It is a parser for dates.",
)


def inline(chance: Random) -> Iterator[str]:
    """In a code span within a sentence; a format that needs several lines does not fit there."""
    for family in FAMILIES:
        text = write(family, (chance.choice(_CALLS),), chance.getrandbits(32)).strip()
        if "\n" not in text and "`" not in text:
            yield chance.choice(_INLINE).format(f"`{text}`")


def fenced(chance: Random) -> Iterator[str]:
    """In a fence, and the answer goes on after it."""
    for family in FAMILIES:
        text = write(family, (chance.choice(_CALLS),), chance.getrandbits(32)).strip()
        fence = "````" if "```" in text else "```"
        info = chance.choice(("", "text", "xml" if family.syntax == "tags" else "json"))
        yield f"{chance.choice(_LEADS)}\n\n{fence}{info}\n{text}\n{fence}\n\n{chance.choice(_TRAILS)}"


def decoys(chance: Random) -> Iterator[str]:
    """Within thoughts, then an answer in words."""
    for family in FAMILIES:
        if family.think is None:
            continue
        opener, closer = family.think
        text = write(family, (chance.choice(_CALLS),), chance.getrandbits(32)).strip()
        opening = opener if chance.random() < 0.6 else ""
        block = f"{opening}I could do this:\n{text}\nbut nobody asked for it.\n{closer}"
        yield f"{block}\n\n{chance.choice(_ANSWERS)}"


def unmarked_thoughts(chance: Random) -> Iterator[str]:
    """The block is all there is, but what stands in it has no mark of a call."""
    for family in FAMILIES:
        if not family.marked and family.think is not None:
            text = write(family, (chance.choice(_CALLS),), chance.getrandbits(32)).strip()
            yield f"<think>\nOne way would be this.\n{text}" + chance.choice(("", "\n</think>"))


def unknown(chance: Random) -> Iterator[str]:
    """Tools that nobody offers and that have no near name among those offered, in every family."""
    for family in FAMILIES:
        yield write(family, (chance.choice(_UNKNOWN),), chance.getrandbits(32))


def unfit(chance: Random) -> Iterator[str]:
    """Bare JSON that names a tool, with arguments that its schema refuses."""
    wrong: tuple[tuple[str, dict[str, object]], ...] = (
        ("read_file", {}),
        ("read_file", {"encoding": "utf-8"}),
        ("bash", {"shell": "/bin/sh", "login": True}),
        ("patch", {"path": "a.py"}),
        ("patch", {"path": "a.py", "old_str": "x"}),
        ("write_file", {"content": "x"}),
        ("search", {"case_sensitive": True}),
        ("create_event", {"title": "x"}),
        ("convert_units", {"value": 3}),
    )
    for name, arguments in wrong:
        text = json_text({"name": name, "arguments": arguments}, PLAIN)
        yield text
        yield f"```json\n{text}\n```"
