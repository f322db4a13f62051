"""Read for its headings alone: every text is good Markdown, so that a grammar could judge none."""

from .base import Grammar, Language, Outline

MARKDOWN = Language(
    "markdown",
    suffixes=(".md", ".markdown"),
    outline=Outline(
        """
        (section (atx_heading heading_content: (_) @name)) @heading
        (setext_heading heading_content: (_) @name) @heading
        """,
        grammar=Grammar("tree_sitter_markdown"),
    ),
)
