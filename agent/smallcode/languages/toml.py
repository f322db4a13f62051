from .base import Grammar, Language, Outline

TOML = Language(
    "toml",
    suffixes=(".toml",),
    names=("Cargo.lock", "poetry.lock", "uv.lock"),
    grammar=Grammar("tree_sitter_toml"),
    outline=Outline(
        """
        (document (pair . (_) @name) @key)
        (table . (_) @name) @table
        (table_array_element . (_) @name) @table
        """
    ),
)
