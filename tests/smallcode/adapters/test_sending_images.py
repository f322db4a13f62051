"""Pictures on their way to the server, and in a transcript that has to shrink."""

import pytest

from smallcode.adapters.ollama import native_body
from smallcode.adapters.tokens import VocabularyCounter
from smallcode.adapters.wire import messages_to_wire
from smallcode.core.rendering.quirks import joined
from smallcode.core.tokens import prior_tokens
from smallcode.core.transcript import shrink
from smallcode.messages import Image, Message

ONE, TWO = Image("a.png", "image/png", "AAAA", 600), Image("b.jpg", "image/jpeg", "BBBB", 700)
ASKED = Message("user", "What is this?", images=(ONE, TWO))


def test_they_are_parts_of_the_content() -> None:
    assert messages_to_wire([ASKED, Message("assistant", "A cat.")]) == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
                {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,BBBB"}},
            ],
        },
        {"role": "assistant", "content": "A cat."},
    ]


def test_ollama_has_them_beside_the_text() -> None:
    fields = {"model": "m", "messages": messages_to_wire([ASKED, Message("assistant", "A cat.")])}
    assert native_body(fields, 8192)["messages"] == [
        {"role": "user", "content": "What is this?", "images": ["AAAA", "BBBB"]},
        {"role": "assistant", "content": "A cat."},
    ]


def test_they_count() -> None:
    plain = Message("user", "What is this?")
    assert prior_tokens([ASKED], []) - prior_tokens([plain], []) == 1300
    assert VocabularyCounter().estimate([ASKED], []) - VocabularyCounter().estimate([plain], []) >= 1300


def test_messages_that_are_joined_keep_theirs() -> None:
    assert joined(ASKED, Message("user", "And this?", images=(ONE,))).images == (ONE, TWO, ONE)


@pytest.mark.parametrize("system", [[], [Message("system", "Be brief.")]])
def test_old_ones_go_before_anything_else(system: list[Message]) -> None:
    newest = Message("user", "And this?", images=(TWO,))
    smaller = shrink([*system, ASKED, Message("assistant", "A cat."), newest])
    assert smaller is not None
    first = smaller[len(system)]
    assert first.images == ()
    assert first.content == "What is this?\n\n[a.png, b.jpg: the picture is no longer shown]"
    assert smaller[-1] == newest
