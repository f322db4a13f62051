"""Python's own compiler, in an interpreter of its own.

Compiling runs nothing of the text, but nesting that is deep enough may crash the interpreter
(documentation of ast.parse), and a long text would hold the interpreter's lock all the while.
"""

from __future__ import annotations

import json
import sys

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "python"

# Isolated, without site: nothing of the project or of the user is imported.
_ARGS = ("-I", "-S", "-X", "utf8", "-W", "ignore", "-c")
_SCRIPT = """
import json, sys
try:
    compile(sys.stdin.buffer.read().decode("utf-8"), "<text>", "exec", dont_inherit=True)
except SyntaxError as error:
    print(json.dumps([error.lineno, error.msg]))
else:
    print("[]")
"""


async def check(source: Source, programs: Programs) -> Verdict:
    done = await programs.run(sys.executable, (*_ARGS, _SCRIPT), source.content)
    if done is None or done.status != 0:
        # Nested too deep for the compiler, or with a null character.
        return None
    found = json.loads(done.stdout)
    if not found:
        return ()
    line, message = found
    return [source.problem(line or 1, str(message), NAME)]


PYTHON = Checker(NAME, ("python",), check)
