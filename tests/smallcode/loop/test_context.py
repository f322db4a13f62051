"""What is found out before the model is asked, as it stands in the request."""

import base64
import struct
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.core import transcript
from smallcode.ecosystems import HEADING
from smallcode.messages import Ask, Image, Problem, Selection
from smallcode.session import Session
from smallcode.settings import Settings

DONE = Step(text="It adds up.")
CART = "def total(prices):\n    return sum(prices)\n\n\ndef count(prices):\n    return len(prices)\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 64, 64) + b"\x08\x02\0\0\0"


@dataclass
class Talk:
    model: ScriptedModel
    session: Session

    async def ask(self, ask: Ask | str) -> list[ev.Event]:
        asked = Ask(ask) if isinstance(ask, str) else ask
        return [event async for event in self.session.ask(asked)]

    @property
    def request(self) -> str:
        """The newest request to the model, as its last message."""
        return self.model.requests[-1].messages[-1].content


@asynccontextmanager
async def talk(
    root: Path, files: dict[str, str], *, window: int = 32768, vision: bool | None = None, **settings: object
) -> AsyncIterator[Talk]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    model = ScriptedModel([DONE], window=window, vision=vision)
    session = open_session(
        Settings.model_validate(settings), DiskWorkspace(root), FixedApprover("allow_once"), model
    )
    try:
        yield Talk(model, session)
    finally:
        await session.aclose()


def notices(events: Sequence[ev.Event]) -> list[str]:
    return [event.message for event in events if isinstance(event, ev.Notice)]


@pytest.mark.parametrize(
    ("prompt", "shown", "hidden"),
    [
        ("Explain @src/cart.py", ["src/cart.py, 6 lines\ndef total", "def count"], []),
        ("Explain @src/cart.py#L5-6", ["src/cart.py, lines 5-6 of 6\ndef count"], ["def total"]),
        ('Explain @"a b.txt", please.', ["a b.txt, 1 line\nblank"], []),
        (
            "What is in @src/",
            ["Files in src/, attached by the user:\nsrc/cart.py\nsrc/deep/x.py"],
            ["def total"],
        ),
        ("What is in @src", ["Files in src/, attached by the user:\n"], []),
        ("Look at @src/cart.py and @src/deep/x.py", ["def total", "X = 1"], []),
    ],
)
async def test_what_is_pointed_at_is_shown(
    tmp_path: Path, prompt: str, shown: list[str], hidden: list[str]
) -> None:
    files = {"src/cart.py": CART, "src/deep/x.py": "X = 1\n", "a b.txt": "blank\n"}
    async with talk(tmp_path, files) as it:
        events = await it.ask(prompt)
        assert [text for text in shown if text not in it.request] == []
        assert [text for text in hidden if text in it.request] == []
        assert it.request.endswith(prompt)
        assert notices(events) == []


async def test_what_is_shown_counts_as_read(tmp_path: Path) -> None:
    steps = [
        Step(
            tool_calls=[
                {
                    "name": "patch",
                    "arguments": {"path": "cart.py", "old_str": "sum(prices)", "new_str": "max(prices)"},
                }
            ]
        ),
        DONE,
    ]
    async with talk(tmp_path, {"cart.py": CART}) as it:
        it.model = ScriptedModel(steps, in_order=True)
        it.session.configure(Settings(edit_permission="allow"), it.model)
        events = await it.ask("Change total in @cart.py#L1-3 to the largest price.")
        (changed,) = [event for event in events if isinstance(event, ev.ToolFinished)]
        assert changed.status == "completed"
        assert "max(prices)" in (tmp_path / "cart.py").read_text()


