from .base import Grammar, Language

JAVASCRIPT = Language(
    "javascript",
    suffixes=(".js", ".mjs", ".cjs", ".jsx"),
    interpreters=("node", "nodejs"),
    grammar=Grammar("tree_sitter_javascript"),
)
