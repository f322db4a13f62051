"""How a file's language is known, and that every grammar named is there and reads its language."""

from __future__ import annotations

import pytest

from smallcode.adapters.syntax import SyntaxTrees
from smallcode.languages import ALL, Grammar, Language, interpreter_of, language_of


@pytest.mark.parametrize(
    ("path", "content", "name"),
    [
        ("a.py", "", "python"),
        ("deep/er/A.PY", "", "python"),
        ("types.pyi", "", "python"),
        ("tool", "#!/usr/bin/env python3\n", "python"),
        ("tool", "#!/usr/bin/env -S uv run python3.12\n", None),
        ("tool", "#! /usr/bin/python3.11 -u\n", "python"),
        ("tool", "#!/usr/bin/env A=1 node\n", "javascript"),
        ("tool", "", None),
        ("a.mjs", "", "javascript"),
        ("a.ts", "", "typescript"),
        ("a.tsx", "", "tsx"),
        ("a.h", "", "cpp"),
        ("a.c", "", "c"),
        ("run.sh", "", "bash"),
        ("run.sh", "#!/bin/sh\n", "bash"),
        ("run.sh", "#!/usr/bin/env zsh\n", None),
        ("run", "#!/bin/bash\n", "bash"),
        ("run", "#!/usr/bin/fish\n", None),
        ("package.json", "", "json"),
        ("tsconfig.json", "", "jsonc"),
        ("packages/a/tsconfig.build.json", "", "jsonc"),
        (".vscode/settings.json", "", "jsonc"),
        ("a/.vscode/settings.json", "", "jsonc"),
        ("vscode/settings.json", "", "json"),
        ("Cargo.lock", "", "toml"),
        ("Gemfile", "", "ruby"),
        ("a.vue", "<script>", None),
        ("a.html", "#!/bin/bash\n", "html"),
        ("notes.txt", "#!/bin/bash\n", None),
        (".py", "", None),
    ],
)
def test_language_of(path: str, content: str, name: str | None) -> None:
    language = language_of(path, content)
    assert (language.name if language else None) == name


@pytest.mark.parametrize(
    ("line", "interpreter"),
    [("#!/usr/bin/env python3.12", "python"), ("#!bash", "bash"), ("# !/bin/sh", ""), ("", ""), ("#!", "")],
)
def test_interpreter_of(line: str, interpreter: str) -> None:
    assert interpreter_of(line) == interpreter


def test_no_suffix_and_no_name_has_two_languages() -> None:
    suffixes = [suffix for language in ALL for suffix in language.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)
    assert len({language.name for language in ALL}) == len(ALL)


SNIPPETS = {
    "python": "def f(a):\n    return a\n",
    "javascript": "const f = async (a) => <b>{a}</b>;\n",
    "typescript": "const f = (a: number): string => <string>(a as unknown);\n",
    "tsx": "const f = (a: number) => <b key={a}>{a}</b>;\n",
    "go": "package a\n\nfunc f[T any](a T) T { return a }\n",
    "rust": "fn f<'a>(a: &'a str) -> &'a str { a }\n",
    "java": "record A(int a) { int f() { return a; } }\n",
    "c": "#include <a.h>\nint f(int a) { return a; }\n",
    "cpp": "template <class T> auto f(T a) { return [&] { return a; }; }\n",
    "bash": 'f() { local a="$1"; [[ -n $a ]] && echo "${a%%.*}"; }\n',
    "json": '{"a": [1, 2.5e3, null, "b"]}\n',
    "jsonc": '// a\n{"a": 1 /* b */}\n',
    "yaml": "a: &b\n  - c\nd: *b\n---\ne: |\n  f\n",
    "toml": 'a = 1\n[b]\nc = [1, 2]\nd = 2026-01-02\n[[e]]\nf = """g"""\n',
    "html": "<!doctype html><p>a<br><ul><li>b<li>c</ul>\n",
    "css": "@media print { a > b:hover { color: red; } }\n",
}


@pytest.mark.parametrize("language", [one for one in ALL if one.grammar], ids=lambda one: one.name)
def test_every_grammar_reads_its_language(language: Language) -> None:
    assert language.grammar is not None
    trees = SyntaxTrees()
    tree = trees.parse(language.grammar, SNIPPETS[language.name].encode(), timeout=10.0)
    assert tree is not None, "the grammar is not installed"
    assert trees.faults(language.grammar, tree, limit=2) == []
    assert tree.root_node.child_count > 0


def test_what_cannot_be_parsed_is_none() -> None:
    trees = SyntaxTrees()
    python = Grammar("tree_sitter_python")
    assert trees.parse(Grammar("tree_sitter_of_no_such_language"), b"", timeout=1.0) is None
    assert trees.parse(Grammar("tree_sitter_python", "no_such_function"), b"", timeout=1.0) is None
    assert trees.parse(python, b"x = [1, (2, 3), {4: 5}]\n" * 2000, timeout=0.0) is None
    assert trees.parse(python, b"x = 1\n", timeout=10.0) is not None


def test_a_text_full_of_errors_gives_as_many_as_are_wanted() -> None:
    trees = SyntaxTrees()
    python = Grammar("tree_sitter_python")
    tree = trees.parse(python, b"x = = 1\ny = 2\n" * 300, timeout=10.0)
    assert tree is not None
    faults = trees.faults(python, tree, limit=7)
    assert len(faults) == 7
    assert [fault.first for fault in faults] == sorted(fault.first for fault in faults)
