import pytest

from smallcode.core.misses import Misses
from smallcode.core.profile import GENERIC, Profile
from smallcode.core.prompt import for_profile, system_message
from smallcode.core.rewriting import SMALL_FILE_LINES, preference, rewrite_or_patch
from smallcode.messages import Message

WHOLE = Profile("qwen2.5-coder", whole_file_lines=80)


@pytest.mark.parametrize(
    ("lines", "profile", "misses", "way"),
    [
        (10, GENERIC, 0, "patch"),
        (10, GENERIC, 1, "patch"),
        (10, GENERIC, 2, "rewrite"),
        (SMALL_FILE_LINES, GENERIC, 2, "rewrite"),
        (SMALL_FILE_LINES + 1, GENERIC, 9, "patch"),
        (80, WHOLE, 0, "rewrite"),
        (81, WHOLE, 0, "patch"),
        (81, WHOLE, 2, "rewrite"),
        (0, GENERIC, 0, "rewrite"),
    ],
)
def test_the_way(lines: int, profile: Profile, misses: int, way: str) -> None:
    assert rewrite_or_patch(lines, profile, misses) == way


def test_only_models_that_rather_rewrite_are_told() -> None:
    system = system_message("shop")
    assert preference(GENERIC) == ""
    assert for_profile(system, GENERIC) == system
    told = for_profile(system, WHOLE)
    assert told.content == f"{system.content}\n\n{preference(WHOLE)}"
    assert "at most 80 lines" in told.content
    # Another model behind the same session, and the same one again.
    assert for_profile(told, GENERIC) == system
    assert for_profile(told, WHOLE) == told
    assert for_profile(Message("user", "x"), WHOLE) == Message("user", "x")


def test_misses_are_counted_by_place_and_file() -> None:
    misses = Misses()
    assert misses.note("a", 10) == (1, 1)
    assert misses.note("a", 100) == (1, 2)
    assert misses.note("a", 14) == (2, 3)
    assert misses.note("b", 14) == (1, 1)
    assert misses.note("a", 0) == (1, 4)
    misses.landed("a")
    misses.landed("unknown")
    assert misses.note("a", 10) == (1, 1)
