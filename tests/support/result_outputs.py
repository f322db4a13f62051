"""What the tools print, made up of parts so that it can be as long as a test needs."""

PASSING = 300

PYTEST = "\n".join(
    [
        "============================= test session starts ==============================",
        "platform linux -- Python 3.12.3, pytest-8.3.2, pluggy-1.5.0",
        "rootdir: /home/ada/shop",
        f"collected {PASSING + 2} items",
        "",
        *(f"tests/test_stock.py::test_stock[{n}] PASSED                     [ 50%]" for n in range(PASSING)),
        "tests/test_cart.py::test_total FAILED                        [ 99%]",
        "tests/test_cart.py::test_load FAILED                         [100%]",
        "",
        "=================================== FAILURES ===================================",
        "__________________________________ test_total __________________________________",
        "",
        "    def test_total():",
        "        cart = Cart([2, 3])",
        ">       assert cart.total() == 5",
        "E       assert 3 == 5",
        "E        +  where 3 = total()",
        "",
        "tests/test_cart.py:12: AssertionError",
        "----------------------------- Captured stdout call -----------------------------",
        "adding up",
        "__________________________________ test_load ___________________________________",
        "",
        "    def test_load():",
        '>       load("{")',
        "",
        "tests/test_cart.py:17: ",
        "_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ",
        "/usr/lib/python3.12/json/__init__.py:346: in loads",
        "    return _default_decoder.decode(s)",
        "/usr/lib/python3.12/json/decoder.py:353: in raw_decode",
        "    obj, end = self.scan_once(s, idx)",
        "E   json.decoder.JSONDecodeError: Expecting property name: line 1 column 2 (char 1)",
        "=============================== warnings summary ===============================",
        *(f"tests/test_stock.py::test_stock[{n}]\n  DeprecationWarning: old" for n in range(PASSING)),
        "",
        "=========================== short test summary info ============================",
        "FAILED tests/test_cart.py::test_total - assert 3 == 5",
        "FAILED tests/test_cart.py::test_load - json.decoder.JSONDecodeError: Expecting...",
        f"================== 2 failed, {PASSING} passed, 9 warnings in 2.10s ==================",
        "",
    ]
)

UNITTEST = "\n".join(
    [
        *(f"test_stock_{n} (tests.test_stock.StockTest.test_stock_{n}) ... ok" for n in range(PASSING)),
        "test_total (tests.test_cart.CartTest.test_total) ... FAIL",
        "test_load (tests.test_cart.CartTest.test_load)",
        "Reads a cart from JSON. ... ERROR",
        "",
        "=" * 70,
        "ERROR: test_load (tests.test_cart.CartTest.test_load)",
        "Reads a cart from JSON.",
        "-" * 70,
        "Traceback (most recent call last):",
        '  File "/home/ada/shop/tests/test_cart.py", line 10, in test_load',
        '    load("{")',
        '  File "/usr/lib/python3.12/json/__init__.py", line 346, in loads',
        "    return _default_decoder.decode(s)",
        "           ^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "shop.errors.BadCart: not JSON",
        "",
        "=" * 70,
        "FAIL: test_total (tests.test_cart.CartTest.test_total)",
        "-" * 70,
        "Traceback (most recent call last):",
        '  File "/home/ada/shop/tests/test_cart.py", line 5, in test_total',
        "    self.assertEqual(Cart([2, 3]).total(), 5)",
        "AssertionError: 3 != 5",
        "",
        "-" * 70,
        f"Ran {PASSING + 2} tests in 0.214s",
        "",
        "FAILED (failures=1, errors=1)",
        "",
    ]
)

JEST = "\n".join(
    [
        *(f"PASS src/stock{n}.test.js\n  stock\n    ✓ counts (1 ms)" for n in range(PASSING)),
        "FAIL src/cart.test.js",
        "  ● Console",
        "",
        "    console.log",
        "      adding up",
        "",
        "      at Object.log (src/cart.test.js:3:30)",
        "",
        "  ● cart › total",
        "",
        "    expect(received).toBe(expected) // Object.is equality",
        "",
        "    Expected: 5",
        "    Received: 3",
        "",
        "      2 | describe('cart', () => {",
        "    > 3 |   it('total', () => { expect(total([2, 3])).toBe(5) })",
        "        |                                             ^",
        "      4 | })",
        "",
        "      at Object.toBe (src/cart.test.js:3:45)",
        "      at run (node_modules/jest-circus/build/index.js:12:3)",
        "",
        "Test Suites: 1 failed, 300 passed, 301 total",
        "Tests:       1 failed, 300 passed, 301 total",
        "Snapshots:   0 total",
        "Time:        2.754 s",
        "Ran all test suites.",
        "",
    ]
)

