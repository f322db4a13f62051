"""What test runners print, as run_tests calls them: real outputs of small projects, shortened."""

PYTEST = """\
.FF.FsE                                                                  [100%]
==================================== ERRORS ====================================
__________________________ ERROR at setup of test_err __________________________
tests/test_cart.py:14: in bad
    def bad(): raise RuntimeError("setup")
E   RuntimeError: setup
=================================== FAILURES ===================================
___________________________________ test_add ___________________________________
tests/test_cart.py:5: in test_add
    assert add(2, 3) == 5
E   assert -1 == 5
E    +  where -1 = add(2, 3)
______________________________ TestCart.test_load ______________________________
tests/test_cart.py:8: in test_load
    json.loads("{")
/usr/lib/python3.11/json/__init__.py:346: in loads
    return _default_decoder.decode(s)
E   json.decoder.JSONDecodeError: Expecting property name: line 1 column 2 (char 1)
__________________________________ test_p[2] ___________________________________
tests/test_cart.py:10: in test_p
    def test_p(x): assert x == 1, "not one - at all"
E   AssertionError: not one - at all
E   assert 2 == 1
=========================== short test summary info ============================
FAILED tests/test_cart.py::test_add - assert -1 == 5
FAILED tests/test_cart.py::TestCart::test_load - json.decoder.JSONDecodeError...
FAILED tests/test_cart.py::test_p[2] - AssertionError: not one - at all
ERROR tests/test_cart.py::test_err - RuntimeError: setup
3 failed, 2 passed, 1 skipped, 1 error in 7.26s
"""

PYTEST_COLLECTING = """\

==================================== ERRORS ====================================
____________________ ERROR collecting tests/test_broken.py _____________________
ImportError while importing test module '/home/ada/shop/tests/test_broken.py'.
Hint: make sure your test modules/packages have valid Python names.
Traceback:
/usr/lib/python3.11/importlib/__init__.py:126: in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
tests/test_broken.py:1: in <module>
    import nope
E   ModuleNotFoundError: No module named 'nope'
=========================== short test summary info ============================
ERROR tests/test_broken.py
!!!!!!!!!!!!!!!!!!!! Interrupted: 1 error during collection !!!!!!!!!!!!!!!!!!!!
1 error in 7.19s
"""

UNITTEST = """\
FE.sFxE
======================================================================
ERROR: test_b (test_u.T.test_b)
Docs here.
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/home/ada/shop/test_u.py", line 6, in test_b
    json.loads("{")
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^
json.decoder.JSONDecodeError: Expecting property name: line 1 column 2 (char 1)

======================================================================
ERROR: test_v (unittest.loader._FailedTest.test_v)
----------------------------------------------------------------------
ImportError: Failed to import test module: test_v
Traceback (most recent call last):
  File "/usr/lib/python3.11/unittest/loader.py", line 419, in _find_test_path
    module = self._get_module_from_name(name)
  File "/home/ada/shop/test_v.py", line 1, in <module>
    import nope
ModuleNotFoundError: No module named 'nope'


======================================================================
FAIL: test_a (test_u.T.test_a)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/home/ada/shop/test_u.py", line 3, in test_a
    def test_a(self): self.assertEqual(1, 2, "numbers\\ndiffer")
AssertionError: 1 != 2 : numbers
differ

======================================================================
FAIL: test_e (test_u.T.test_e) (i=1)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/home/ada/shop/test_u.py", line 12, in test_e
    with self.subTest(i=i): self.assertEqual(i, 0)
AssertionError: 1 != 0

----------------------------------------------------------------------
Ran 7 tests in 0.016s

FAILED (failures=2, errors=2, skipped=1, expected failures=1)
"""

JEST = """\
FAIL a/cart.test.js
  ● Console

    console.log
      x

      at Object.log (cart.test.js:5:13)

  ● cart › totals

    expect(received).toBe(expected) // Object.is equality

    Expected: 5
    Received: 3

      5 |     console.log('x');
    > 6 |     expect(total([2, 3])).toBe(5);
        |                           ^
      7 |   });

      at Object.toBe (cart.test.js:6:27)
      at run (node_modules/jest-circus/build/index.js:12:3)

FAIL a/broken.test.js
  ● Test suite failed to run

    Cannot find module './nope' from 'broken.test.js'

    > 1 | require('./nope');
        | ^

      at Resolver._throwModNotFoundError (../node_modules/jest-resolve/build/index.js:1031:11)
      at Object.require (broken.test.js:1:1)

Test Suites: 2 failed, 2 total
Tests:       1 failed, 1 skipped, 1 passed, 3 total
Snapshots:   0 total
Time:        3.566 s
Ran all test suites.
"""

