from .base import Grammar, Graph, Language, Outline

BASH = Language(
    "bash",
    suffixes=(".sh", ".bash"),
    names=(".bashrc", ".bash_profile", ".profile", "PKGBUILD"),
    interpreters=("bash", "sh", "dash"),
    grammar=Grammar("tree_sitter_bash"),
    outline=Outline("(function_definition name: (word) @name body: (_) @body) @function"),
    graph=Graph(documentation="hashes"),
)
