"""Make a text fit: its head and its tail stay, and the cut in the middle says how much is gone."""

from __future__ import annotations

from .room import Room

# Of the room, the head's share: compilers put what matters first, test runners put it last, and these are
# run more often.
HEAD_SHARE = 0.4


def shorten(text: str, limit: int) -> str:
    """``text`` itself, or its two ends in at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    middle = len(text) // 2
    return join_ends(text[:middle], text[middle:], 0, limit)


def shorten_to(text: str, room: Room) -> str:
    """``text`` itself, or its two ends in as much as ``room`` holds; "" where it holds not even a mark."""
    short = text
    limit = min(room.chars, len(text))
    while not room.holds(short):
        short = shorten(text, limit)
        # Tokens are spread unevenly: the next try is what the average asks for, and always a tenth less.
        fitting = limit * room.tokens // max(room.measure(short), 1)
        limit = min(fitting, limit * 9 // 10)
        if limit <= 0:
            return ""
    return short


def join_ends(head: str, tail: str, hidden: int, limit: int) -> str:
    """The start of ``head`` and the end of ``tail`` in at most ``limit`` characters, and between them a line
    that says how many characters are left out: those cut here and the ``hidden`` ones that lay between.

    The cut falls on a line end where one is near.
    """
    total = hidden + len(head) + len(tail)
    room = limit - len(_mark(total)) - 2
    if room <= 0:
        return (head + tail)[: max(limit, 0)]
    for_head = max(int(room * HEAD_SHARE), room - len(tail))
    kept_head = _to_line_end(head, for_head)
    kept_tail = _from_line_start(tail, room - len(kept_head))
    left_out = total - len(kept_head) - len(kept_tail)
    before = "" if kept_head.endswith("\n") or not kept_head else "\n"
    return f"{kept_head}{before}{_mark(left_out)}\n{kept_tail}"


def _mark(left_out: int) -> str:
    return f"[... about {left_out:,} characters are left out here ...]"


def _to_line_end(text: str, size: int) -> str:
    if len(text) <= size:
        return text
    end = text.rfind("\n", size // 2, size)
    return text[: end + 1] if end >= 0 else text[:size]


def _from_line_start(text: str, size: int) -> str:
    if len(text) <= size:
        return text
    start = len(text) - size
    end = text.find("\n", start - 1, start + size // 2)
    return text[end + 1 :] if end >= 0 else text[start:]
