from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (document (block_node (block_mapping (block_mapping_pair key: (_) @name) @key)))
    (document (block_node (block_mapping (block_mapping_pair
        value: (block_node (block_mapping (block_mapping_pair key: (_) @name) @key))))))
    """
)

YAML = Language(
    "yaml",
    suffixes=(".yaml", ".yml"),
    names=(".clang-format", ".clang-tidy"),
    grammar=Grammar("tree_sitter_yaml"),
    templated=True,
    outline=_OUTLINE,
)
