import pytest

from smallcode.core.definitions import definitions


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("class A:\n    def f(self):\n        pass\n\n    async def g(self): ...\n", ["A", "f", "g"]),
        ("function f() {}\nexport default function g() {}\nexport async function* h() {}\n", ["f", "g", "h"]),
        (
            "const f = (a) => a;\nconst g = async function () {};\nlet n = 3;\nconst h = x => x;\n",
            ["f", "g", "h"],
        ),
        ("pub fn f() {}\npub(crate) unsafe fn g() {}\nimpl Parser {\nstruct S;\n", ["f", "g", "Parser", "S"]),
        ("func f() {}\nfunc (s *Stack) Push(x int) {}\ntype T struct {\n", ["f", "Push", "T"]),
        ("public final class A {\ninterface B {\nenum C {\n", ["A", "B", "C"]),
        ("def empty?\nmodule M\n", ["empty?", "M"]),
        ("def f():\r\n    pass\r\ndef f():\r\n    pass\r\n", ["f", "f"]),
        ("# def f():\nundefined f\nreturn class_\nx = 'def'\n", []),
    ],
)
def test_names(content: str, names: list[str]) -> None:
    assert definitions(content) == names