VITEST = "\n".join(
    [
        "",
        " RUN  v2.1.9 /home/ada/shop",
        "",
        "stdout | src/cart.test.js > cart > total",
        "adding up",
        "",
        *(f" ✓ src/stock{n}.test.js (2 tests) 2ms" for n in range(PASSING)),
        " ❯ src/cart.test.js (1 test | 1 failed) 47ms",
        "   × cart > total 12ms",
        "     → expected 3 to be 5 // Object.is equality",
        "",
        "⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯",
        "",
        " FAIL  src/cart.test.js > cart > total",
        "AssertionError: expected 3 to be 5 // Object.is equality",
        "",
        "- Expected",
        "+ Received",
        "",
        "- 5",
        "+ 3",
        "",
        " ❯ src/cart.test.js:4:67",
        "      3| describe('cart', () => {",
        "      4|   it('total', () => { expect(total([2, 3])).toBe(5) })",
        "       |                                             ^",
        " ❯ node_modules/vitest/dist/runner.js:12:3",
        "",
        "⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/1]⎯",
        "",
        " Test Files  1 failed | 300 passed (301)",
        "      Tests  1 failed | 600 passed (601)",
        "   Start at  23:54:32",
        "   Duration  4.90s (transform 181ms, setup 0ms, collect 185ms, tests 63ms)",
        "",
    ]
)

CARGO = "\n".join(
    [
        *(f"   Compiling crate{n} v0.1.{n}" for n in range(PASSING)),
        "warning: function `unused` is never used",
        " --> src/lib.rs:2:4",
        "  |",
        "2 | fn unused() {}",
        "  |    ^^^^^^",
        "",
        "    Finished `test` profile [unoptimized + debuginfo] target(s) in 1.97s",
        "     Running unittests src/lib.rs (target/debug/deps/shop-5079)",
        "",
        f"running {PASSING + 1} tests",
        *(f"test stock::tests::counts_{n} ... ok" for n in range(PASSING)),
        "test cart::tests::total ... FAILED",
        "",
        "failures:",
        "",
        "---- cart::tests::total stdout ----",
        "",
        "thread 'cart::tests::total' (4719) panicked at src/cart.rs:7:17:",
        "assertion `left == right` failed",
        "  left: 3",
        " right: 5",
        "stack backtrace:",
        "   0: rust_begin_unwind",
        "             at /rustc/59807616e1fa/library/std/src/panicking.rs:689:5",
        "   4: shop::cart::tests::total",
        "             at ./src/cart.rs:7:17",
        "note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.",
        "",
        "failures:",
        "    cart::tests::total",
        "",
        "test result: FAILED. 300 passed; 1 failed; 0 ignored; finished in 0.42s",
        "",
        "error: test failed, to rerun pass `--lib`",
        "",
    ]
)

CARGO_BUILD = "\n".join(
    [
        *(f"   Compiling crate{n} v0.1.{n}" for n in range(PASSING)),
        "warning: unused variable: `x`",
        " --> src/other.rs:9:4",
        "error[E0425]: cannot find value `q` in this scope",
        " --> src/lib.rs:1:37",
        "  |",
        "1 | pub fn total(p: &[i32]) -> i32 { q[1..].iter().sum() }",
        "  |                                  ^",
        "",
        "error: could not compile `shop` (lib) due to 1 previous error; 1 warning emitted",
        "",
    ]
)

GO = "\n".join(
    [
        *(f"=== RUN   TestStock{n}\n--- PASS: TestStock{n} (0.00s)" for n in range(PASSING)),
        "=== RUN   TestTotal",
        "    cart_test.go:12: total([2 3]) = 3, want 5",
        "--- FAIL: TestTotal (0.00s)",
        "FAIL",
        "FAIL\texample.com/shop/cart\t0.004s",
        "ok  \texample.com/shop/stock\t0.011s",
        "?   \texample.com/shop/cmd\t[no test files]",
        "FAIL",
        "",
    ]
)

GO_BUILD = "\n".join(
    [
        *(f"ok  \texample.com/shop/stock{n}\t0.011s" for n in range(PASSING)),
        "# example.com/shop/cart",
        "./cart.go:7:9: undefined: prices",
        "FAIL\texample.com/shop/cart [build failed]",
        "",
    ]
)

TSC = "\n".join(
    [
        *(f"> step {n} of the build took no time" for n in range(PASSING)),
        "src/cart.ts(3,6): error TS2352: Conversion of type '{ a: number; }' to type '{ b: number; }'.",
        "  Property 'b' is missing in type '{ a: number; }' but required in type '{ b: number; }'.",
        "src/cart.ts(9,1): error TS2554: Expected 1 arguments, but got 2.",
        "Found 2 errors in the same file, starting at: src/cart.ts:3",
        "",
    ]
)

GCC = "\n".join(
    [
        *(f"gcc -Wall -O2 -Iinclude -c -o build/stock{n}.o src/stock{n}.c" for n in range(PASSING)),
        "src/old.c: In function 'old':",
        "src/old.c:5:11: warning: unused variable 'x' [-Wunused-variable]",
        "    5 |   int x = 1;",
        "      |       ^",
        "src/cart.c: In function 'total':",
        "src/cart.c:6:9: error: expected ';' before 'return'",
        "    6 |   add(x)",
        "      |         ^",
        "make: *** [Makefile:3: build/cart.o] Error 1",
        "",
    ]
)
