"""The governors of a turn, in the order in which they judge."""

from __future__ import annotations

from collections.abc import Collection

from .base import Governor
from .fix_loop import FixLoop
from .permissions import Permissions

# Those that can be switched off, in the order in which they judge.
SWITCHABLE: tuple[type[Governor], ...] = (FixLoop,)


def all_governors(disable: Collection[str] = ()) -> tuple[Governor, ...]:
    """New ones, for one turn, without those whose ``name`` is in ``disable``.

    Permissions comes last: a person is not asked about what is refused anyway. It is no help to a model but
    the user's protection, so no setting switches it off.
    """
    helping = (governor() for governor in SWITCHABLE if governor.name not in disable)
    return (*helping, Permissions())
