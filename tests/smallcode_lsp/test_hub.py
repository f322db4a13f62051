"""What lives between the requests: which session a turn belongs to, and what a change of settings reaches."""

from pathlib import Path

import pytest

from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.messages import Ask
from smallcode.session import Session
from smallcode_lsp.approver import EditorApprover
from smallcode_lsp.hub import Hub
from smallcode_lsp.server import make_server

KEY = "sk-given-later"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for traces that is not the user's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "state"


def hub(*roots: Path) -> Hub:
    server = make_server()
    return Hub(
        roots=[str(root.resolve()) for root in roots],
        make_workspace=lambda disk: disk,
        make_approver=lambda: EditorApprover(server),
        warn=lambda message: None,
    )


def folder(path: Path) -> Path:
    path.mkdir()
    (path / "a.py").write_text("x = 1\n")
    return path


async def test_a_turn_without_a_session_takes_one_of_the_documents_folder(
    tmp_path: Path, state: Path
) -> None:
    front, back = folder(tmp_path / "front"), folder(tmp_path / "back")
    (tmp_path / "link").symlink_to(back)
    desk = hub(front, back)
    first = desk.session(None, str(front / "a.py"))
    second = desk.session(None, str(back / "a.py"))
    assert (first.workspace.root, second.workspace.root) == (str(front), str(back))
    assert desk.session(None, str(front / "a.py")) is first
    assert desk.session(None, str(tmp_path / "link" / "a.py")) is second
    assert desk.session(first.id) is first and desk.session(None) is first
    await desk.aclose()


async def test_trace_and_key_are_those_of_the_turn(tmp_path: Path, state: Path) -> None:
    desk = hub(folder(tmp_path / "shop"))

    async def turn(session: Session, **settings: object) -> int:
        desk.configure({"settings": {"base_url": model.address, **settings}})
        async for _ in session.ask(Ask(f"Is {KEY} a secret?")):
            pass
        return len(list(state.rglob("*.jsonl")))

    async with ScriptedServer([Step(text=f"It is: {KEY}")]) as model:
        session = desk.session(None)
        assert await turn(session, trace=False) == 0
        assert await turn(session, trace=True, api_key=KEY) == 1
        assert await turn(session, trace=False, api_key=KEY) == 1
        await desk.aclose()
    assert KEY not in "".join(path.read_text() for path in state.rglob("*.jsonl"))
