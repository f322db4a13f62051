"""What single checkers accept and refuse, which dialects they leave alone, and how their programs are run."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.validation.checkers import ALL
from smallcode.adapters.validation.checkers.json import without_extras
from smallcode.adapters.validation.programs import Programs
from smallcode.adapters.validation.source import source_of
from smallcode.messages import Problem, Text

BY_NAME = {checker.name: checker for checker in ALL}
OUTSIDE = "/nonexistent"


async def verdict(checker: str, path: str, content: str, root: str = OUTSIDE) -> list[Problem] | None:
    source = source_of(Text(path, content, "1"))
    assert source is not None
    found = await BY_NAME[checker].check(source, Programs(root))
    return None if found is None else list(found)


async def check(checker: str, path: str, content: str, expected: list[int] | None) -> None:
    """``expected`` are the lines of errors; None is no verdict."""
    found = await verdict(checker, path, content)
    assert (None if found is None else [one.line for one in found]) == expected, found


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("a.js", "let a = 1;\n", []),
        ("a.js", "import a from 'b';\n", []),
        ("a.js", "const a = await import('b');\n", []),
        ("a.js", "with (a) { b; }\n", []),
        ("a.js", "#!/usr/bin/env node\nreturn 1;\n", []),
        ("a.mjs", "with (a) { b; }\n", [1]),
        ("a.js", "let a;\nlet a;\n", [2]),
        ("a.js", "export let a = `\n<b>${1}</b>`;\nlet b = ;\n", [3]),
        ("a.js", "const b = '<b>';\nlet a = ;\n", [2]),
        ("a.js", "if (a <b && c> d) { e( }\n", [1]),
        ("a.jsx", "let a = ;\n", None),
        ("a.js", "const a = () => <b/>;\nlet c = ;\n", None),
        ("a.js", "const a = (\n  <>\n  </>);\nlet c = ;\n", None),
        ("a.js", "function A() {\n  return <A.B c={1} />;\n}\n", None),
        ("a.js", "// @flow\nfunction f(a: number) {}\n", None),
        ("a.js", "/**\n * @flow strict\n */\nfunction f(a: number) {}\n", None),
    ],
)
async def test_node(path: str, content: str, expected: list[int] | None) -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    await check("node", path, content, expected)


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("a.sh", "echo a\n", []),
        ("a.sh", "shopt -s extglob\ncase $1 in\n  +([0-9])) ;;\nesac\n", []),
        ("a.sh", "touch ran; exit 3\n", []),
        ("a.sh", "echo a\nfi\n", [2]),
        ("a.sh", "a() {\n", [2]),
        ("a", "#!/bin/sh\na=(1 2)\n", [2]),
        ("a", "#!/bin/bash\na=(1 2)\n", []),
    ],
)
async def test_bash(path: str, content: str, expected: list[int]) -> None:
    if "/sh" in content and "dash" not in os.path.realpath(shutil.which("sh") or ""):
        pytest.skip("sh is not dash here, and takes what bash takes")
    await check("bash", path, content, expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("return 1\n", [1]),
        ("def f(a, a): pass\n", [1]),
        ("# -*- coding: latin-1 -*-\na = 'é'\n", []),
        ("a = '\\d'\n", []),
        ("import os\nos._exit(3)\n", []),
        ("if True:\n\tb = 1\n        c = 2\n", [3]),
        ("", []),
        ("x = " + "-" * 9000 + "1\n", None),
    ],
)
async def test_python(content: str, expected: list[int] | None) -> None:
    await check("python", "a.py", content, expected)


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("a.json", "{}", []),
        ("a.json", "", [1]),
        ("a.json", "// c\n{}", [1]),
        ("a.json", '{"a": 1,\n}', [2]),
        ("a.jsonc", "// c\n{}", []),
        ("a.jsonc", '{"a": "// no, /* no", /* yes\n*/ "b": [1, 2, // c\n],\n}\n', []),
        ("a.jsonc", '{"a": ",]",}', []),
        ("a.jsonc", "// nothing else\n", []),
        ("a.jsonc", "{}\n/* never\nclosed", []),
        ("a.jsonc", '{\n// c\n"a" 1}', [3]),
        ("a.jsonc", "[1,,]", [1]),
    ],
)
async def test_json(path: str, content: str, expected: list[int]) -> None:
    await check("json", path, content, expected)


@given(st.text(st.sampled_from('/*",]}\\\n a'), max_size=60))
def test_taking_out_comments_moves_no_line(content: str) -> None:
    bare = without_extras(content)
    assert len(bare) == len(content) and bare.count("\n") == content.count("\n")


# --- programs that may not be installed, by what they print ------------------------------------------------

RUBY_34 = """-:2: syntax errors found (SyntaxError)
  1 | def f
