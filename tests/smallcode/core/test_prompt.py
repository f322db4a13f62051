"""How a request is put to the model."""

import pytest

from smallcode.core.prompt import MENTIONS_CAP, user_message
from smallcode.messages import Ask


@pytest.mark.parametrize(
    ("ask", "content"),
    [
        (Ask("Fix it"), "Fix it"),
        (Ask("Fix it", active_path="a.py"), "Open in the editor: a.py\n\nFix it"),
        (Ask("Fix it", mentions=["a.py", "src/b.py"]), "Mentioned: a.py, src/b.py\n\nFix it"),
    ],
)
def test_what_the_editor_knows_stands_before_the_request(ask: Ask, content: str) -> None:
    assert user_message(ask).content == content


def test_mentions_are_capped() -> None:
    content = user_message(Ask("Fix it", mentions=["a.py"] * 10_000)).content
    assert len(content) < MENTIONS_CAP + 50 and content.endswith("Fix it")
