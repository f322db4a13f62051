from .base import Grammar, Language

CSS = Language("css", suffixes=(".css",), grammar=Grammar("tree_sitter_css", reliable=False))
