import pytest

from smallcode.adapters.definitions import MOST_BYTES, TreeDefinitions


@pytest.mark.parametrize(
    ("path", "content", "names"),
    [
        ("a.py", "class A:\n    def f(self):\n        pass\n\nasync def g():\n    pass\n", ["A", "f", "g"]),
        (
            "a.py",
            "@wrap\ndef f():\n    def inner():\n        pass\n\ndef f():\n    pass\n",
            ["f", "inner", "f"],
        ),
        ("a.py", 'x = "def no(): pass"\n', []),
        (
            "a.js",
            "function f() {}\nconst g = (x) => x;\nlet n;\nclass A { m() {} }\n",
            ["f", "g", "A", "m"],
        ),
        ("a.ts", "interface I { x: number }\ntype T = I;\nexport enum E { A }\n", ["I", "T", "E"]),
        ("a.go", "package a\n\ntype T struct{}\n\nfunc (t T) M() {}\n\nfunc F() {}\n", ["T", "M", "F"]),
        ("a.rs", "struct S;\nimpl S { fn m(&self) {} }\nfn f() {}\nmod k {}\n", ["S", "m", "f", "k"]),
        ("A.java", "class A { A() {} void m() {} }\n", ["A", "A", "m"]),
        ("a.c", "struct p { int x; };\nint *f(struct p *q) { return 0; }\n", ["p", "f"]),
        ("a.cpp", "class A { void m() {} };\nvoid A::n() {}\n", ["A", "m", "A::n"]),
        ("a.py", "", []),
        # Nobody can say: no grammar, or one that cannot read the file, or too much to read.
        ("a.txt", "def f\n", None),
        ("a.py", "def f(:\n", None),
        ("a.py", "x = 1\n" * (MOST_BYTES // 6 + 1), None),
    ],
)
def test_names_in_the_order_of_the_file(path: str, content: str, names: list[str] | None) -> None:
    assert TreeDefinitions().definitions(path, content) == names
