from .base import Grammar, Language

GO = Language("go", suffixes=(".go",), grammar=Grammar("tree_sitter_go"))
