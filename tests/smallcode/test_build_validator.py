"""What the settings make of validation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from smallcode.build import open_validator
from smallcode.core.problems import Found, locate
from smallcode.features import VALIDATIONS, switchable
from smallcode.messages import Problem, Text
from smallcode.settings import Settings

GOOD, BAD = Text("a.py", "x = 1\n", "1"), Text("a.py", "x = (\n", "2")


class FakeEditor:
    """``adapters.validation.EditorDiagnostics`` that finds an error in everything."""

    async def errors(
        self, before: Text | None, after: Text, timeout: float
    ) -> tuple[Sequence[Found], Sequence[Found]] | None:
        return (), locate([Problem(after.path, 1, "by the editor", source="editor")], after.content)


@pytest.mark.parametrize(
    ("disable", "bad", "good"),
    [
        ((), ["python"], ["editor"]),
        (("validation by checkers",), ["syntax"], ["editor"]),
        (("validation by grammars",), ["python"], ["editor"]),
        (("validation by the editor",), ["python"], []),
        (("validation by checkers", "validation by grammars"), ["editor"], ["editor"]),
    ],
)
async def test_each_can_be_switched_off(
    disable: tuple[str, ...], bad: list[str], good: list[str], tmp_path: Path
) -> None:
    settings = Settings(disable=disable, validation_timeout=60.0)
    judge = open_validator(settings, str(tmp_path), FakeEditor())
    assert judge is not None
    assert [one.source for one in await judge.new_problems(GOOD, BAD)] == bad
    assert [one.source for one in await judge.new_problems(BAD, GOOD)] == good


def test_all_of_it_can_be_switched_off(tmp_path: Path) -> None:
    assert open_validator(Settings(disable=("validation",)), str(tmp_path)) is None
    assert set(VALIDATIONS) <= set(switchable())
