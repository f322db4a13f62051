from .base import Grammar, Language

HTML = Language(
    "html",
    suffixes=(".html", ".htm", ".xhtml"),
    grammar=Grammar("tree_sitter_html", error_kinds=("erroneous_end_tag",)),
    templated=True,
)
