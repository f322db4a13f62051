"""A long session in windows of four sizes, each request read by a real llama.cpp server.

Two invariants: no request is larger than the window, and none makes the server read again what it has read,
unless that was declared. Both are judged by what was sent and by what the server counted.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.script import Step
from smallcode.build import open_model, open_session
from smallcode.core import transcript
from smallcode.messages import Ask
from smallcode.settings import Settings

from .llama.proxy import ModelProxy, breaks
from .llama.server import serve

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TURNS = (
    "Look through the shop: what do the orders cost, and which tests fail?",
    "Give every order a currency, EUR unless it says otherwise. Never touch prices.json.",
    "Now sum up what was found in the log, and tidy the report.",
)
REQUESTS = 40

# Of what is new and what was declared, how much may be read at most: the server reads a few tokens more than
# the common beginning leaves (the last one of a prompt always, and what is at the end of one request alone).
READ_AT_MOST = 1.15


def call(name: str, **arguments: Any) -> Step:
    return Step(tool_calls=[{"name": name, "arguments": arguments}])


def read(path: str, **lines: int) -> Step:
    return call("read_file", path=path, **lines)


def run(command: str) -> Step:
    return call("bash", command=command)


FAILING = """python3 -c 'for i in range(80): print("step", i, "of the check")
raise SystemExit(3)'"""
EDIT = {"old_str": "    return total * 4711", "new_str": '    return total * 4711, "EUR"'}


def script() -> list[Step]:
    looks = [read("orders.py"), read("log.txt"), read("prices.json"), read("orders.py", start_line=100)]
    first = [
        call("find_files", pattern="*"),
        *looks,
        call("search", pattern="def "),
        run(FAILING),
        read("log.txt", start_line=300),
        read("report.md"),
        run("cat log.txt"),
        read("orders.py"),
        run(FAILING),
        call("search", pattern="total"),
        Step(text="The orders cost 40 in all; the check of step 79 fails."),
    ]
    second = [
        read("orders.py", start_line=40),
        call("patch", path="orders.py", **EDIT),
        run("python3 -m py_compile orders.py"),
        read("report.md"),
        call("write_file", path="currency.py", content="CODES = [\n" + '    "EUR",\n' * 60 + "]\n"),
        run("python3 -m py_compile currency.py"),
        read("currency.py"),
        read("prices.json"),
        run(FAILING),
        run("cat orders.py"),
        read("log.txt"),
        run("python3 -m py_compile orders.py currency.py"),
        Step(text="Every order has a currency now; prices.json is as it was, and the files compile."),
    ]
    third = [
        read("log.txt", start_line=600),
        call("search", pattern="warning"),
        read("report.md", start_line=50),
        run("head -c 3000 log.txt"),
        read("orders.py"),
        run("tail -c 3000 log.txt"),
        call("append_file", path="report.md", content="\n\nThe log has warnings in each hour.\n"),
        run("grep -c warning log.txt"),
        read("report.md"),
        run("cat report.md"),
        read("log.txt", start_line=1),
        run("wc -l report.md"),
        Step(text="The report says what the log has."),
    ]
    steps = [*first, *second, *third]
    assert len(steps) == REQUESTS
    return steps


def shop(root: Path) -> None:
    functions = "\n\n".join(
        f"def order_{number}(prices, amount={number}):\n"
        + "".join(f"    part_{line} = prices[{line}] * amount + {line}\n" for line in range(8))
        + "    total = "
        + " + ".join(f"part_{line}" for line in range(8))
        + "\n"
        + (f"    return total * {number}0" if number != 1 else "    return total * 4711")
        for number in range(1, 40)
    )
    (root / "orders.py").write_text(functions + "\n")
    log = (f"2026-01-{day:02} {hour:02}:00 {'warning' if hour % 3 else 'info'} order {day * hour} was late"
           for day in range(1, 29) for hour in range(24))  # fmt: skip
    (root / "log.txt").write_text("\n".join(log) + "\n")
    (root / "prices.json").write_text(
        json.dumps([{"name": f"thing {n}", "price": n} for n in range(300)], indent=1)
    )
    (root / "report.md").write_text("# Report\n\n" + "A paragraph about orders and what they cost.\n\n" * 120)


@pytest.mark.parametrize("window", [4096, 8192, 16384, 32768])
async def test_no_request_overflows_and_nothing_is_read_twice_unless_declared(
    llama_server: Path, tmp_path: Path, window: int
) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    shop(root)
    text = "".join(path.read_text() for path in sorted((ROOT / "agent").rglob("*.py")))
    events: list[ev.Event] = []
    async with (
        serve(llama_server, tmp_path, ["ok"], context=window, text=text, vocabulary=16_000) as llama,
        ModelProxy(llama.root, script()) as proxy,
    ):
        settings = Settings(base_url=proxy.address)
        client = open_model(settings)
        session = open_session(settings, DiskWorkspace(root), FixedApprover("allow_once"), client)
        try:
            for prompt in TURNS:
                turn = [event async for event in session.ask(Ask(prompt))]
                events += turn
                assert isinstance(turn[-1], ev.TurnEnded) and turn[-1].stop_reason == "done", turn[-1]
                assert transcript.problems(session.messages) == []
        finally:
            await session.aclose()
            await client.aclose()
        assert [event.detail for event in events if isinstance(event, ev.ReplyCorrected)] == []
        assert [one.status for one in proxy.log] == [200] * REQUESTS
        assert max(one.prompt_tokens for one in proxy.log) <= window
        found = await breaks(proxy)
        declared = declared_before(events)
        for number, one in enumerate(found, 1):
            assert not one.real or declared[number], f"request {number} breaks the prefix without a word"
        new = proxy.log[0].prompt_tokens
        new += sum(later.prompt_tokens - one.common for one, later in zip(found, proxy.log[1:], strict=True))
        read_by_server = sum(one.prompt_tokens - one.cached_tokens for one in proxy.log)
        assert read_by_server <= READ_AT_MOST * new
        usage = session.usage
        assert usage.avoidable_tokens == 0
        assert usage.uncached == read_by_server and usage.prompt_tokens == sum(
            o.prompt_tokens for o in proxy.log
        )
        print(window, "prompt", usage.prompt_tokens, "read", read_by_server, "new or declared", new,
              "trimmed", [event.how for event in events if isinstance(event, ev.ContextTrimmed)])  # fmt: skip


def declared_before(events: Sequence[ev.Event]) -> list[bool]:
    """For each request, whether the prompt was trimmed between the one before and it."""
    declared, trimmed = [], False
    for event in events:
        if isinstance(event, ev.ContextTrimmed):
            trimmed = True
        elif isinstance(event, ev.RequestStarted):
            declared.append(trimmed)
            trimmed = False
    return declared