@pytest.mark.parametrize(
    ("prompt", "note"),
    [
        ("Explain @src/crat.py", "There is no file or folder src/crat.py. Perhaps src/cart.py is meant."),
        ("Explain @nothing/like/it.zig", "There is no file or folder nothing/like/it.zig."),
        ("Explain @src/cart.py#L900", "src/cart.py has 6 lines; there is no line 900."),
        ("Explain @../other.py", "lies outside"),
        ("Explain @data.bin#L1", "It is not attached."),
        ("Explain #selection", "#selection: nothing is selected in the editor."),
        ("Fix #diagnostics", "#diagnostics: there is no editor here that reports any."),
        ("Review #diff", "#diff: This folder is in no git repository."),
    ],
)
async def test_what_is_not_there_is_told_to_both(tmp_path: Path, prompt: str, note: str) -> None:
    (tmp_path / "data.bin").write_bytes(b"\0\xff\0" * 50)
    async with talk(tmp_path, {"src/cart.py": CART}) as it:
        (told,) = notices(await it.ask(prompt))
        assert note in told
        assert f"({told})" in it.request


@pytest.mark.parametrize(
    "prompt", ["What does @property do?", "Ask @ada", "Why @types/node@18?", "see @media"]
)
async def test_what_may_be_no_file_is_passed_over(tmp_path: Path, prompt: str) -> None:
    async with talk(tmp_path, {"notes.txt": ""}) as it:
        assert notices(await it.ask(prompt)) == []
        assert it.request == prompt


@pytest.mark.parametrize("window", [4096, 8192, 32768])
async def test_large_files_share_the_room(tmp_path: Path, window: int) -> None:
    files = {
        f"mod{number}.py": "".join(f"def f{n}():\n    return {n} * {number}\n\n\n" for n in range(2000))
        for number in range(4)
    }
    async with talk(tmp_path, files, window=window) as it:
        events = await it.ask("Compare " + " ".join(f"@{name}" for name in files))
        end = events[-1]
        assert isinstance(end, ev.TurnEnded)
        assert end.stop_reason == "done"
        attached = it.request.count("Attached by the user:")
        assert attached + len([note for note in notices(events) if "No room is left" in note]) == 4
        assert attached == it.request.count("next: read_file start_line=")
        assert attached >= 1
        assert it.model.tokens(it.model.requests[-1]) < window * 3 // 4


async def test_problems_of_the_whole_editor_replace_those_at_the_cursor(tmp_path: Path) -> None:
    here, there = Problem("b.py", 3, "odd name"), Problem("a.py", 1, "unused import")
    async with talk(tmp_path, {}) as it:
        await it.ask(Ask("Fix #diagnostics", "b.py", problems=[here], reported=[there, here], cursor=3))
        assert "The editor reports:\n- b.py:3: error: odd name\n- a.py:1: error: unused import" in it.request
        assert it.request.startswith("Open in the editor: b.py, cursor in line 3")
        assert it.request.count("odd name") == 1
        await it.ask(Ask("Fix what is reported", "b.py", problems=[here], reported=[there, here]))
        assert "unused import" not in it.request


def git(root: Path, *argv: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *argv], cwd=root, check=True, capture_output=True, timeout=30)


@pytest.mark.parametrize("prompt", ["Review my changes", "Is #diff right?", "Write a commit message"])
async def test_recent_changes_are_shown(tmp_path: Path, prompt: str) -> None:
    async with talk(tmp_path, {"cart.py": CART}) as it:
        git(tmp_path, "init", "-b", "main")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-m", "first")
        (tmp_path / "cart.py").write_text(CART.replace("sum", "max"))
        (tmp_path / "new.py").write_text("")
        await it.ask(prompt)
        listed = "Changed since the last commit (branch main):\n- cart.py: modified\n- new.py: new, untracked"
        assert listed in it.request
        assert "-    return sum(prices)\n+    return max(prices)" in it.request


async def test_other_requests_do_not_ask_git(tmp_path: Path) -> None:
    async with talk(tmp_path, {}) as it:
        git(tmp_path, "init", "-b", "main")
        await it.ask("Change the colour of cart.css to blue.")
        assert it.request == "Change the colour of cart.css to blue."


IMAGE = Image("pasted.png", "image/png", base64.b64encode(PNG).decode(), 576)


async def test_pictures_reach_a_model_that_sees(tmp_path: Path) -> None:
    async with talk(tmp_path, {}, vision=True) as it:
        (tmp_path / "shot.png").write_bytes(PNG)
        assert notices(await it.ask(Ask("What is wrong in @shot.png?", images=[IMAGE]))) == []
        shown = it.model.requests[-1].messages[-1].images
        assert [image.name for image in shown] == ["pasted.png", "shot.png"]
        assert base64.b64decode(shown[1].data) == PNG


