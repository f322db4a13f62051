"""What the profile of the model changes in the prompt, and that it changes nothing for others."""

from dataclasses import replace
from pathlib import Path

import pytest
from turn_bench import READ, Bench, calling

from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.core.profile import GENERIC, Profile
from smallcode.core.prompt import system_message
from smallcode.ports import ModelInfo
from smallcode.settings import Settings


class OfFamily(ScriptedModel):
    def __init__(self, steps: list[Step], profile: Profile) -> None:
        super().__init__(steps)
        self._profile = profile

    async def info(self) -> ModelInfo:
        return replace(await super().info(), profile=self._profile)


@pytest.mark.parametrize(
    ("profile", "told"), [(GENERIC, ""), (Profile("whole", whole_file_lines=60), "at most 60 lines")]
)
async def test_the_system_prompt(tmp_path: Path, profile: Profile, told: str) -> None:
    (tmp_path / "cart.py").write_text("x = 1\n")
    model = OfFamily([calling(READ), Step("Done."), Step("Again.")], profile)
    approver = FixedApprover("allow_once")
    session = open_session(Settings(), DiskWorkspace(tmp_path), approver, model)
    it = Bench(tmp_path, model, session, approver)
    try:
        await it.ask()
        await it.ask("And now?")
    finally:
        await session.aclose()
    systems = {request.messages[0].content for request in model.requests}
    assert len(systems) == 1
    plain = system_message(tmp_path.name).content
    (said,) = systems
    assert said.startswith(plain)
    assert told in said
    assert (said == plain) is (told == "")
