from .base import Grammar, Graph, Language, Outline

_OUTLINE = Outline(
    """
    (class_declaration name: (_) @name body: (_) @body) @class
    (interface_declaration name: (_) @name body: (_) @body) @interface
    (trait_declaration name: (_) @name body: (_) @body) @trait
    (enum_declaration name: (_) @name body: (_) @body) @enum
    (method_declaration name: (_) @name body: (_)? @body) @method
    (function_definition name: (_) @name body: (_) @body) @function
    """,
    grammar=Grammar("tree_sitter_php", "language_php"),
)

_GRAPH = Graph(
    """
    (const_declaration (const_element . (name) @name)) @constant
    (enum_case name: (_) @name) @constant
    (property_declaration (property_element name: (variable_name (name) @name))) @field
    (namespace_definition name: (_) @package)
    """,
    separators=("\\",),
    documentation="slashes",
    hidden=r"\bprivate\b",
)

PHP = Language("php", suffixes=(".php", ".phtml"), interpreters=("php",), outline=_OUTLINE, graph=_GRAPH)