VITEST = """\

 RUN  v4.1.12 /home/ada/shop

 ❯ broken.test.js (0 test)
stdout | cart.test.js > cart > totals
x

 ❯ cart.test.js (4 tests | 2 failed | 1 skipped) 54ms
   ✓ adds 1ms
     × totals 51ms

⎯⎯⎯⎯⎯⎯ Failed Suites 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  broken.test.js [ broken.test.js ]
Error: Cannot find module './nope.js' imported from /home/ada/shop/broken.test.js
 ❯ broken.test.js:1:1
      1| import './nope.js'
       | ^

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/2]⎯


⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  cart.test.js > cart > totals
AssertionError: expected 3 to be 5 // Object.is equality

- Expected
+ Received

- 5
+ 3

 ❯ node_modules/vitest/dist/runner.js:12:3
 ❯ cart.test.js:7:27
      7|     expect(total([2, 3])).toBe(5);
       |                           ^

⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[2/2]⎯


 Test Files  2 failed (2)
      Tests  1 failed | 1 passed | 1 skipped (3)
   Start at  03:20:27
   Duration  3.72s (transform 213ms, setup 0ms, import 77ms, tests 54ms, environment 21ms)
"""

NODE_TEST = """\
TAP version 13
# Subtest: adds
ok 1 - adds
  ---
  duration_ms: 13.554163
  ...
# Subtest: totals
not ok 2 - totals
  ---
  duration_ms: 1.137901
  location: '/home/ada/shop/a.test.js:3:1'
  failureType: 'testCodeFailure'
  error: |-
    Expected values to be strictly equal:
    
    3 !== 5
    
  code: 'ERR_ASSERTION'
  stack: |-
    TestContext.<anonymous> (/home/ada/shop/a.test.js:5:10)
    Test.runInAsyncScope (node:async_hooks:206:9)
  ...
# Subtest: cart
    # Subtest: throws
    not ok 1 - throws
      ---
      duration_ms: 0.101922
      location: '/home/ada/shop/a.test.js:7:52'
      failureType: 'testCodeFailure'
      error: "boom: it's bad"
      code: 'ERR_TEST_FAILURE'
      ...
    1..1
not ok 3 - cart
  ---
  duration_ms: 0.529988
  type: 'suite'
  location: '/home/ada/shop/a.test.js:7:1'
  failureType: 'subtestsFailed'
  error: '1 subtest failed'
  ...
# Subtest: todo
not ok 4 - todo # TODO
  ---
  duration_ms: 0.088822
  ...
1..4
# tests 5
# suites 1
# pass 1
# fail 2
# cancelled 0
# skipped 1
# todo 1
# duration_ms 642.526396
"""  # noqa: W293 - node prints blanks there

CARGO = """\
   Compiling shop v0.1.0 (/home/ada/shop)
     Running unittests src/lib.rs (target/debug/deps/shop-5079)

running 3 tests
test tests::slow ... ignored
test tests::works ... ok
test tests::adds ... FAILED

failures:

---- tests::adds stdout ----

thread 'tests::adds' (1686) panicked at src/lib.rs:6:17:
assertion `left == right` failed
  left: -1
 right: 5
stack backtrace:
   4: shop::tests::adds
             at ./src/lib.rs:6:17
note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.


failures:
    tests::adds

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.59s

     Running tests/whole.rs (target/debug/deps/whole-5079)

running 1 test
test old ... FAILED

failures:

---- old stdout ----
thread 'old' panicked at 'explicit panic', tests/whole.rs:3:5
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace

failures:
    old

test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

error: test failed, to rerun pass `--lib`
"""

GO = """\
# example.com/shop/bad
bad/bad_test.go:6:2: undefined: nope
=== RUN   TestTotal
    cart_test.go:12: total = 3, want 5
        in the second line
--- FAIL: TestTotal (0.00s)
=== RUN   TestAdd
--- PASS: TestAdd (0.00s)
=== RUN   TestTable
=== RUN   TestTable/empty
=== RUN   TestTable/one
    cart_test.go:30: wrong
--- FAIL: TestTable (0.00s)
    --- PASS: TestTable/empty (0.00s)
    --- FAIL: TestTable/one (0.00s)
=== RUN   TestSlow
    cart_test.go:40: too slow
--- SKIP: TestSlow (0.00s)
=== RUN   TestPanics
panic: runtime error: index out of range [3] with length 3

goroutine 7 [running]:
testing.tRunner.func1.2({0x4f0f40, 0xc000012345})
\t/usr/local/go/src/testing/testing.go:1632 +0x230
example.com/shop.rotate(...)
\t/home/ada/shop/rotate.go:27
example.com/shop.TestPanics(0xc0000a)
\t/home/ada/shop/cart_test.go:51 +0x1d
FAIL\texample.com/shop\t0.004s
ok  \texample.com/shop/util\t0.001s
?   \texample.com/shop/cmd\t[no test files]
FAIL\texample.com/shop/bad [build failed]
FAIL
"""
