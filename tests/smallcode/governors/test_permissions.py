import pytest

from smallcode.governors import all_governors
from smallcode.governors.base import Allow, Ask, Verdict
from smallcode.messages import ToolCall
from smallcode.ports import PermissionRequest, PlannedCall

REQUEST = PermissionRequest("shell", "Run a shell command", "make", subject="make")


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        (None, Allow()),
        (REQUEST, Ask(REQUEST)),
    ],
)
def test_asks_exactly_for_what_the_call_needs(
    permission: PermissionRequest | None, expected: Verdict
) -> None:
    planned = PlannedCall(ToolCall("1", "any", {}), "run", pure=False, permission=permission)
    *others, last = [governor.before_call(planned) for governor in all_governors()]
    assert last == expected
    assert all(verdict == Allow() for verdict in others)


def test_every_turn_has_its_own_governors() -> None:
    one, other = all_governors(), all_governors()
    assert not [governor for governor in one if any(governor is twin for twin in other)]
