"""Two languages for the parser: ``<T>x`` is a cast in one and the beginning of an element in the other."""

from .base import Grammar, Language, Outline
from .javascript import DEFINITIONS

_OUTLINE = Outline(
    DEFINITIONS
    + """
    (abstract_class_declaration name: (_) @name) @class
    (interface_declaration name: (_) @name) @interface
    (type_alias_declaration name: (_) @name) @type
    (enum_declaration name: (_) @name) @enum
    (internal_module name: (_) @name) @module
    (function_signature name: (_) @name) @function
    (abstract_method_signature name: (_) @name) @method
    """,
    wrappers=("export_statement", "ambient_declaration"),
)

TYPESCRIPT = Language(
    "typescript",
    suffixes=(".ts", ".mts", ".cts"),
    interpreters=("ts-node", "deno", "tsx"),
    grammar=Grammar("tree_sitter_typescript", "language_typescript"),
    outline=_OUTLINE,
)

TSX = Language(
    "tsx",
    suffixes=(".tsx",),
    grammar=Grammar("tree_sitter_typescript", "language_tsx"),
    outline=_OUTLINE,
)
