"""What rules read out of the output of failed commands, language by language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.diagnosis import MARK, MOST_TOKENS, Diagnosis, diagnose, render
from smallcode.core.tokens import BYTES_PER_TOKEN, utf8_size

TRACEBACK = """exit status 1

Traceback (most recent call last):
  File "/srv/shop/run.py", line 3, in <module>
    main()
  File "/srv/shop/shop/cart.py", line 12, in total
    return json.loads(text)
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
KeyError: 'price'
"""
PYTEST = """exit status 1

    def test_total():
>       assert total([1, 2]) == 3
E       assert 2 == 3
E        +  where 2 = total([1, 2])

tests/test_cart.py:5: AssertionError
FAILED tests/test_cart.py::test_total - assert 2 == 3
"""
UNITTEST = """FAIL: test_total (tests.test_cart.Total.test_total)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/srv/shop/tests/test_cart.py", line 9, in test_total
    self.assertEqual(total([1, 2]), 3)
    ~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^
AssertionError: 2 != 3
"""
PY_SYNTAX = """  File "cart.py", line 4
    def total(prices
             ^
SyntaxError: '(' was never closed
"""
NODE = """/srv/shop/src/cart.js:7
  return pricse.length;
  ^

ReferenceError: pricse is not defined
    at total (/srv/shop/src/cart.js:7:3)
    at Object.<anonymous> (/srv/shop/test.js:2:1)
    at Module._compile (node:internal/modules/cjs/loader:1256:14)

Node.js v20.1.0
"""
NODE_MODULE = """node:internal/modules/cjs/loader:1078
  throw err;
  ^

Error: Cannot find module './crat'
Require stack:
- /srv/shop/test.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1075:15)
    at Object.<anonymous> (/srv/shop/test.js:1:14)
"""
NODE_SYNTAX = """/srv/shop/src/cart.js:3
  const = 4;
        ^

SyntaxError: Unexpected token '='
    at internalCompileFunction (node:internal/vm:73:18)
"""
TSC = "src/cart.ts(4,10): error TS2339: Property 'lenght' does not exist on type 'number[]'.\n"
TSC_PRETTY = "src/cart.ts:4:10 - error TS2322: Type 'string' is not assignable to type 'number'.\n\n4 x\n"
RUSTC = """error[E0382]: borrow of moved value: `names`
 --> src/main.rs:6:20
  |
