from .base import Grammar, Language

JAVA = Language("java", suffixes=(".java",), grammar=Grammar("tree_sitter_java"))
