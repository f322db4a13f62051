"""What a reply is worth, and what to do about one that is worth nothing.

``classify`` puts a reply into one of a few outcomes by a table of signals; ``corrections`` has what each
kind of bad reply is told and tried; ``phrases`` knows how models announce, ask and claim; ``request`` what
the user wants; ``repetition`` notices a reply that goes round in circles.
"""

from .classify import classify
from .corrections import (
    CORRECTIONS,
    MOST_IN_A_ROW,
    MOST_IN_A_TURN,
    PLAIN,
    SWITCHABLE,
    Change,
    Correction,
    ladder,
)
from .facts import (
    Act,
    Answer,
    AskUser,
    Continue,
    Correct,
    Kind,
    Outcome,
    ReplyFacts,
    TurnFacts,
)
from .repetition import Repetition
from .request import Task, read_task

__all__ = [
    "CORRECTIONS",
    "MOST_IN_A_ROW",
    "MOST_IN_A_TURN",
    "PLAIN",
    "SWITCHABLE",
    "Act",
    "Answer",
    "AskUser",
    "Change",
    "Continue",
    "Correct",
    "Correction",
    "Kind",
    "Outcome",
    "Repetition",
    "ReplyFacts",
    "Task",
    "TurnFacts",
    "classify",
    "ladder",
    "read_task",
]
