"""Files of the task that are still to be changed."""

from __future__ import annotations

from .. import file_list
from .base import Reminder, Standing


def _text(standing: Standing) -> str:
    return file_list.reminder(standing.files)


FILES = Reminder(file_list.FEATURE, _text)
