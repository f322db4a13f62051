"""Two languages for the parser: ``<T>x`` is a cast in one and the beginning of an element in the other."""

from .base import Grammar, Language

TYPESCRIPT = Language(
    "typescript",
    suffixes=(".ts", ".mts", ".cts"),
    interpreters=("ts-node", "deno", "tsx"),
    grammar=Grammar("tree_sitter_typescript", "language_typescript"),
)

TSX = Language("tsx", suffixes=(".tsx",), grammar=Grammar("tree_sitter_typescript", "language_tsx"))
