"""Tools in words, for models and servers that know no other way.

A dialect says how a family of models is shown its tools, writes its calls and is given their results: one
file with one entry in ``DIALECTS``. ``as_text`` turns a whole transcript into plain messages; ``quirks`` are
what strict chat templates want besides.
"""

from .dialects import DIALECTS
from .plain import as_text
from .quirks import in_turns, without_system_role
from .words import Dialect

__all__ = ["DIALECTS", "Dialect", "as_text", "in_turns", "without_system_role"]
