"""What test runners print, read as counts and failures; and how they are called."""

import pytest
import result_outputs
import run_outputs

from smallcode.core.room import Room
from smallcode.core.testruns import RUNNERS, Failure, TestRun, render_run


def told(failure: Failure) -> tuple[str, str, int | None, str]:
    return failure.name, failure.path, failure.line, failure.message


@pytest.mark.parametrize(
    ("runner", "output", "counts", "failures"),
    [
        (
            "pytest",
            run_outputs.PYTEST,
            (2, 4, 1),
            [
                (
                    "tests/test_cart.py::test_add",
                    "tests/test_cart.py",
                    5,
                    "assert -1 == 5\n +  where -1 = add(2, 3)",
                ),
                (
                    "tests/test_cart.py::TestCart::test_load",
                    "tests/test_cart.py",
                    8,
                    "json.decoder.JSONDecodeError: Expecting property name: line 1 column 2 (char 1)",
                ),
                (
                    "tests/test_cart.py::test_p[2]",
                    "tests/test_cart.py",
                    10,
                    "AssertionError: not one - at all\nassert 2 == 1",
                ),
                ("tests/test_cart.py::test_err", "tests/test_cart.py", 14, "RuntimeError: setup"),
            ],
        ),
        (
            "pytest",
            run_outputs.PYTEST_COLLECTING,
            (0, 1, 0),
            [
                (
                    "tests/test_broken.py",
                    "tests/test_broken.py",
                    1,
                    "ModuleNotFoundError: No module named 'nope'",
                )
            ],
        ),
        (
            "unittest",
            run_outputs.UNITTEST,
            (1, 4, 2),
            [
                (
                    "test_u.T.test_b",
                    "/home/ada/shop/test_u.py",
                    6,
                    "json.decoder.JSONDecodeError: Expecting property name: line 1 column 2 (char 1)",
                ),
                (
                    "unittest.loader._FailedTest.test_v",
                    "/home/ada/shop/test_v.py",
                    1,
                    "ModuleNotFoundError: No module named 'nope'",
                ),
                (
                    "test_u.T.test_a",
                    "/home/ada/shop/test_u.py",
                    3,
                    "AssertionError: 1 != 2 : numbers\ndiffer",
                ),
                ("test_u.T.test_e (i=1)", "/home/ada/shop/test_u.py", 12, "AssertionError: 1 != 0"),
            ],
        ),
        (
            "jest",
            run_outputs.JEST,
            (1, 2, 1),
            [
                (
                    "cart › totals",
                    "cart.test.js",
                    6,
                    "expect(received).toBe(expected) // Object.is equality\nExpected: 5\nReceived: 3",
                ),
                (
                    "a/broken.test.js",
                    "broken.test.js",
                    1,
                    "Cannot find module './nope' from 'broken.test.js'",
                ),
            ],
        ),
        (
            "vitest",
            run_outputs.VITEST,
            (1, 2, 1),
            [
                (
                    "broken.test.js",
                    "broken.test.js",
                    1,
                    "Error: Cannot find module './nope.js' imported from /home/ada/shop/broken.test.js",
                ),
                (
                    "cart > totals",
                    "cart.test.js",
                    7,
                    "AssertionError: expected 3 to be 5 // Object.is equality\n"
                    "- Expected\n+ Received\n- 5\n+ 3",
                ),
            ],
        ),
        (
            "node:test",
            run_outputs.NODE_TEST,
            (1, 2, 2),
            [
                (
                    "totals",
                    "/home/ada/shop/a.test.js",
                    5,
                    "Expected values to be strictly equal:\n3 !== 5",
                ),
                ("throws", "/home/ada/shop/a.test.js", 7, "boom: it's bad"),
            ],
        ),
        (
            "cargo",
            run_outputs.CARGO,
            (1, 2, 1),
            [
                (
                    "tests::adds",
                    "src/lib.rs",
                    6,
                    "assertion `left == right` failed\n  left: -1\n right: 5",
                ),
                ("old", "tests/whole.rs", 3, "explicit panic"),
            ],
        ),
        (
            "go test",
            run_outputs.GO,
            (2, 4, 1),
            [
                ("TestTotal", "cart_test.go", 12, "total = 3, want 5\n        in the second line"),
                ("TestTable/one", "cart_test.go", 30, "wrong"),
                (
                    "TestPanics",
                    "/home/ada/shop/cart_test.go",
                    51,
                    "panic: runtime error: index out of range [3] with length 3",
                ),
                ("example.com/shop/bad (build failed)", "", None, ""),
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_counts_and_failures(
    runner: str,
    output: str,
    counts: tuple[int, int, int],
    failures: list[tuple[str, str, int | None, str]],
) -> None:
    run = RUNNERS[runner].read(output)
    assert run is not None
    assert (run.passed, run.failed, run.skipped) == counts
    assert [told(failure) for failure in run.failures] == failures


@pytest.mark.parametrize(
    ("runner", "output", "failed", "names"),
    [
        (
            "pytest",
            result_outputs.PYTEST,
            2,
            ["tests/test_cart.py::test_total", "tests/test_cart.py::test_load"],
        ),
        ("jest", result_outputs.JEST, 1, ["cart › total"]),
        ("vitest", result_outputs.VITEST, 1, ["cart > total"]),
        ("cargo", result_outputs.CARGO, 1, ["cart::tests::total"]),
    ],
)
def test_what_the_tools_print_when_a_project_calls_them(
    runner: str, output: str, failed: int, names: list[str]
) -> None:
    run = RUNNERS[runner].read(output)
    assert run is not None
    assert (run.failed, [failure.name for failure in run.failures]) == (failed, names)
    assert all(failure.line for failure in run.failures)


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize("output", ["", "nothing of the kind\n", "error: could not compile `shop`\n"])
def test_other_output_tells_no_result(runner: str, output: str) -> None:
    assert RUNNERS[runner].read(output) is None


@pytest.mark.parametrize(
    ("runner", "output"),
    [
        ("pytest", "no tests ran in 0.01s\n"),
        ("pytest", "7 deselected in 8.01s\n"),
        ("unittest", "\nRan 0 tests in 0.000s\n\nNO TESTS RAN\n"),
        ("jest", "No tests found, exiting with code 1\n"),
        ("vitest", "No test files found, exiting with code 1\n"),
        ("node:test", "# tests 0\n"),
        ("node:test", "Could not find '/tmp/nope.js'\n"),
        ("go test", "?   \texample.com/shop\t[no test files]\n"),
    ],
)
def test_no_tests_are_told_from_failures(runner: str, output: str) -> None:
    read = RUNNERS[runner].read(output)
    assert read is None or read.ran == 0
    assert RUNNERS[runner].nothing.search(output)


@pytest.mark.parametrize(
    ("runner", "output"),
    [
        ("pytest", "/usr/bin/python3: No module named pytest\n"),
        ("pytest", "error: Failed to spawn: `pytest`\n"),
        ("jest", 'npm error npx canceled due to missing packages and no YES option: ["jest@30.5.2"]\n'),
        ("vitest", "sh: 1: vitest: not found\n"),
        ("cargo", "bash: line 1: cargo: command not found\n"),
        ("go test", "bash: line 1: go: command not found\n"),
    ],
)
def test_a_missing_runner_is_known(runner: str, output: str) -> None:
    assert RUNNERS[runner].missing.search(output)


@pytest.mark.parametrize(
    ("runner", "base", "path", "name", "command"),
    [
        ("pytest", "uv run pytest", "", "", "uv run pytest -q --tb=short -rfE --color=no"),
        (
            "pytest",
            "python3 -m pytest",
            "tests/a b.py",
            "x or y",
            "python3 -m pytest -q --tb=short -rfE --color=no -k 'x or y' 'tests/a b.py'",
        ),
        ("unittest", "python3 -m unittest discover -s t", "", "", "python3 -m unittest discover -s t"),
        (
            "unittest",
            "python3 -m unittest discover -s tests",
            "tests/test_a.py",
            "total",
            "python3 -m unittest -k total tests/test_a.py",
        ),
        ("unittest", "python3 -m unittest discover", "more", "", "python3 -m unittest discover -s more"),
        ("unittest", "python3 manage.py test", "shop/test_a.py", "", "python3 manage.py test shop.test_a"),
        ("jest", "npx jest", "a.test.js", "adds $(x)", "CI=1 NO_COLOR=1 npx jest -t 'adds $(x)' a.test.js"),
        ("vitest", "npx --no-install vitest run", "", "", "CI=1 NO_COLOR=1 npx --no-install vitest run"),
        ("node:test", "node --test", "", "adds", "node --test --test-reporter=tap --test-name-pattern=adds"),
        ("cargo", "cargo test", "tests/whole.rs", "old", "cargo test --test whole old"),
        ("cargo", "cargo test", "src/cart.rs", "", "cargo test cart"),
        ("cargo", "cargo test", "src/lib.rs", "", "cargo test"),
        ("go test", "go test ./...", "", "", "go test -v ./..."),
        ("go test", "go test ./...", "cart/cart_test.go", "TestTotal", "go test -v -run TestTotal ./cart"),
        ("go test", "go test ./...", "cart/", "", "go test -v ./cart/..."),
        ("go test", "go test ./...", "cart_test.go", "", "go test -v ."),
    ],
)  # fmt: skip
def test_commands(runner: str, base: str, path: str, name: str, command: str) -> None:
    assert RUNNERS[runner].command(base, path, name) == command


MANY = TestRun(
    3, 60, 0, tuple(Failure(f"test_{n}", "a.py", n, f"line one of {n}\nline two") for n in range(60))
)


@pytest.mark.parametrize(
    ("tokens", "expected", "missing"),
    [
        (5000, ["3 passed, 60 failed", "FAILED test_0 (a.py:0)", "  line two", "one of 59"], ["…"]),
        (900, ["3 passed, 60 failed", "line one of 0", "FAILED test_59 (a.py:59)"], ["line one of 59"]),
        (200, ["3 passed, 60 failed", "FAILED test_0 (a.py:0)", "… and "], ["line one", "test_59"]),
        (12, ["3 passed, 60 failed"], ["FAILED"]),
    ],
)
def test_failures_keep_their_names_longer_than_their_messages(
    tokens: int, expected: list[str], missing: list[str]
) -> None:
    room = Room(tokens, 100_000)
    text = render_run(MANY, room)
    assert room.holds(text)
    assert all(part in text for part in expected)
    assert not any(part in text for part in missing)
