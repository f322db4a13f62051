"""The markup of thoughts. Everything inside is for nobody's ears: no call in it runs by itself."""

from __future__ import annotations

import re

from .tags import BAR

_NAMES = (
    r"(?:seed:|mm:|antml:|ifm\|)?(?:think(?:ing|_fast|_faster)?|thoughts?|reasoning|scratch_?pad|reflection)"
)
_THOUGHT_END = rf"<{BAR}(?:think|thought|thinking|reasoning)_(?:end|stop){BAR}>"
# Openers, with what closes them.
_PAIRS: tuple[tuple[str, str], ...] = (
    (rf"<(?P<think_name>{_NAMES})>", ""),
    (r"\[THINK\]", r"\[/THINK\]"),
    (rf"<{BAR}START_THINKING{BAR}>", rf"<{BAR}END_THINKING{BAR}>"),
    (r"<\|channel>\s*thought\b", r"<channel\|>"),
    (r"<\|channel\|>\s*analysis\s*<\|message\|>", r"<\|(?:end|return|call)\|>|(?=<\|(?:start|channel)\|>)"),
    (rf"<{BAR}begin_of_thought{BAR}>", rf"<{BAR}end_of_thought{BAR}>"),
    (rf"<{BAR}inner_prefix{BAR}>", rf"<{BAR}inner_suffix{BAR}>"),
    (rf"<{BAR}think{BAR}>", rf"<{BAR}(?:/think|end){BAR}>"),
    (rf"<{BAR}(?:think|thought|thinking|reasoning)_(?:start|begin){BAR}>", _THOUGHT_END),
    (r"\[unused16\]", r"\[unused17\]"),
    ("◁think▷", "◁/think▷"),
    (r"<\|open\|>\s*think\s*<\|sep\|>", r"<\|close\|>\s*think\s*<\|sep\|>|(?=<\|open\|>\s*response)"),
    (
        r"\A\s*Here (?:is|are) my (?:thought process|reasoning steps):",
        r"Here is my response:|(?=\[BEGIN FINAL)",
    ),
)
OPENERS = "|".join(opener for opener, _ in _PAIRS)
CLOSERS = "|".join(
    (
        rf"</{_NAMES}>", r"\[/THINK\]", rf"<{BAR}END_THINKING{BAR}>", "◁/think▷", rf"<{BAR}/think{BAR}>",
        rf"<{BAR}end_of_thought{BAR}>", rf"<{BAR}inner_suffix{BAR}>",
        _THOUGHT_END, r"\[unused17\]",
        r"<\|close\|>\s*think\s*<\|sep\|>", r"\[BEGIN FINAL RESPONSE\]",
    )
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(opener, re.IGNORECASE), re.compile(closer, re.IGNORECASE)) for opener, closer in _PAIRS[1:]
)


def closer_of(opener: str, name: str | None) -> re.Pattern[str]:
    """What ends the block that ``opener`` began; ``name`` is that of a tag, if it is one."""
    if name:
        return re.compile(rf"</{re.escape(name)}>", re.IGNORECASE)
    return next(closer for begins, closer in _COMPILED if begins.match(opener))
