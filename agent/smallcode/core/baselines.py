"""Against which text the errors of a change are new.

An error that an edit brings in and the next one does not mend is not new to that one. So a file that was left
with errors is compared with the text before the first of these edits until it has none left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..messages import Text


@dataclass(frozen=True, slots=True)
class _Left:
    """``baseline`` is None for a file that was made; ``digest`` is that of the text it was left with."""

    baseline: Text | None
    digest: str


@dataclass(slots=True)
class Baselines:
    """For one turn, by path."""

    _left: dict[str, _Left] = field(default_factory=dict)

    def before(self, path: str, before: Text | None) -> Text | None:
        """What the text after a change of ``before`` is compared with. Where somebody else has changed the
        file since it was left, that is ``before`` itself."""
        left = self._left.get(path)
        if left is None or before is None or before.digest != left.digest:
            return before
        return left.baseline

    def leave(self, baseline: Text | None, after: Text, *, errors: bool) -> None:
        """The change was made, and it has left errors or none."""
        if errors:
            self._left[after.path] = _Left(baseline, after.digest)
        else:
            self._left.pop(after.path, None)
