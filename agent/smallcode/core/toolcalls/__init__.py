"""Tool calls, whatever the model's way of writing them.

A dialect family is one file in ``families`` with one entry in ``dialects``. ``scan`` decides what is quoted
and what is meant, ``shape`` what a JSON value means as a call, ``arguments`` makes it fit its schema, and
``native`` reads what a server parsed by itself.
"""

from .native import read_native
from .parse import parse_tool_calls
from .repairs import REPAIRS, without_repairs
from .stream import StreamParser
from .updates import StreamUpdate
from .values import CallProblem, NativeCall, Parsed

__all__ = [
    "REPAIRS",
    "CallProblem",
    "NativeCall",
    "Parsed",
    "StreamParser",
    "StreamUpdate",
    "parse_tool_calls",
    "read_native",
    "without_repairs",
]
