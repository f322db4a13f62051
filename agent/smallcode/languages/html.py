from .base import Grammar, Language, Outline

# The elements that divide a page; what stands in them is too much for an outline.
_OUTLINE = Outline(
    """
    (element (start_tag (tag_name) @name)) @element
    (script_element (start_tag (tag_name) @name)) @element
    (style_element (start_tag (tag_name) @name)) @element
    """,
    names=frozenset(
        {"head", "body", "header", "nav", "main", "section", "article", "aside", "footer", "form", "table"}
        | {"dialog", "template", "h1", "h2", "h3", "script", "style"}
    ),
)

HTML = Language(
    "html",
    suffixes=(".html", ".htm", ".xhtml"),
    grammar=Grammar("tree_sitter_html", error_kinds=("erroneous_end_tag",)),
    templated=True,
    outline=_OUTLINE,
)
