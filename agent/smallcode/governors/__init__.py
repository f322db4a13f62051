"""The governors of a turn, in the order in which they judge."""

from __future__ import annotations

from collections.abc import Collection

from .base import Given, Governor
from .dedup import Dedup
from .diagnosis import ErrorDiagnosis
from .fix_loop import FixLoop
from .no_progress import NoProgress
from .permissions import Permissions
from .reading_on import ReadingOn
from .repeated_calls import RepeatedCalls
from .trust import TrustDecay

# Those that can be switched off, in the order in which they judge.
SWITCHABLE: tuple[type[Governor], ...] = (
    FixLoop,
    TrustDecay,
    RepeatedCalls,
    NoProgress,
    ReadingOn,
    Dedup,
    ErrorDiagnosis,
)


def all_governors(disable: Collection[str] = (), given: Given | None = None) -> tuple[Governor, ...]:
    """New ones, for one turn of which they know what is ``given``, without those whose ``name`` is in
    ``disable``.

    Permissions comes last: a person is not asked about what is refused anyway. It is no help to a model but
    the user's protection, so no setting switches it off.
    """
    helping = (governor(given) for governor in SWITCHABLE if governor.name not in disable)
    return (*helping, Permissions(given))


__all__ = ["SWITCHABLE", "Given", "Governor", "all_governors"]
