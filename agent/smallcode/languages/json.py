"""JSON, and the files that are named as JSON and may hold comments and trailing commas all the same."""

from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (document (object (pair key: (_) @name) @key))
    (document (object (pair value: (object (pair key: (_) @name) @key))))
    """
)

JSON = Language(
    "json",
    suffixes=(".json", ".webmanifest", ".geojson"),
    grammar=Grammar("tree_sitter_json"),
    outline=_OUTLINE,
)

JSONC = Language(
    "jsonc",
    suffixes=(".jsonc", ".code-workspace"),
    names=(
        "tsconfig.json", "tsconfig.*.json", "jsconfig.json", "jsconfig.*.json", "tslint.json",
        ".vscode/*.json", "devcontainer.json", ".devcontainer.json", ".eslintrc", ".eslintrc.json",
        ".babelrc", ".babelrc.json", ".swcrc", ".jshintrc", ".jscsrc", "api-extractor.json", "turbo.json",
        "nx.json", "wrangler.json", "deno.json", "typedoc.json",
    ),
    grammar=Grammar("tree_sitter_json", reliable=False),
    outline=_OUTLINE,
)  # fmt: skip
