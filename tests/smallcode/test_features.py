"""Features switched off by name: each changes what it is named for, and an unknown name stops the turn."""

from pathlib import Path

import pytest

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.core.patch import Miss, apply_patch
from smallcode.errors import SettingsError
from smallcode.features import check_disabled, switchable
from smallcode.governors import all_governors
from smallcode.messages import Ask
from smallcode.settings import Settings

IN_TEXT = '<tool_call>{"name": "read_file", "arguments": {"path": "a.txt"}}</tool_call>'
UNDER_ALIAS = {"name": "view", "arguments": {"path": "a.txt"}}


async def turn(root: Path, steps: list[Step], disable: tuple[str, ...]) -> list[ev.Event]:
    (root / "a.txt").write_text("one\n")
    model = ScriptedModel(steps)
    settings = Settings(disable=disable)
    session = open_session(settings, DiskWorkspace(root), FixedApprover("allow_once"), model)
    try:
        return [event async for event in session.ask(Ask("Read a.txt."))]
    finally:
        await session.aclose()


def finished(events: list[ev.Event]) -> list[str]:
    return [event.status for event in events if isinstance(event, ev.ToolFinished)]


@pytest.mark.parametrize(("disable", "ran"), [((), ["completed"]), (("calls in text",), [])])
async def test_calls_in_text(tmp_path: Path, disable: tuple[str, ...], ran: list[str]) -> None:
    events = await turn(tmp_path, [Step(IN_TEXT), Step("It says one.")], disable)
    assert finished(events) == ran
    ended = events[-1]
    assert isinstance(ended, ev.TurnEnded)
    assert ended.text == ("It says one." if ran else IN_TEXT)


@pytest.mark.parametrize(("disable", "ran"), [((), ["completed"]), (("tool aliases",), [])])
async def test_tool_aliases(tmp_path: Path, disable: tuple[str, ...], ran: list[str]) -> None:
    events = await turn(tmp_path, [Step(tool_calls=[UNDER_ALIAS]), Step("It says one.")], disable)
    assert finished(events) == ran


ENCODED = {"name": "read_file", "arguments": '"{\\"path\\": \\"a.txt\\"}"'}
UNCLOSED = IN_TEXT.removesuffix("</tool_call>")


@pytest.mark.parametrize(
    ("step", "repair"),
    [
        (Step(tool_calls=[ENCODED]), "arguments encoded as a string"),
        (
            Step(
                tool_calls=[{"name": "read_file", "arguments": '{"path": "a.txt\\n"}'.replace("\\n", "\n")}]
            ),
            "raw line breaks or tabs in strings",
        ),
        (Step(text=UNCLOSED), "no end tag"),
        (Step(text=IN_TEXT.replace("}}", "}}}")), "extra closing brackets"),
    ],
)
async def test_repairs(tmp_path: Path, step: Step, repair: str) -> None:
    repaired = await turn(tmp_path, [step, Step("done")], ())
    assert [event.repairs for event in repaired if isinstance(event, ev.ToolStarted)] == [[repair]]
    refused = await turn(tmp_path, [step, Step("done")], (repair,))
    assert not [event for event in refused if isinstance(event, ev.ToolStarted)]


def test_lenient_tiers() -> None:
    assert not isinstance(apply_patch("a\r\nb\r\n", "a\nb\n", "c\n"), Miss)
    assert isinstance(apply_patch("a\r\nb\r\n", "a\nb\n", "c\n", disable=("line endings",)), Miss)
    assert not isinstance(apply_patch("a\nb\n", "a\nb\n", "c\n", disable=("line endings", "exact")), Miss)


def test_permissions_cannot_be_switched_off() -> None:
    assert "permissions" not in switchable()
    assert [one.name for one in all_governors(("permissions", *switchable()))] == ["permissions"]


@pytest.mark.parametrize(
    ("name", "message"), [("line endigs", "Did you mean line endings"), ("x", "There are: ")]
)
async def test_an_unknown_name_is_an_error(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as raised:
        await turn(tmp_path, [Step("done")], (name,))
    assert all(known in str(raised.value) for known in switchable())
    check_disabled(switchable())


@pytest.mark.parametrize("given", ["a, b", ["a", "b"], ("a", "b")])
def test_a_list_may_come_as_one_text(given: object) -> None:
    assert Settings.model_validate({"disable": given}).disable == ("a", "b")
