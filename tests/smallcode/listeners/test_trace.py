import logging
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode import events as ev
from smallcode.adapters.clock import ManualClock
from smallcode.listeners.trace import Trace, read_trace
from smallcode.messages import Usage

USAGE = ev.UsageInfo.of(Usage(prompt_tokens=900, cached_tokens=800, completion_tokens=20, requests=1))
ENDED = ev.TurnEnded(stop_reason="done", text="Fixed.", files_changed=["a.py"], usage=USAGE)


class Played:
    """A trace that is fed events, each so many seconds after the one before."""

    def __init__(self, directory: Path, **options: Any) -> None:
        self.clock = ManualClock(now=1000.0)
        self.directory = directory
        self.trace = Trace(directory, clock=self.clock, **options)

    def feed(self, turn_id: str, *events: ev.Event | float) -> None:
        for event in events:
            if isinstance(event, float):
                self.clock.advance(event)
            else:
                self.trace.on_event(turn_id, event)

    def spans(self, turn_id: str) -> list[dict[str, Any]]:
        return read_trace(self.directory / f"{turn_id}.jsonl")


def call(call_id: str = "c1", **arguments: Any) -> ev.ToolStarted:
    return ev.ToolStarted(
        call_id=call_id, name="bash", title="run make", kind="run", arguments=arguments, repairs=["alias"]
    )


def result(call_id: str = "c1", content: str = "exit status 0", **rest: Any) -> ev.ToolFinished:
    return ev.ToolFinished(call_id=call_id, name="bash", content=content, **{"status": "completed"} | rest)


def request(step: int) -> ev.RequestStarted:
    return ev.RequestStarted(step=step, messages=4, estimated_tokens=850)


def reply(step: int) -> ev.RequestFinished:
    return ev.RequestFinished(step=step, finish_reason="stop", usage=USAGE)


def test_a_side_request_is_a_span_that_ends_when_it_is_told(tmp_path: Path) -> None:
    played = Played(tmp_path)
    asked = ev.SideRequest(
        name="merge",
        tier="medium",
        source="fallback",
        attempts=1,
        seconds=2.5,
        usage=USAGE,
        reason="none",
    )
    played.feed("t1", ev.TurnStarted(prompt="fix it"), 4.0, asked, 1.0, asked, ENDED)
    first, second, _ = played.spans("t1")
    assert (first["span"], first["id"], first["parent"]) == ("side_request", "t1/side-request-1", "t1")
    assert (first["start"], first["end"], second["end"]) == (1001.5, 1004.0, 1005.0)
    assert (first["name"], first["source"], first["attempts"]) == ("merge", "fallback", 1)
    assert (first["reason"], first["usage"]["prompt_tokens"]) == ("none", 900)
    assert "unfinished" not in first


def test_a_whole_turn(tmp_path: Path) -> None:
    played = Played(tmp_path / "state" / "traces")
    played.feed(
        "t1",
        ev.TurnStarted(prompt="fix it"),
        1.0,
        request(0),
        ev.PromptProgress(processed=100, total=900, cached=800),
        2.0,
        ev.ThoughtChunk(text="Let me "),
        ev.ThoughtChunk(text="see."),
        ev.MessageChunk(text="I run "),
        ev.MessageChunk(text="it."),
        3.0,
        reply(0),
        call(command="make"),
        0.5,
        result(diffs=[ev.DiffInfo(path="a.py", diff="+x")]),
        ev.Notice(level="warning", message="slow", remedy="wait"),
        ev.UsageUpdated(usage=USAGE, window=8192),
        ENDED,
    )

    usage = {
        "prompt_tokens": 900,
        "cached_tokens": 800,
        "completion_tokens": 20,
        "requests": 1,
        "uncached_tokens": 100,
        "avoidable_tokens": 0,
    }
    assert played.spans("t1") == [
        {
            "span": "request",
            "id": "t1/request-0",
            "parent": "t1",
            "start": 1001.0,
            "end": 1006.0,
            "step": 0,
            "messages": 4,
            "estimated_tokens": 850,
            "progress": {"processed": 100, "total": 900, "cached": 800},
            "seconds_to_first_chunk": 2.0,
            "finish_reason": "stop",
            "usage": usage,
            "text": "I run it.",
            "thoughts": "Let me see.",
        },
        {
            "span": "tool",
            "id": "c1",
            "parent": "t1",
            "start": 1006.0,
            "end": 1006.5,
            "name": "bash",
            "title": "run make",
            "kind": "run",
            "arguments": {"command": "make"},
            "repairs": ["alias"],
            "status": "completed",
            "size": len("exit status 0"),
            "files": ["a.py"],
        },
        {
            "span": "notice",
            "id": "t1/notice-1",
            "parent": "t1",
            "start": 1006.5,
            "end": 1006.5,
            "level": "warning",
            "message": "slow",
            "remedy": "wait",
        },
        {
            "span": "turn",
            "id": "t1",
            "parent": None,
            "start": 1000.0,
            "end": 1006.5,
            "prompt": "fix it",
            "window": 8192,
            "budget": None,
            "stop_reason": "done",
            "text": "Fixed.",
            "files_changed": ["a.py"],
            "usage": usage,
            "error": None,
        },
    ]