> 2 |   x = (1
    |         ^ unexpected end-of-input; expected a `)` to close the parentheses
  3 | end
"""
RUSTFMT = """error: mismatched closing delimiter: `}`
 --> <stdin>:2:6
  |
1 | fn main() {
  |           - closing delimiter possibly meant for this
"""
GOFMT = "<standard input>:4:12: missing ',' before newline in argument list\n<standard input>:5:1: expected"
PHP = """
Parse error: syntax error, unexpected token "}" in Standard input code on line 4
Errors parsing Standard input code
"""


@pytest.mark.parametrize(
    ("program", "path", "printed", "to", "status", "expected"),
    [
        ("ruby", "a.rb", "-:3: syntax error, unexpected `end'\n-:4: another\n", "stderr", 1,
         [(3, "syntax error, unexpected `end'")]),
        ("ruby", "a.rb", RUBY_34, "stderr", 1,
         [(2, "unexpected end-of-input; expected a `)` to close the parentheses")]),
        ("ruby", "a.rb", "-:1: warning: unused\n-:2: syntax error\n", "stderr", 1, [(2, "syntax error")]),
        ("ruby", "a.rb", "Syntax OK\n", "stdout", 0, []),
        ("rustfmt", "a.rs", RUSTFMT, "stderr", 1, [(2, "mismatched closing delimiter: `}`")]),
        ("rustfmt", "a.rs", "error: line exceeded maximum width\n", "stderr", 1, None),
        ("gofmt", "a.go", GOFMT, "stderr", 2, [(4, "missing ',' before newline in argument list")]),
        ("gofmt", "a.go", "killed", "stderr", 137, None),
        ("php", "a.php", PHP, "stdout", 255, [(4, 'syntax error, unexpected token "}"')]),
        ("node", "a.cjs", "Segmentation fault", "stderr", 139, None),
        ("bash", "a.sh", "bash: line 7: syntax error near unexpected token `fi'\nbash: line 7: `fi'\n",
         "stderr", 2, [(7, "syntax error near unexpected token `fi'")]),
    ],
)  # fmt: skip
async def test_what_programs_print(
    *,
    program: str,
    path: str,
    printed: str,
    to: str,
    status: int,
    expected: list[tuple[int, str]] | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pretend(tmp_path, program, f"sys.{to}.write({printed!r}); sys.exit({status})")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = await verdict(program, path, "x\n")
    assert (None if found is None else [(one.line, one.message) for one in found]) == expected


def pretend(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!{sys.executable}\nimport os, sys\n{body}\n")
    program.chmod(0o755)


# --- running them ----------------------------------------------------------------------------------------

SHOW = """
print(os.getcwd(), os.listdir("."), sorted(set(os.environ) & {"BASH_ENV", "NODE_OPTIONS"}), sys.argv[1:],
      sys.stdin.read(), sep="|")
"""


async def test_a_program_gets_the_text_and_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, "tool", SHOW)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BASH_ENV", "/evil")
    monkeypatch.setenv("NODE_OPTIONS", "--require=/evil")
    done = await Programs(OUTSIDE).run("tool", ("-a b", "$(c)"), "the\ntext")
    assert done is not None and done.status == 0
    folder, *rest = done.stdout.strip().split("|")
    assert rest == ["[]", "[]", "['-a b', '$(c)']", "the\ntext"]
    assert not Path(folder).exists() and not Path(folder).is_relative_to(tmp_path)


async def test_a_program_of_the_workspace_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, "tool", "print('run')")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await Programs(str(tmp_path.resolve())).run("tool", ()) is None
    assert await Programs(OUTSIDE).run("no-such-tool", ()) is None
    assert await Programs(OUTSIDE).run("tool", ()) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups on Windows")
async def test_the_deadline_ends_what_the_program_has_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "pid"
    body = f"""
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({str(mark)!r} + ".new", "w").write(str(child.pid))
os.rename({str(mark)!r} + ".new", {str(mark)!r})
"""
    pretend(tmp_path, "tool", body)
    monkeypatch.setenv("PATH", str(tmp_path))
    # The program itself ends at once; the child holds its outputs.
    running = asyncio.create_task(Programs(OUTSIDE).run("tool", ()))
    async with asyncio.timeout(20):
        while not mark.exists():
            await asyncio.sleep(0.01)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        while is_alive(int(mark.read_text())):
            await asyncio.sleep(0.01)


def is_alive(process: int) -> bool:
    """A zombie, for which nobody has waited yet, is not."""
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False


async def test_a_program_that_does_not_read_its_input_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(tmp_path, "tool", "os.close(0); print('done')")
    monkeypatch.setenv("PATH", str(tmp_path))
    done = await Programs(OUTSIDE).run("tool", (), "x" * 1_000_000)
    assert done is not None and done.stdout == "done\n"
