from .base import Grammar, Language

C = Language("c", suffixes=(".c",), grammar=Grammar("tree_sitter_c", reliable=False))
