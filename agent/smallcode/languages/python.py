from .base import Grammar, Language

PYTHON = Language(
    "python",
    suffixes=(".py", ".pyi", ".pyw"),
    names=("SConstruct", "SConscript", "wscript"),
    interpreters=("python", "pypy"),
    grammar=Grammar("tree_sitter_python"),
)
