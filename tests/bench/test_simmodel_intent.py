"""What the simulated model does next, from hand-made prompts alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bench.simmodel.action import Reply
from bench.simmodel.chat import read_chat
from bench.simmodel.model import Dice, respond
from bench.simmodel.side import Aside, answer_aside
from bench.simmodel.texts import failed, run_passed, without_gutter
from bench.simmodel.trajectory import Script, load_script
from bench.simmodel.variants import variants
from bench.taskset import load_tasks
from plain_harness import STYLES

TASKS = Path(__file__).parent / "data" / "tasks"


def script(name: str) -> Script:
    return load_script(load_tasks([name], root=TASKS)[0])


GREETING, LIMIT = script("tiny-greeting"), script("tiny-limit")
EDIT = GREETING.steps[1]
HELLO = GREETING.seed["hello.py"]
FIXED = HELLO.replace(EDIT.old, EDIT.new)


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def turn(name: str, result: str, **arguments: Any) -> list[dict[str, Any]]:
    function = {"name": name, "arguments": json.dumps(arguments)}
    call = {"id": f"c{len(result)}", "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": call["id"], "content": result},
    ]


def ask(*messages: Any, script: Script = GREETING, style: str = "pairs") -> Reply:
    flat = [one for message in messages for one in (message if isinstance(message, list) else [message])]
    request = {"messages": flat, "tools": STYLES[style]}
    return respond(request, script, Dice(script.task, multiplier=0)).reply


def did(reply: Reply) -> str:
    if not reply.calls:
        return f"say {reply.content}"
    call = reply.calls[0]
    path = call.arguments.get("path", call.arguments.get("command", ""))
    return f"{call.name} {path}"


PROMPT = user(GREETING.prompt)
SAW = turn("read", HELLO, path="hello.py")
EDITED = turn("edit", "Successfully replaced.", path="hello.py", old_string=EDIT.old, new_string=EDIT.new)
FIXED_SEEN = turn("read", FIXED, path="hello.py")
PASSED = turn("bash", "exit status 0\nRan 1 test in 0.1s\n\nOK", command="python3 -m unittest")
FAILED = turn("bash", "exit status 1\nFAILED (failures=1)", command="python3 -m unittest")
NUMBERED = "\n".join(f"{number:6d}\t{line}" for number, line in enumerate(HELLO.split("\n"), 1))
NUMBERED_FIXED = "\n".join(f"{number}: {line}" for number, line in enumerate(FIXED.split("\n"), 1))

NUMBERED_FIXED_SEEN = turn("read", NUMBERED_FIXED, path="hello.py")
MISSED = turn("edit", "Error: not found", path="hello.py", old_string="x", new_string=EDIT.new)
NEXT = [
    ("nothing seen", [PROMPT], "read hello.py"),
    ("seen", [PROMPT, SAW], "edit hello.py"),
    ("seen with numbers", [PROMPT, turn("read", NUMBERED, path="/w/hello.py")], "edit hello.py"),
    ("seen by the shell", [PROMPT, turn("bash", HELLO, command="cat hello.py")], "edit hello.py"),
    ("given by the user", [user(f"{GREETING.prompt}\n\nhello.py:\n```\n{HELLO}```")], "edit hello.py"),
    ("taken out again", [PROMPT, turn("read", "[cleared]", path="hello.py")], "read hello.py"),
    ("read failed", [PROMPT, turn("read", "Error: no such file", path="hello.py")], "read hello.py"),
    ("edited", [PROMPT, SAW, EDITED], "bash python3 -m unittest"),
    ("edited, call gone, file seen", [PROMPT, FIXED_SEEN], "bash python3 -m unittest"),
    ("the same, numbered", [PROMPT, NUMBERED_FIXED_SEEN], "bash python3 -m unittest"),
    ("edit failed", [PROMPT, SAW, MISSED], "edit hello.py"),
    ("said to be done, file shows the old", [PROMPT, SAW, EDITED, SAW], "edit hello.py"),
    ("passed", [PROMPT, SAW, EDITED, PASSED], "say greet() names the person now."),
    ("passed before the edit", [PROMPT, SAW, PASSED, EDITED], "bash python3 -m unittest"),
    ("failed", [PROMPT, SAW, EDITED, FAILED], "read hello.py"),
    ("summary says so", [PROMPT, user("Summary: changed hello.py (greet).")], "bash python3 -m unittest"),
    ("summary says not", [PROMPT, user("Summary: hello.py is not changed.")], "read hello.py"),
    ("task gone", [user("Continue.")], "say Hello! How can I help you today?"),
]  # fmt: skip


@pytest.mark.parametrize(("messages", "expected"), [one[1:] for one in NEXT], ids=[one[0] for one in NEXT])
def test_next(messages: list[Any], expected: str) -> None:
    assert did(ask(*messages)) == expected


def test_old_text_is_never_written_without_being_seen() -> None:
    elsewhere = turn("read", HELLO.replace(EDIT.old, "    return 'Hi'"), path="hello.py")
    assert "edit" not in did(ask(PROMPT, elsewhere))


def test_steps_of_all_kinds_in_order() -> None:
    files = user(LIMIT.prompt)
    edit, create = LIMIT.steps[2:4]
    find = "find . -type f -name '*.py' -not -path '*/.git/*'"
    steps = [
        turn("bash", "./settings.py\n./NOTES.md", command=find),
        turn("bash", "./settings.py:1:LIMIT = 10", command="grep -rnF -e LIMIT ."),
        turn("read", "LIMIT = 10\r\nOTHER = 10\r\n", path="settings.py"),
        turn("edit", "Successfully replaced.", path="settings.py", old_string=edit.old, new_string=edit.new),
        turn("write", "Wrote limits.py", path="limits.py", content=create.new),
    ]  # fmt: skip
    expected = [
        "bash find",
        "bash grep",
        "read settings.py",
        "edit settings.py",
        "write limits.py",
        "bash python3",
    ]
    shown: list[Any] = [files]
    for one, wanted in zip([*steps, []], expected, strict=True):
        assert did(ask(*shown, script=LIMIT)).startswith(wanted)
        shown.append(one)


def test_a_wrong_text_is_put_right_once_a_run_complains() -> None:
    wrong = variants(EDIT)["logic_bug"]
    edited = turn("edit", "Successfully replaced.", path="hello.py", old_string=EDIT.old, new_string=wrong)
    assert did(ask(PROMPT, SAW, edited)) == "bash python3 -m unittest"
    output = "exit status 1\nFAIL: test_name\nTraceback\nAssertionError: 'x' != 'y'\nFAILED"
    complaint = turn("bash", output, command="python3 -m unittest")
    request = {"messages": [PROMPT, *SAW, *edited, *complaint], "tools": STYLES["pairs"]}
    reply = respond(request, GREETING, Dice("tiny-greeting", multiplier=0, recovery=1.0)).reply
    assert dict(reply.calls[0].arguments) == {"path": "hello.py", "old_string": wrong, "new_string": EDIT.new}


TEXT_MODES = [
    ("Answer with one ```bash block.", "```bash\ncat hello.py\n```"),
    (
        f"<tools>\n{json.dumps(STYLES['pairs'][0])}\n</tools>",
        '<tool_call>\n{"name": "read", "arguments": {"path": "hello.py"}}',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("system", "expected"), TEXT_MODES)
def test_without_native_tools_the_format_of_the_prompt_is_used(system: str, expected: str) -> None:
    messages = [{"role": "system", "content": system}, PROMPT]
    reply = respond({"messages": messages}, GREETING, Dice("tiny-greeting", multiplier=0)).reply
    assert reply.calls == ()
    assert expected in reply.content


def test_a_flat_schema_is_answered_with_a_call_in_it() -> None:
    schema = {
        "type": "object",
        "properties": {"tool": {"enum": ["read", "edit"]}, "args": {"type": "object"}},
    }
    request = {
        "messages": [PROMPT],
        "tools": STYLES["pairs"],
        "response_format": {"type": "json_schema", "json_schema": {"schema": schema}},
    }
    reply = respond(request, GREETING, Dice("tiny-greeting", multiplier=0)).reply
    assert json.loads(reply.content) == {"tool": "read", "args": {"path": "hello.py"}}


SELECT = {
    "type": "function",
    "function": {
        "name": "select_category",
        "parameters": {
            "properties": {"category": {"enum": ["read", "write", "run"]}},
            "required": ["category"],
        },
    },
}
ASIDES = [
    ("title", {"messages": [{"role": "system", "content": "You are a title generator."}, PROMPT]}),
    ("summary", {"messages": [PROMPT, *SAW, user("Summarize the conversation so far.")]}),
    ("plan", {"messages": [user(f"Make a plan of 2 to 5 steps.\n\n{GREETING.prompt}")]}),
    ("yes_no", {"messages": [user(f"{GREETING.prompt}\nIs this complete? Answer yes or no.")]}),
    ("category", {"messages": [PROMPT], "tools": [SELECT]}),
    ("merge", {"messages": [user(f"Apply this edit and print the complete file.\n```\n{HELLO}```")]}),
    (None, {"messages": [PROMPT], "tools": STYLES["pairs"]}),
    (
        None,
        {"messages": [{"role": "system", "content": "Use tools."}, PROMPT, *SAW], "tools": STYLES["list"]},
    ),
]


def aside_of(request: dict[str, Any]) -> Aside | None:
    return answer_aside(read_chat(request), GREETING, "key", working="tools" in request)


@pytest.mark.parametrize(("kind", "request_"), ASIDES)
def test_asides(kind: str | None, request_: dict[str, Any]) -> None:
    aside = aside_of(request_)
    assert (aside.kind if aside else None) == kind
    if aside:
        assert aside.reply.content or aside.reply.calls


def test_merge_and_category_answers() -> None:
    merge = aside_of(ASIDES[5][1])
    assert merge is not None
    assert EDIT.new in merge.reply.content
    category = aside_of(ASIDES[4][1])
    assert category is not None
    assert dict(category.reply.calls[0].arguments) == {"category": "write"}


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("  1| a\n  2|   b", "a\n  b"),
        ("1: a\n2:   b", "a\n  b"),
        ("a.py:7:x = 1", "x = 1"),
        ("9: lone", "9: lone"),
    ],
)
def test_gutters(text: str, bare: str) -> None:
    assert without_gutter(text)[0] == bare


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Could not find oldString in the file.", True),
        ("a.py was not changed. old_str does not occur", True),
        ("Edit applied successfully.", False),
        ("Changed a.py: +1 -1, now 3 lines.", False),
        ("a.py: The change is already there", False),
        ("ENOENT: no such file or directory", True),
    ],
)
def test_bad_news(text: str, bad: bool) -> None:
    assert failed(text) is bad


RUNS = [
    ("exit status 0\n\nFAILED before", True),
    ("x\n\nCommand exited with code 1", False),
    ("Ran 2 tests\n\nOK", True),
    ("FAILED (errors=1)", False),
    ("", None),
]


@pytest.mark.parametrize(("text", "passed"), RUNS)
def test_runs(text: str, passed: bool | None) -> None:
    assert run_passed(text) is passed
