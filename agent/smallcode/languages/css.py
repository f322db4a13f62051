from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (stylesheet (rule_set (selectors) @name) @rule)
    (stylesheet (media_statement) @rule)
    (stylesheet (keyframes_statement (keyframes_name) @name) @rule)
    """
)

CSS = Language(
    "css", suffixes=(".css",), grammar=Grammar("tree_sitter_css", reliable=False), outline=_OUTLINE
)
