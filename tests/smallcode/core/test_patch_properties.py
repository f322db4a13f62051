"""For any text: what a lenient match replaces is what was meant, and nothing else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.line_ends import to_lf
from smallcode.core.patch import Miss, Patched, apply_patch
from smallcode.core.patch.fold import fold, squeeze
from smallcode.core.textdiff import apply_edits

WORDS = ("total", "count", "name", "value", "'it'", '"x"', "(a, b)", "{", "}", "=", "+", "-", "café", "…")
INDENTS = ("", "    ", "        ", "\t", "\t\t", "  ")

LINE = st.tuples(st.sampled_from(INDENTS), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)).map(
    lambda parts: parts[0] + " ".join(parts[1])
)
LINES = st.lists(st.one_of(LINE, st.just("")), min_size=1, max_size=12)
ENDS = st.sampled_from(("\n", "\r\n", "\r"))


@st.composite
def distorted(draw: st.DrawFn) -> tuple[str, str, str, str, str]:
    """A file in three parts, and the middle part as a model might copy it, and a new text."""
    before, middle, after = draw(LINES), draw(LINES), draw(LINES)
    middle = [f"here_{draw(st.integers(0, 99))}", *middle, "there"]
    shift = draw(st.sampled_from(("", "", "  ", "\t")))
    tail = draw(st.sampled_from(("", "", " ", "\t")))
    curly = draw(st.booleans())
    old = [shift + line + tail for line in middle]
    if draw(st.booleans()):
        old = [line for line in old if line.strip()]
    if curly:
        old = [line.replace('"', "“").replace("'", "’").replace("-", "–") for line in old]
    changed = draw(st.integers(0, len(old) - 1))
    new = [*old[:changed], f"{shift}changed = 1{tail}", *old[changed + 1 :]]
    parts = ["\n".join(lines) + "\n" for lines in (before, middle, after)]
    return parts[0], parts[1], parts[2], "\n".join(old) + "\n", "\n".join(new) + "\n"


@given(distorted(), ENDS)
def test_only_the_region_changes(given_: tuple[str, str, str, str, str], end: str) -> None:
    before, middle, after, old, new = given_
    text = (before + middle + after).replace("\n", end)
    result = apply_patch(text, old, new)
    if isinstance(result, Miss):
        return
    assert apply_edits(text, result.edits) == result.text
    plain = to_lf(result.text)
    assert plain.startswith(before)
    assert plain.endswith(after)
    put = plain[len(before) : len(plain) - len(after)]
    assert squeeze(put).split() == squeeze(new).split()
    # Line ends are the file's.
    assert {*result.text.split(end)} == {*plain.split("\n")}


@given(distorted())
def test_lines_that_stay_keep_every_character(given_: tuple[str, str, str, str, str]) -> None:
    before, middle, after, old, new = given_
    result = apply_patch(before + middle + after, old, new)
    if isinstance(result, Miss) or result.how == "exact":
        return
    lines = result.text.split("\n")
    changed = [line for line in new.split("\n") if line not in old.split("\n")]
    assert len(changed) == 1
    gone = [line for line in (before + middle + after).split("\n") if line not in lines]
    assert len(gone) <= 1


TEXT = st.lists(
    st.sampled_from((*WORDS, " ", "  ", "\t", "\n", "\n\n", "\r\n", "“x”", "’", "\u00a0", "e\u0301")),
    max_size=30,
)


@given(TEXT.map("".join), TEXT.map("".join), TEXT.map("".join))
def test_a_random_old_text_changes_no_other_place(text: str, old: str, new: str) -> None:
    result = apply_patch(text, old, new)
    if isinstance(result, Miss):
        return
    sought = "\n".join(line for line in squeeze(to_lf(old)).split("\n") if line)
    solid = "\n".join(line for line in squeeze(to_lf(text)).split("\n") if line)
    assert sought in solid
    if result.how not in ("exact", "line endings", "line break at the end"):
        assert solid.count(sought) == 1


READ_OTHERWISE = (
    "1|",
    "2: ",
    "\\n",
    '\\"',
    "\\\\",
    "...",
    "…",
    "```",
    "- ",
    "+",
    "&lt;",
    "&amp;",
    "File: a",
    "\n",
    "a",
    "b",
    " ",
)


@given(
    st.lists(st.sampled_from(READ_OTHERWISE), max_size=15).map("".join),
    st.lists(st.sampled_from(READ_OTHERWISE), max_size=10).map("".join),
    st.lists(st.sampled_from(READ_OTHERWISE), max_size=10).map("".join),
)
def test_no_text_is_too_odd(text: str, old: str, new: str) -> None:
    result = apply_patch(text, old, new)
    if isinstance(result, Patched):
        assert apply_edits(text, result.edits) == result.text != text
    else:
        assert result.reason


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert " " not in squeeze(text)
