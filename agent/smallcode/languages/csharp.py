from .base import Grammar, Graph, Language, Outline

# The grammar reads what an outline needs; it is no judge of the newest syntax.
_OUTLINE = Outline(
    """
    (class_declaration name: (_) @name body: (_)? @body) @class
    (interface_declaration name: (_) @name body: (_)? @body) @interface
    (struct_declaration name: (_) @name body: (_)? @body) @struct
    (record_declaration name: (_) @name body: (_)? @body) @class
    (enum_declaration name: (_) @name body: (_)? @body) @enum
    (delegate_declaration name: (_) @name) @type
    (method_declaration name: (_) @name body: (_)? @body) @method
    (constructor_declaration name: (_) @name body: (_)? @body) @method
    (destructor_declaration name: (_) @name body: (_)? @body) @method
    (local_function_statement name: (_) @name body: (_)? @body) @function
    (property_declaration name: (_) @name accessors: (_)? @body) @field
    """,
    grammar=Grammar("tree_sitter_c_sharp"),
)

_GRAPH = Graph(
    """
    (field_declaration (variable_declaration (variable_declarator name: (_) @name))) @field
    (event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @field
    (enum_member_declaration name: (_) @name) @constant
    (namespace_declaration name: (_) @package)
    (file_scoped_namespace_declaration name: (_) @package)
    """,
    documentation="slashes",
    hidden=r"\bprivate\b",
)

CSHARP = Language("csharp", suffixes=(".cs", ".csx"), outline=_OUTLINE, graph=_GRAPH)
