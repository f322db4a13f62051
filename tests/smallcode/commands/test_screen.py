"""What a turn looks like on a terminal, and that no text of a model or a file can drive the terminal."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from smallcode import events as ev
from smallcode.commands.screen import Flow, TurnScreen, clean, diff_text, usage_line

USAGE = ev.UsageInfo(prompt_tokens=1000, cached_tokens=750, completion_tokens=40, requests=2)


def console(width: int = 60, *, watched: bool = False) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=width, force_terminal=watched, color_system=None, highlight=False), out


def shown(*events: ev.Event) -> str:
    terminal, out = console()
    screen = TurnScreen(terminal)
    for event in events:
        screen.show(event)
    screen.pause()
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;never ended", ""),
        ("\x1b(Bx\x1bMy", "xy"),
        ("a\r\nb", "a\nb"),
        ("over\rwritten", "over\\x0dwritten"),
        ("bell\x07 \x9b31m", "bell\\x07 \\x9b31m"),
        ("\u202eevil\u2066", "\\x202eevil\\x2066"),
        ("naïve 🙂 日本", "naïve 🙂 日本"),
    ],
)
def test_control_characters_are_shown_or_dropped(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text())
def test_nothing_that_drives_a_terminal_is_left(text: str) -> None:
    assert not any(ord(char) < 32 and char not in "\n\t" for char in clean(text))


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["one two three four five six"], "  one two three four \n  five six\n"),
        (["he", "llo wor", "ld"], "  hello world\n"),
        (["\n\n", "first"], "  first\n"),
        (["if x:\n", "    y\n\n", "z"], "  if x:\n      y\n\n  z\n"),
        (["a" * 30], f"  {'a' * 30}\n"),
        ([], ""),
    ],
)
def test_streaming_text_is_wrapped_at_words(pieces: list[str], expected: str) -> None:
    terminal, out = console(22, watched=True)
    flow = Flow(terminal)
    for piece in pieces:
        flow.feed(piece)
    flow.end()
    assert out.getvalue() == expected


def test_text_that_goes_into_a_file_is_not_wrapped() -> None:
    terminal, out = console(22)
    flow = Flow(terminal)
    flow.feed("one two three four five six")
    flow.end()
    assert out.getvalue() == "  one two three four five six\n"


def test_thoughts_and_answer_stand_on_lines_of_their_own() -> None:
    ended = ev.TurnEnded(stop_reason="done", text="Done.", files_changed=[], usage=ev.UsageInfo())
    thoughts = (ev.ThoughtChunk(text="Let me"), ev.ThoughtChunk(text=" see."))
    assert shown(*thoughts, ev.MessageChunk(text="Done."), ended) == "  Let me see.\n  Done.\n\n"


@pytest.mark.parametrize(
    ("usage", "window", "expected"),
    [
        (USAGE, 8192, "1,000 tokens read (750 from the cache, 75%), 40 written, 2 requests, window 8,192"),
        (ev.UsageInfo(prompt_tokens=5, requests=1), 0, "5 tokens read, 0 written, 1 request"),
    ],
)
def test_usage_in_words(usage: ev.UsageInfo, window: int, expected: str) -> None:
    assert usage_line(usage, window) == expected


def call(kind: str) -> ev.ToolStarted:
    return ev.ToolStarted(call_id="1", name="t", title=f"{kind} it", kind=kind, arguments={})


def result(content: str, *diffs: ev.DiffInfo, ok: bool = True) -> ev.ToolFinished:
    status = "completed" if ok else "failed"
    return ev.ToolFinished(call_id="1", name="t", status=status, content=content, diffs=list(diffs))


LONG = "\n".join(str(number) for number in range(20))


@pytest.mark.parametrize(
    ("kind", "finished", "present", "absent"),
    [
        ("read", result("a\nb\nc"), ["▸ read it", "✓ 3 lines"], ["a\n"]),
        ("read", result("There is no file a.", ok=False), ["✗ There is no file a."], ["✓"]),
        ("run", result(LONG), ["… 15 more lines", "      19\n"], ["15\n"]),
        ("run", result("exit status 1", ok=False), ["✗ exit status 1"], []),
        ("run", result("exit status 0\n\n..\n-----\nOK\n"), ["✓ exit status 0\n      OK\n"], ["--"]),
        ("search", result("", ok=False), ["✗ (nothing)"], []),
        (
            "write",
            result("changed", ev.DiffInfo(path="a.py", diff="--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n")),
            ["✓ changed a.py", "-x", "+y"],
            ["+++ b"],
        ),
        ("run", result("\x1b[2Jwiped"), ["✓ wiped"], ["\x1b"]),
    ],
)
def test_what_came_of_a_call(
    kind: str, finished: ev.ToolFinished, present: list[str], absent: list[str]
) -> None:
    text = shown(call(kind), finished)
    assert [part for part in present if part not in text] == []
    assert [part for part in absent if part in text] == []


def test_the_end_of_a_turn_tells_error_remedy_and_usage() -> None:
    text = shown(
        ev.UsageUpdated(usage=USAGE, window=4096),
        ev.Notice(level="warning", message="Asked again.", remedy="Wait."),
        ev.ReplyDiscarded(step=1, reason="it broke off"),
        ev.ReplyCorrected(step=1, kind="empty reply", attempt=1, detail="The reply was empty."),
        ev.Governed(governor="dedup", action="reuse", detail="The same result."),
        ev.TurnEnded(
            stop_reason="failed",
            text="",
            files_changed=["a.py"],
            usage=USAGE,
            error=ev.ErrorInfo(code="ModelUnreachable", message="Nothing listens.", remedy="Start it."),
        ),
    )
    for part in (
        "! Asked again. Wait.",
        "it broke off",
        "↻ The reply was empty.",
        "↻ dedup: The same result.",
        "Nothing listens.",
        "→ Start it.",
        "changed: a.py",
    ):
        assert part in text
    assert "window 4,096" in text


def plan(*statuses: str) -> ev.PlanUpdated:
    steps = [
        ev.PlanStep.model_validate({"text": f"Fix {name}.py", "status": status, "batch": 1})
        for name, status in zip("abc", statuses, strict=False)
    ]
    return ev.PlanUpdated(steps=steps, source="request")


def test_a_plan_is_shown_whole_and_then_what_has_changed_of_it() -> None:
    text = shown(plan("current", "open"), plan("done", "current"), plan("done", "current"), plan("current"))
    assert text == (
        "  → 1. Fix a.py\n  · 2. Fix b.py\n  (in any order: 1, 2)\n"
        "  ✓ 1. Fix a.py\n  → 2. Fix b.py\n"
        "  → 1. Fix a.py\n"
    )


def test_calls_that_run_together_are_named_where_they_end() -> None:
    starts = [
        ev.ToolStarted(call_id=name, name="t", title=f"read {name}", kind="read", arguments={})
        for name in "ab"
    ]
    ends = [ev.ToolFinished(call_id=name, name="t", status="completed", content="x") for name in "ab"]
    assert shown(*starts, *ends) == (
        "  ▸ read a\n  ▸ read b\n  ▸ read a\n    ✓ 1 line\n  ▸ read b\n    ✓ 1 line\n"
    )


def test_a_long_diff_is_cut_and_says_so() -> None:
    diff = "\n".join(f"+{number}" for number in range(100))
    assert diff_text(diff, limit=10).plain.splitlines() == [*diff.splitlines()[:10], "… 90 more lines"]
