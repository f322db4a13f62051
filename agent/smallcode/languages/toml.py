from .base import Grammar, Language

TOML = Language(
    "toml",
    suffixes=(".toml",),
    names=("Cargo.lock", "poetry.lock", "uv.lock"),
    grammar=Grammar("tree_sitter_toml"),
)
