"""Long outputs of tools: what failed stays, whatever else has to go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_outputs import (
    CARGO,
    CARGO_BUILD,
    GCC,
    GO,
    GO_BUILD,
    JEST,
    PASSING,
    PYTEST,
    TSC,
    UNITTEST,
    VITEST,
)

from smallcode.adapters.measure import vocabulary_tokens as tokens
from smallcode.core.results import ALL, condense
from smallcode.core.room import Room

ANY_CHARS = 1 << 20


def room(size: int) -> Room:
    return Room(size, ANY_CHARS, tokens)


# The tool, its output, what has to stay, what has to go where the noise does not fit, and what is left in the
# narrowest room.
CASES = [
    (
        "pytest", PYTEST,
        [">       assert cart.total() == 5", "E       assert 3 == 5", "tests/test_cart.py:12: AssertionError",
         "E   json.decoder.JSONDecodeError: Expecting property name", "adding up"],
        ["PASSED", "DeprecationWarning", "scan_once"],
        ["FAILED tests/test_cart.py::test_total - assert 3 == 5", f"2 failed, {PASSING} passed"],
    ),
    (
        "unittest", UNITTEST,
        ['  File "/home/ada/shop/tests/test_cart.py", line 10, in test_load', '    load("{")',
         "shop.errors.BadCart: not JSON", "AssertionError: 3 != 5"],
        ["... ok", "_default_decoder"],
        ["ERROR: test_load", "FAIL: test_total", f"Ran {PASSING + 2} tests", "FAILED (failures=1, errors=1)"],
    ),
    (
        "jest", JEST,
        ["    Expected: 5", "    Received: 3", "    > 3 |   it('total'", "at Object.toBe (src/cart.test."],
        ["PASS src", "✓", "adding up", "jest-circus"],
        ["FAIL src/cart.test.js", "● cart › total", "Tests:       1 failed, 300 passed, 301 total"],
    ),
    (
        "vitest", VITEST,
        ["AssertionError: expected 3 to be 5", "- 5", "+ 3", " ❯ src/cart.test.js:4:67", "4|   it('total'"],
        ["✓", "adding up", "runner.js"],
        [" FAIL  src/cart.test.js > cart > total", "Tests  1 failed | 600 passed (601)"],
    ),
    (
        "cargo", CARGO,
        ["panicked at src/cart.rs:7:17:", "  left: 3", " right: 5", "at ./src/cart.rs:7:17"],
        ["Compiling", "fn unused", "... ok", "/rustc/"],
        ["test cart::tests::total ... FAILED", "test result: FAILED. 300 passed; 1 failed"],
    ),
    (
        "cargo", CARGO_BUILD,
        ["1 | pub fn total(p: &[i32]) -> i32 { q[1..].iter().sum() }"],
        ["Compiling", "unused variable", "src/other.rs"],
        ["error[E0425]: cannot find value `q`", " --> src/lib.rs:1:37", "error: could not compile `shop`"],
    ),
    (
        "go test", GO,
        ["    cart_test.go:12: total([2 3]) = 3, want 5"],
        ["=== RUN", "--- PASS", "no test files", "ok  \t"],
        ["--- FAIL: TestTotal (0.00s)", "FAIL\texample.com/shop/cart\t0.004s"],
    ),
    (
        "go test", GO_BUILD,
        ["# example.com/shop/cart"],
        ["ok  \t"],
        ["./cart.go:7:9: undefined: prices", "FAIL\texample.com/shop/cart [build failed]"],
    ),
    (
        "tsc", TSC,
        ["  Property 'b' is missing"],
        [],
        ["src/cart.ts(3,6): error TS2352", "src/cart.ts(9,1): error TS2554", "Found 2 errors"],
    ),
    (
        "gcc", GCC,
        ["src/cart.c: In function 'total':", "    6 |   add(x)"],
        ["gcc -Wall", "unused variable"],
        ["src/cart.c:6:9: error: expected ';' before", "make: *** [Makefile:3: build/cart.o] Error 1"],
    ),
]  # fmt: skip
IDS = [f"{case[0]}-{number}" for number, case in enumerate(CASES)]

WIDE, NARROW = 1200, 190


@pytest.mark.parametrize(("name", "output", "stays", "goes", "essential"), CASES, ids=IDS)
def test_failures_stay_and_noise_goes(
    name: str, output: str, stays: list[str], goes: list[str], essential: list[str]
) -> None:
    assert [one.name for one in ALL if one.weigh(output.split("\n"))] == [name]
    wide, narrow = condense(output, room(WIDE)), condense(output, room(NARROW))
    assert tokens(wide) <= WIDE and tokens(narrow) <= NARROW
    if goes:
        assert [part for part in [*stays, *essential] if part not in wide] == []
    assert [part for part in goes if part in wide] == []
    assert [part for part in essential if part not in narrow] == []
    assert "left out" in wide


@pytest.mark.parametrize(("name", "output"), [case[:2] for case in CASES], ids=IDS)
def test_what_has_room_is_not_touched(name: str, output: str) -> None:
    assert condense(output, room(tokens(output))) == output


def test_lines_that_are_kept_are_lines_of_the_output_in_their_order() -> None:
    for _, output, *_ in CASES:
        kept = [line for line in condense(output, room(WIDE)).split("\n") if "left out" not in line]
        rest = iter(output.split("\n"))
        assert all(line in rest for line in kept)


def test_the_output_of_two_tools_keeps_the_failures_of_both() -> None:
    told = condense(f"{PYTEST}{GCC}", room(WIDE))
    assert "E       assert 3 == 5" in told and "src/cart.c:6:9: error" in told
    assert "PASSED" not in told and "gcc -Wall" not in told


def test_many_failures_keep_all_names_and_more_of_the_first() -> None:
    failures = [
        f"{'=' * 70}\nFAIL: test_{n} (t.T.test_{n})\n{'-' * 70}\nTraceback (most recent call last):\n"
        f'  File "/home/ada/t.py", line {n}, in test_{n}\n    self.fail("no {n}")\nAssertionError: no {n}\n'
        for n in range(40)
    ]
    output = "\n".join([*failures, "-" * 70, "Ran 40 tests in 0.1s", "", "FAILED (failures=40)", ""])
    told = condense(output, room(1500))
    assert [n for n in range(40) if f"FAIL: test_{n} " not in told] == []
    assert "AssertionError: no 0\n" in told and "AssertionError: no 39" not in told
    assert "FAILED (failures=40)" in told


@pytest.mark.parametrize(
    "line",
    [
        "error: pathspec 'main' did not match any file(s) known to git",
        "FAIL: the backup",
        "3 passed the gate",
        "Tests are fun",
        "warning: LF will be replaced by CRLF",
        "OK",
    ],
)
def test_other_output_is_nobodys(line: str) -> None:
    output = "\n".join([line, *(f"row {n}" for n in range(5000))])
    assert [one.name for one in ALL if one.weigh(output.split("\n"))] == []
    told = condense(output, room(300))
    assert told.startswith(line) and told.endswith("row 4999")
    assert "characters are left out here" in told


LINES = st.sampled_from(sorted({line for case in CASES for line in case[1].split("\n")})) | st.text(
    alphabet="aä1 \t😀=_:", max_size=80
)


@given(st.lists(LINES, max_size=120), st.integers(min_value=0, max_value=600))
def test_never_more_than_the_room(lines: list[str], size: int) -> None:
    assert tokens(condense("\n".join(lines), room(size))) <= size
