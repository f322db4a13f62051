from .base import Grammar, Language

RUST = Language("rust", suffixes=(".rs",), grammar=Grammar("tree_sitter_rust"))
