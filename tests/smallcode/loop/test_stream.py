"""A reply as it streams: what a screen lets through, takes back and holds, and where the stream is closed."""

from smallcode import events as ev
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.loop.stream import ClearScreen, Limits, Piece, Reply, Screen, follow
from smallcode.messages import Message
from smallcode.ports import ModelRequest

REQUEST = ModelRequest((Message("user", "What?"),))


async def followed(
    step: Step, screen: Screen | None = None, limits: Limits | None = None
) -> tuple[Reply, list[ev.Event], ScriptedModel]:
    reply, model = Reply(), ScriptedModel([step])
    stream = follow(model, REQUEST, reply, screen or ClearScreen(), limits or Limits())
    return reply, [event async for event in stream], model


class UntilTheEnd:
    """Holds all back, and takes what comes before "</think>" for thoughts."""

    def __init__(self) -> None:
        self.held = ""

    def feed(self, raw: str) -> Piece:
        before, mark, after = (self.held + raw).partition("</think>")
        if mark:
            self.held = after
            return Piece(thoughts=before, discard=True)
        self.held += raw
        return Piece()

    def finish(self) -> Piece:
        return Piece(self.held)


async def test_all_of_it_comes() -> None:
    call = {"name": "f", "arguments": {"a": 1}}
    reply, events, model = await followed(Step("One two.", "Hm.", [call]))
    assert (reply.raw, reply.thoughts, reply.finish_reason, reply.cut) == (
        "One two.",
        "Hm.",
        "tool_calls",
        "",
    )
    assert reply.native[0].name == "f" and reply.native[0].arguments == '{"a": 1}'
    assert "".join(event.text for event in events if isinstance(event, ev.MessageChunk)) == "One two."
    assert "".join(event.text for event in events if isinstance(event, ev.ThoughtChunk)) == "Hm."
    assert model.cancelled == 0


async def test_a_screen_decides_what_is_shown() -> None:
    reply, events, _ = await followed(Step("I see it.</think>It is one."), UntilTheEnd(), Limits(step=3))
    assert reply.raw == "I see it.</think>It is one."
    assert events == [
        ev.ReplyDiscarded(step=3, reason="what it began with were thoughts"),
        ev.ThoughtChunk(text="I see it."),
        ev.MessageChunk(text="It is one."),
    ]


async def test_what_a_screen_makes_thoughts_counts_as_such() -> None:
    step = Step(" ".join(map(str, range(900))) + "</think>It is one.")
    reply, _, _ = await followed(step, UntilTheEnd(), Limits(thoughts=100))
    assert reply.cut == "endless thoughts"


async def test_circles_and_thoughts_without_end_close_the_stream() -> None:
    circles = Step("It is one, I think. " * 50)
    reply, _, model = await followed(circles)
    assert reply.cut == reply.finish_reason == "repetition" and model.cancelled == 1
    assert len(reply.raw) < len(circles.text) // 5
    reply, _, model = await followed(circles, limits=Limits(repetition=False))
    assert reply.cut == "" and reply.raw == circles.text and model.cancelled == 0
    reply, _, model = await followed(
        Step(thoughts=" ".join(map(str, range(900)))), limits=Limits(thoughts=100)
    )
    assert reply.cut == "endless thoughts" and model.cancelled == 1 and len(reply.thoughts) < 400