4 |     let names = vec![1];
"""
RUST_PANIC = """thread 'main' panicked at src/main.rs:3:5:
index out of bounds: the len is 3 but the index is 9
note: run with `RUST_BACKTRACE=1`
"""
GO = "# shop\n./cart.go:7:9: undefined: totl\n"
GO_PANIC = """panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
main.total(...)
\t/srv/shop/cart.go:9
main.main()
\t/srv/shop/main.go:5 +0x1d
exit status 2
"""
GO_TEST = "--- FAIL: TestTotal (0.00s)\n    cart_test.go:12: got 2, want 3\nFAIL\n"
GCC = "cart.c: In function 'total':\ncart.c:5:12: error: 'pricse' undeclared (first use in this function)\n"
LINKER = "/usr/bin/ld: /tmp/x.o: in function `main':\nmain.c:(.text+0x9): undefined reference to `total'\n"
BASH = "exit status 127\n\nbash: line 1: pyhton: command not found\n"
SCRIPT = "bin/rotate.sh: line 12: syntax error near unexpected token `fi'\n"
MAKE = "make: *** No rule to make target 'tset'.  Stop.\n"


def shown(output: str) -> tuple[str, str, int, str] | None:
    found = diagnose(output)
    return None if found is None else (found.kind, found.file, found.line, found.message)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        pytest.param(TRACEBACK, ("KeyError", "/srv/shop/shop/cart.py", 12, "'price'"), id="traceback"),
        pytest.param(PYTEST, ("AssertionError", "tests/test_cart.py", 5, "assert 2 == 3"), id="pytest"),
        pytest.param(
            UNITTEST, ("AssertionError", "/srv/shop/tests/test_cart.py", 9, "2 != 3"), id="unittest"
        ),
        pytest.param(PY_SYNTAX, ("SyntaxError", "cart.py", 4, "'(' was never closed"), id="python syntax"),
        pytest.param(
            NODE, ("ReferenceError", "/srv/shop/src/cart.js", 7, "pricse is not defined"), id="node"
        ),
        pytest.param(
            NODE_MODULE, ("Error", "/srv/shop/test.js", 1, "Cannot find module './crat'"), id="node module"
        ),
        pytest.param(
            NODE_SYNTAX, ("SyntaxError", "/srv/shop/src/cart.js", 3, "Unexpected token '='"), id="js syntax"
        ),
        pytest.param(
            TSC,
            ("TS2339", "src/cart.ts", 4, "Property 'lenght' does not exist on type 'number[]'."),
            id="tsc",
        ),
        pytest.param(
            TSC_PRETTY,
            ("TS2322", "src/cart.ts", 4, "Type 'string' is not assignable to type 'number'."),
            id="tsc for people",
        ),
        pytest.param(RUSTC, ("E0382", "src/main.rs", 6, "borrow of moved value: `names`"), id="rustc"),
        pytest.param(
            RUST_PANIC,
            ("panic", "src/main.rs", 3, "index out of bounds: the len is 3 but the index is 9"),
            id="panic",
        ),
        pytest.param(GO, ("compile error", "./cart.go", 7, "undefined: totl"), id="go"),
        pytest.param(
            GO_PANIC,
            ("panic", "/srv/shop/cart.go", 9, "runtime error: index out of range [5] with length 3"),
            id="go panic",
        ),
        pytest.param(GO_TEST, ("test failure", "cart_test.go", 12, "got 2, want 3"), id="go test"),
        pytest.param(
            GCC,
            ("compile error", "cart.c", 5, "'pricse' undeclared (first use in this function)"),
            id="gcc",
        ),
        pytest.param(LINKER, ("linker error", "", 0, "total is not defined"), id="linker"),
        pytest.param(
            "Segmentation fault (core dumped)\n", ("crash", "", 0, "Segmentation fault"), id="crash"
        ),
        pytest.param(BASH, ("shell error", "", 0, "pyhton: command not found"), id="command"),
        pytest.param(
            SCRIPT,
            ("shell error", "bin/rotate.sh", 12, "syntax error near unexpected token `fi'"),
            id="script",
        ),
        pytest.param(MAKE, ("shell error", "", 0, "No rule to make target 'tset'"), id="make"),
        pytest.param("exit status 1\n\n(no output)", None, id="nothing"),
        pytest.param("exit status 1\n\n3 of 4 checks are wrong\n", None, id="words of its own"),
    ],
)
def test_what_is_read(output: str, expected: tuple[str, str, int, str] | None) -> None:
    assert shown(output) == expected


@pytest.mark.parametrize(
    "output",
    [
        TRACEBACK,
        PYTEST,
        PY_SYNTAX,
        NODE,
        NODE_MODULE,
        TSC,
        RUSTC,
        RUST_PANIC,
        GO,
        GO_PANIC,
        GCC,
        LINKER,
        BASH,
        MAKE,
    ],
)
def test_known_kinds_come_with_advice(output: str) -> None:
    found = diagnose(output)
    assert found is not None and found.advice.endswith(".")
    assert found.advice in render(found)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Diagnosis("KeyError", "'a'", "/w/a.py", 3, "Look."), f"{MARK} KeyError in a.py, line 3: 'a'. Look."),
        (Diagnosis("crash", "Aborted"), f"{MARK} crash: Aborted"),
        (Diagnosis("odd", "", "./b.c", 0, "Look."), f"{MARK} odd in b.c. Look."),
    ],
)
def test_the_line(found: Diagnosis, told: str) -> None:
    assert render(found, "/w") == told


@given(st.text(), st.text(max_size=400), st.text(max_size=200))
def test_the_line_is_one_and_short(output: str, message: str, advice: str) -> None:
    diagnose(output)
    told = render(Diagnosis("Error", message, "src/a.py", 3, advice))
    assert utf8_size(told) <= MOST_TOKENS * BYTES_PER_TOKEN