def test_a_discarded_reply_is_kept_apart(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed(
        "t1",
        ev.TurnStarted(prompt="p"),
        request(0),
        ev.MessageChunk(text="half"),
        ev.ReplyDiscarded(step=0, reason="the stream broke off"),
        ev.MessageChunk(text="whole"),
        reply(0),
        ENDED,
    )
    first, _ = played.spans("t1")
    assert first["discarded"] == [{"reason": "the stream broke off", "text": "half"}]
    assert first["text"] == "whole"


def test_a_correction_is_a_span(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed(
        "t1",
        ev.TurnStarted(prompt="p"),
        ev.ReplyCorrected(step=2, kind="announcement", attempt=1, detail="It announced a step."),
        ENDED,
    )
    found = played.spans("t1")[0]
    assert (found["span"], found["parent"], found["step"]) == ("correction", "t1", 2)
    assert (found["kind"], found["attempt"], found["detail"]) == ("announcement", 1, "It announced a step.")


def test_what_a_turn_was_taken_for_stands_in_its_own_span(tmp_path: Path) -> None:
    played = Played(tmp_path)
    routed = ev.Routed(category="run", confidence=0.5, tools=["bash"])
    played.feed("t1", ev.TurnStarted(prompt="p"), routed, ENDED)
    (turn,) = played.spans("t1")
    assert turn["routed"] == {"category": "run", "confidence": 0.5, "tools": ["bash"]}


def test_a_plan_is_a_span(tmp_path: Path) -> None:
    played = Played(tmp_path)
    steps = [ev.PlanStep(text="Fix a.py", status="current", batch=1)]
    played.feed("t1", ev.TurnStarted(prompt="p"), ev.PlanUpdated(steps=steps, source="model"), ENDED)
    found = played.spans("t1")[0]
    assert (found["span"], found["parent"], found["source"]) == ("plan", "t1", "model")
    assert found["steps"] == [{"text": "Fix a.py", "status": "current", "batch": 1}]


def test_what_a_governor_says_is_a_span(tmp_path: Path) -> None:
    played = Played(tmp_path)
    said = ev.Governed(governor="dedup", action="reuse", detail="The same result.")
    played.feed("t1", ev.TurnStarted(prompt="p"), said, ENDED)
    found = played.spans("t1")[0]
    assert (found["span"], found["parent"]) == ("governed", "t1")
    assert (found["governor"], found["action"], found["detail"]) == ("dedup", "reuse", "The same result.")


def test_a_failed_call_says_why_and_a_good_one_only_its_size(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed(
        "t1",
        ev.TurnStarted(prompt="p"),
        call("c1"),
        result("c1", "exit status 2: no rule"),
        ev.TurnEnded(
            stop_reason="failed",
            text="",
            files_changed=[],
            usage=USAGE,
            error=ev.ErrorInfo(code="ModelStalled", message="no byte", remedy="wait"),
        ),
    )
    played.feed("t2", ev.TurnStarted(prompt="p"), call(), result("c1", "no rule", status="failed"), ENDED)

    (good, turn), (bad, _) = played.spans("t1"), played.spans("t2")
    assert (good["size"], "failure" in good) == (22, False)
    assert (bad["status"], bad["failure"]) == ("failed", "no rule")
    assert turn["error"] == {"code": "ModelStalled", "message": "no byte", "remedy": "wait"}


def test_what_never_finished_is_written_and_marked(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed("t1", ev.TurnStarted(prompt="p"), request(0), 1.0, request(1), call("c1"), call("c2"))
    played.feed("t1", result("c2"), 2.0, ENDED)

    found = [(span["id"], span["end"], span.get("unfinished", False)) for span in played.spans("t1")]
    assert found == [
        ("t1/request-0", 1001.0, True),
        ("c2", 1001.0, False),
        ("t1/request-1", 1003.0, True),
        ("c1", 1003.0, True),
        ("t1", 1003.0, False),
    ]


def test_what_ended_is_on_the_disk_before_the_turn_ends(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed("t1", ev.TurnStarted(prompt="p"), call(), result())
    assert [span["span"] for span in played.spans("t1")] == ["tool"]


def test_turns_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed("t1", ev.TurnStarted(prompt="one"))
    played.feed("t2", ev.TurnStarted(prompt="two"))
    played.feed("t1", call("same"))
    played.feed("t2", call("same"))
    played.feed("t1", result("same", "first"), ENDED)
    played.feed("t2", result("same", "second!"), ENDED)
    assert [(span["parent"], span.get("size")) for span in played.spans("t1")] == [("t1", 5), (None, None)]
    assert [(span["parent"], span.get("size")) for span in played.spans("t2")] == [("t2", 7), (None, None)]


def test_secrets_are_nowhere(tmp_path: Path) -> None:
    secret, longer = 'sk-"quoted\\', 'sk-"quoted\\-and-longer'
    played = Played(tmp_path, secrets=[secret, longer, ""])
    played.feed(
        "t1",
        ev.TurnStarted(prompt=f"my key is {secret}"),
        request(0),
        ev.MessageChunk(text=f"as {longer[:7]}"),
        ev.MessageChunk(text=f"{longer[7:]} says"),
        reply(0),
        call(command=f"curl -H {secret}", env={secret: [secret, {"k": f"{secret}{secret}"}]}),
        result(content=f"401 for {secret}", status="failed"),
        ev.Notice(level="error", message=secret),
        ENDED,
    )
    raw = (tmp_path / "t1.jsonl").read_text()
    assert "quoted" not in raw
    asked, tool, notice, turn = played.spans("t1")
    assert asked["text"] == "as [redacted] says"
    assert tool["arguments"] == {
        "command": "curl -H [redacted]",
        "env": {"[redacted]": ["[redacted]", {"k": "[redacted][redacted]"}]},
    }
    assert tool["failure"] == "401 for [redacted]"
    assert notice["message"] == "[redacted]"
    assert turn["prompt"] == "my key is [redacted]"


@given(st.text(), st.dictionaries(st.text(max_size=5), st.text() | st.integers() | st.none(), max_size=5))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, text: str, arguments: Any) -> None:
    played = Played(tmp_path_factory.mktemp("trace"))
    played.feed("t1", ev.TurnStarted(prompt=text), call(**{"arguments": arguments}), result(), ENDED)
    tool, turn = played.spans("t1")
    assert turn["prompt"] == text
    assert tool["arguments"] == {"arguments": arguments}


def test_half_of_a_surrogate_pair_survives(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.feed("t1", ev.TurnStarted(prompt="p"), call(command="\ud800 é 😀"), result(), ENDED)
    assert played.spans("t1")[0]["arguments"] == {"command": "\ud800 é 😀"}


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    played = Played(tmp_path / "state" / "smallcode" / "traces")
    before = os.umask(0)
    try:
        played.feed("t1", ev.TurnStarted(prompt="p"), ENDED)
    finally:
        os.umask(before)
    made = (played.directory / "t1.jsonl", played.directory, *played.directory.parents[:2])
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o600, 0o700, 0o700, 0o700]


def test_an_id_names_no_other_folder(tmp_path: Path) -> None:
    played = Played(tmp_path / "traces")
    played.feed("../../etc/x", ev.TurnStarted(prompt="p"), ENDED)
    assert [path.name for path in (tmp_path / "traces").iterdir()] == ["______etc_x.jsonl"]


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    played = Played(tmp_path, keep=3)
    (tmp_path / "notes.txt").write_text("not a trace")
    for number in range(6):
        played.feed(f"t{number}", ev.TurnStarted(prompt="p"), ENDED)
        os.utime(tmp_path / f"t{number}.jsonl", (number, number))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "notes.txt",
        "t3.jsonl",
        "t4.jsonl",
        "t5.jsonl",
    ]


def test_a_folder_that_cannot_be_written_switches_it_off_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    played = Played(blocked / "traces")
    with caplog.at_level(logging.WARNING):
        for turn_id in ("t1", "t2"):
            played.feed(turn_id, ev.TurnStarted(prompt="p"), call(), result(), ENDED)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert str(blocked / "traces") in caplog.text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_switches_it_off_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    played = Played(tmp_path)
    (tmp_path / "t1.jsonl").symlink_to("/dev/full")
    with caplog.at_level(logging.WARNING):
        played.feed("t1", ev.TurnStarted(prompt="p"), call(), result(), ENDED)
        played.feed("t2", ev.TurnStarted(prompt="p"), ENDED)
    assert len(caplog.records) == 1
    assert not (tmp_path / "t2.jsonl").exists()


def test_arguments_that_are_no_sane_json_do_not_raise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    played = Played(tmp_path)
    played.feed("t1", ev.TurnStarted(prompt="p"))
    started = ev.ToolStarted.model_construct(
        type="tool_call", call_id="c1", name="x", title="x", kind="run", arguments={"a": deep}, repairs=[]
    )
    played.feed("t1", started, result(), ENDED)
    assert "A span of turn t1 could not be written" in caplog.text
    assert [span["span"] for span in played.spans("t1")] == ["turn"]


@pytest.mark.parametrize("event", [request(0), call(), result(), reply(0), ENDED, ev.MessageChunk(text="x")])
def test_events_out_of_order_are_no_trouble(tmp_path: Path, event: ev.Event) -> None:
    played = Played(tmp_path)
    played.feed("never started", event)
    played.feed("t1", ev.TurnStarted(prompt="p"), reply(0), result("unknown"), ENDED, event)
    assert [span["span"] for span in played.spans("t1")] == ["turn"]
    assert len(list(tmp_path.iterdir())) == 1
