"""The simulated model over HTTP: streams, the server's own faults, figures from bytes, and whole runs."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.simmodel import SimServer
from bench.simmodel.action import Call, Reply
from bench.simmodel.runs import truncated
from bench.simmodel.tokens import common_prefix, modelled_seconds, render, tokens
from bench.simmodel.wire import limited, written
from bench.taskset import check, load_tasks, make_workspace
from hypothesis import given
from hypothesis import strategies as st
from plain_harness import STYLES, PlainHarness

TASKS = Path(__file__).parent / "data" / "tasks"
PROMPTS = {task.name: task.prompt for task in load_tasks(root=TASKS)}
TASK = "tiny-greeting"
USER = {"role": "user", "content": PROMPTS[TASK]}
SYSTEM = {"role": "system", "content": "You are an agent."}
LIMIT_S = 10.0


@pytest.fixture(scope="module")
def server() -> Iterator[SimServer]:
    with SimServer(TASKS) as running:
        yield running


def post(url: str, body: Any) -> tuple[int, str]:
    sent = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(sent, timeout=LIMIT_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=LIMIT_S) as answer:
        return json.load(answer)


class Run:
    def __init__(self, at: SimServer, **config: Any) -> None:
        registered = json.loads(post(f"{at.url}/runs", {"task": TASK, **config})[1])
        self.base_url: str = registered["base_url"]
        self.url = f"{at.url}/runs/{registered['run_id']}"

    def ask(self, *messages: Any, **more: Any) -> tuple[int, str]:
        request = {"model": "m", "messages": messages or [USER], "tools": STYLES["pairs"], **more}
        return post(f"{self.base_url}/chat/completions", request)

    @property
    def metrics(self) -> dict[str, Any]:
        return get(self.url)


def test_whole_and_streamed_replies_are_the_same(server: SimServer) -> None:
    whole = json.loads(Run(server).ask()[1])
    assert whole["choices"][0]["finish_reason"] == "tool_calls"
    function = whole["choices"][0]["message"]["tool_calls"][0]["function"]
    status, text = Run(server).ask(stream=True, stream_options={"include_usage": True})
    assert status == 200
    lines = [line.removeprefix("data: ") for line in text.split("\n") if line]
    assert lines[-1] == "[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    pieces = [
        call
        for chunk in chunks
        for choice in chunk["choices"]
        for call in choice["delta"].get("tool_calls", [])
    ]
    assert "".join(piece["function"].get("arguments", "") for piece in pieces) == function["arguments"]
    assert pieces[0]["function"]["name"] == function["name"] == "read"
    assert chunks[-2]["choices"][0]["finish_reason"] == "tool_calls"
    assert chunks[-1]["usage"] == whole["usage"]


def test_models_tell_the_window(server: SimServer) -> None:
    assert get(f"{Run(server, window=8192).base_url}/models")["data"][0]["meta"] == {"n_ctx": 8192}


def test_figures_come_from_the_bytes(server: SimServer) -> None:
    run = Run(server)
    first = {"messages": [USER], "tools": STYLES["pairs"]}
    second = {"messages": [USER, {"role": "user", "content": "ü" * 100}], "tools": STYLES["pairs"]}
    run.ask()
    usage = json.loads(run.ask(*second["messages"])[1])["usage"]
    prompts = [render(one).encode() for one in (first, second)]
    cached = common_prefix(*prompts) // 4
    assert usage["prompt_tokens"] == -(-len(prompts[1]) // 4)
    assert usage["prompt_tokens_details"]["cached_tokens"] == cached
    counted = run.metrics
    assert counted["uncached_tokens"] == sum(map(tokens, prompts)) - cached
    slow = counted["uncached_tokens"] / 200 + counted["completion_tokens"] / 10
    assert counted["modelled_seconds"]["200/10"] == pytest.approx(slow)


def test_overflow_is_refused_and_counted(server: SimServer) -> None:
    run = Run(server, window=100)
    status, text = run.ask()
    assert (status, json.loads(text)["error"]["type"]) == (400, "exceed_context_size_error")
    assert run.metrics["overflows"] == 1
    assert run.metrics["errors"] == {"400": 1}


def test_silent_truncation_drops_the_tools_and_the_front(server: SimServer) -> None:
    run = Run(server, window=300, server={"overflow": "truncate"})
    status, text = run.ask(SYSTEM, {"role": "user", "content": "x " * 400}, USER)
    assert status == 200
    answer = json.loads(text)
    assert answer["usage"]["prompt_tokens"] <= 300
    assert not answer["choices"][0]["message"].get("tool_calls")
    assert run.metrics["overflows"] == 1


def test_strict_template(server: SimServer) -> None:
    strict = {"template": "strict"}
    assert Run(server, server=strict).ask(SYSTEM, USER)[0] == 200
    assert Run(server, server=strict).ask(USER, SYSTEM)[0] == 400
    bad = {"id": "c", "type": "function", "function": {"name": "read", "arguments": "{"}}
    assert Run(server, server=strict).ask(USER, {"role": "assistant", "tool_calls": [bad]})[0] == 500
    assert Run(server).ask(USER, SYSTEM)[0] == 200


def test_outages_are_seen_as_such_and_end(server: SimServer) -> None:
    seen = set()
    for seed in range(12):
        run = Run(server, only="server_fault", seed=seed, server={"stall_s": 0.01})
        for _ in range(2):
            try:
                seen.add(run.ask(stream=True)[0])
            except (http.client.IncompleteRead, ConnectionError):
                seen.add("broken")
        assert run.ask(stream=True)[0] == 200
        assert run.metrics["faults"]["server_fault"]["drawn"] == 1
    assert seen == {500, "broken"}


def test_answers_are_cut_at_the_limit_of_tokens(server: SimServer) -> None:
    choice = json.loads(Run(server).ask(max_tokens=3)[1])["choices"][0]
    assert choice["finish_reason"] == "length"
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(choice["message"]["tool_calls"][0]["function"]["arguments"])


@pytest.mark.parametrize(
    "config",
    [
        {"task": "no-such"},
        {"only": "no_kind"},
        {"window": 0},
        {"recovery": 2},
        {"server": {"overflow": "?"}},
        {"x": 1},
    ],
)
def test_what_cannot_be_registered_is_refused_by_name(server: SimServer, config: dict[str, Any]) -> None:
    status, text = post(f"{server.url}/runs", {"task": TASK, **config})
    assert status == 400
    assert json.loads(text)["error"]["message"]


@pytest.mark.parametrize("body", [[], {"messages": 3}, {"messages": ["x"]}])
def test_requests_that_are_none(server: SimServer, body: Any) -> None:
    assert post(f"{Run(server).base_url}/chat/completions", body)[0] == 400
    assert post(f"{server.url}/run/nobody/v1/chat/completions", {})[0] == 404


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("task", PROMPTS)
def test_without_faults_every_style_of_harness_solves_the_task(
    server: SimServer, tmp_path: Path, task: str, style: str
) -> None:
    (loaded,) = load_tasks([task], root=TASKS)
    make_workspace(loaded, tmp_path / "w")
    run = Run(server, task=task)
    PlainHarness(run.base_url, tmp_path / "w", style).run(loaded.prompt)
    assert check(loaded, tmp_path / "w") == (True, "")
    counted = run.metrics
    assert (counted["answered"], counted["faults"], counted["overflows"]) == (True, {}, 0)
    assert counted["steps_seen"] == counted["steps"]
    if task == "tiny-limit" and style != "patch":
        assert (tmp_path / "w" / "settings.py").read_bytes() == b"LIMIT = 20\r\nOTHER = 10\r\n"


@pytest.mark.parametrize(
    ("kind", "solved"),
    [
        ("logic_bug", True),
        ("wrong_place", True),
        ("malformed_json", True),
        ("call_as_text", False),
        ("stale_old_str", False),
    ],
)
def test_single_faults_with_a_harness_that_repairs_nothing(
    server: SimServer, tmp_path: Path, kind: str, solved: bool
) -> None:
    (loaded,) = load_tasks([TASK], root=TASKS)
    make_workspace(loaded, tmp_path / "w")
    run = Run(server, only=kind)
    PlainHarness(run.base_url, tmp_path / "w").run(loaded.prompt)
    assert check(loaded, tmp_path / "w")[0] is solved
    found = run.metrics["faults"][kind]
    assert found["drawn"] > 0
    assert (found["recovered"] == found["drawn"]) is solved


def test_runs_are_the_same_again(server: SimServer, tmp_path: Path) -> None:
    logs = []
    for attempt in ("a", "b"):
        (loaded,) = load_tasks([TASK], root=TASKS)
        make_workspace(loaded, tmp_path / attempt)
        run = Run(server, rates=2, seed=5, server={"stall_s": 0.01})
        PlainHarness(run.base_url, tmp_path / attempt, most_requests=15).run(loaded.prompt)
        with urllib.request.urlopen(f"{run.url}/log", timeout=LIMIT_S) as answer:
            records = [json.loads(line) for line in answer.read().splitlines()]
        logs.append([(one["intent"], one["fault"], one["reply"].split("Ran ")[0]) for one in records])
    assert logs[0] == logs[1]
    assert any(fault for _, fault, _ in logs[0])


def test_a_second_server_leaves_the_first_alone(server: SimServer) -> None:
    with SimServer(TASKS) as other:
        assert other.url != server.url
        assert Run(other).ask()[0] == 200
    assert Run(server).ask()[0] == 200


@given(st.binary(max_size=60), st.binary(max_size=20), st.binary(max_size=20))
def test_common_prefix(shared: bytes, first: bytes, second: bytes) -> None:
    found = common_prefix(shared + first, shared + second)
    assert found >= len(shared)
    assert (shared + first)[:found] == (shared + second)[:found]
    assert (shared + first)[found : found + 1] != (shared + second)[found : found + 1] or found == len(
        shared + first
    )


@given(st.text(max_size=80), st.text(max_size=80), st.integers(1, 30))
def test_limited_replies_fit(content: str, value: str, most: int) -> None:
    reply = limited(Reply(content, (Call("f", {"a": value}),)), most)
    assert tokens(reply.content + "".join(call.raw or "" for call in reply.calls)) <= max(
        most, tokens(written(reply))
    )
    assert reply.finish_reason in ("length", "tool_calls")


@given(st.lists(st.text(max_size=400), min_size=1, max_size=6), st.integers(20, 200))
def test_truncated_prompts_fit_and_keep_their_end(texts: list[str], window: int) -> None:
    request = {"messages": [{"role": "user", "content": text} for text in texts], "tools": STYLES["pairs"]}
    shown = truncated(request, window)
    assert tokens(render(shown)) <= window
    assert texts[-1].endswith(shown["messages"][-1]["content"].lstrip("\ufffd"))


def test_modelled_seconds() -> None:
    assert modelled_seconds(2000, 100) == {
        "200/10": 20.0,
        "1000/40": 4.5,
        "3800/110": pytest.approx(1.4354, abs=1e-4),
    }
