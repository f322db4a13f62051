"""When a count says that the server cut the prompt."""

import pytest

from smallcode.core.tokens import truncated


@pytest.mark.parametrize(
    ("estimated", "counted", "expected"),
    [
        (20_000, 4_096, True),  # Ollama's window of 4k, the front dropped
        (20_000, 9_999, True),
        (20_000, 10_000, False),
        (20_000, 19_000, False),
        (20_000, 40_000, False),
        (20_000, 0, False),  # no count was told
        (300, 50, False),  # a short prompt is mostly template
        (600, 250, True),
        (0, 0, False),
    ],
)
def test_truncated(estimated: int, counted: int, expected: bool) -> None:
    assert truncated(estimated, counted) is expected
