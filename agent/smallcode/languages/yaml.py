from .base import Grammar, Language

YAML = Language(
    "yaml",
    suffixes=(".yaml", ".yml"),
    names=(".clang-format", ".clang-tidy"),
    grammar=Grammar("tree_sitter_yaml"),
    templated=True,
)
