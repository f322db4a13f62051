from .base import Grammar, Language, Outline
from .c import DEFINITIONS

_OUTLINE = Outline(
    DEFINITIONS
    + """
    (class_specifier name: (_) @name body: (_)) @class
    (namespace_definition name: (_) @name) @module
    (alias_declaration name: (_) @name) @type
    (concept_definition name: (_) @name) @type
    """,
    wrappers=("template_declaration",),
)

# A header's name does not tell C from C++, and the grammar of C++ reads most of both.
CPP = Language(
    "cpp",
    suffixes=(".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".tcc", ".h"),
    grammar=Grammar("tree_sitter_cpp", reliable=False),
    outline=_OUTLINE,
)