@pytest.mark.parametrize(
    ("vision", "why"), [(False, "cannot be shown pictures"), (None, "is not known to see pictures")]
)
async def test_others_are_told_that_there_is_one(tmp_path: Path, vision: bool | None, why: str) -> None:
    async with talk(tmp_path, {}, vision=vision) as it:
        (tmp_path / "shot.png").write_bytes(PNG)
        (told,) = notices(await it.ask("What is wrong in @shot.png?"))
        assert told == f"shot.png is not shown: the model scripted {why}."
        assert it.model.requests[-1].messages[-1].images == ()


async def test_a_picture_that_has_no_room_is_left_out(tmp_path: Path) -> None:
    large = Image("large.png", "image/png", "AAAA", 4096)
    async with talk(tmp_path, {}, vision=True, window=8192) as it:
        (told,) = notices(await it.ask(Ask("Look", images=[large, IMAGE])))
        assert told.startswith("large.png is not shown: it takes about 4,096 tokens")
        assert it.model.requests[-1].messages[-1].images == (IMAGE,)


PACKAGE = '{"scripts": {"test": "jest"}, "dependencies": {"express": "4"}}'


async def test_the_project_stands_in_the_first_request_alone(tmp_path: Path) -> None:
    async with talk(tmp_path, {"package.json": PACKAGE}) as it:
        await it.ask("How do I run this?")
        first = it.request
        assert first.startswith(f"{HEADING}\n- Node, npm, Express; Tests: npx --no-install jest\n\n")
        (tmp_path / "package.json").write_text("{}")
        await it.ask("And how do I test it?")
        assert HEADING not in it.request
        assert it.model.requests[-1].messages[1].content == first
        assert transcript.problems(it.session.messages) == []


@pytest.mark.parametrize(
    ("disable", "request_"),
    [
        (("bootstrap", "mentions"), "Explain @package.json"),
        (("bootstrap", "mentions", "recent changes"), "Review my changes"),
    ],
)
async def test_each_can_be_switched_off(tmp_path: Path, disable: tuple[str, ...], request_: str) -> None:
    async with talk(tmp_path, {"package.json": PACKAGE}, disable=disable) as it:
        git(tmp_path, "init", "-b", "main")
        await it.ask(request_)
        assert it.request == request_


async def test_a_vague_request_is_answered_with_a_question(tmp_path: Path) -> None:
    async with talk(tmp_path, {"package.json": PACKAGE}) as it:
        events = await it.ask("fix it")
        assert [event.type for event in events] == ["turn_started", "message_chunk", "turn_ended"]
        end = events[-1]
        assert isinstance(end, ev.TurnEnded)
        assert (end.stop_reason, end.error, end.usage.requests) == ("done", None, 0)
        assert end.text.startswith("What should I fix?")
        assert it.model.requests == []
        # The answer is read with the question before it, and nothing is asked twice.
        await it.ask("fix it")
        assert [message.role for message in it.model.requests[0].messages] == [
            "system", "user", "assistant", "user",
        ]  # fmt: skip
        assert it.request.startswith(HEADING)
        assert transcript.problems(it.session.messages) == []


@pytest.mark.parametrize(
    "ask",
    [
        Ask("fix it", active_path="cart.py"),
        Ask("fix it", selection=Selection("cart.py", 1, 1, "x")),
        Ask("fix it", problems=[Problem("cart.py", 1, "odd")]),
        Ask("fix it", mentions=["cart.py"]),
        Ask("fix it", images=[IMAGE]),
        Ask("fix @cart.py"),
        Ask("fix #diff"),
    ],
)
async def test_who_points_at_something_is_not_asked(tmp_path: Path, ask: Ask) -> None:
    async with talk(tmp_path, {"cart.py": CART}) as it:
        await it.ask(ask)
        assert len(it.model.requests) == 1


async def test_the_question_can_be_switched_off(tmp_path: Path) -> None:
    async with talk(tmp_path, {}, disable=("clarify",)) as it:
        await it.ask("fix it")
        assert it.request == "fix it"
