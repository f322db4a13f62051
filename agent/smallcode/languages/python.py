from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (class_definition name: (identifier) @name) @class
    (function_definition name: (identifier) @name) @function
    """,
    wrappers=("decorated_definition",),
)

PYTHON = Language(
    "python",
    suffixes=(".py", ".pyi", ".pyw"),
    names=("SConstruct", "SConscript", "wscript"),
    interpreters=("python", "pypy"),
    grammar=Grammar("tree_sitter_python"),
    outline=_OUTLINE,
)
