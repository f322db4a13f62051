"""Two languages for the parser: ``<T>x`` is a cast in one and the beginning of an element in the other."""

from dataclasses import replace

from .base import Grammar, Graph, Language, Outline
from .javascript import DEFINITIONS, ELEMENTS, EXPORTING_OWNERS, REFERENCES

_OUTLINE = Outline(
    DEFINITIONS
    + """
    (abstract_class_declaration name: (_) @name body: (_) @body) @class
    (interface_declaration name: (_) @name body: (_) @body) @interface
    (type_alias_declaration name: (_) @name) @type
    (enum_declaration name: (_) @name body: (_) @body) @enum
    (internal_module name: (_) @name body: (_) @body) @module
    (function_signature name: (_) @name) @function
    (abstract_method_signature name: (_) @name) @method
    """,
    wrappers=("export_statement", "ambient_declaration"),
)

_GRAPH = Graph(
    REFERENCES
    + """
    (method_signature name: (_) @name) @method
    (property_signature name: (_) @name) @field
    (public_field_definition name: (_) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method
    (public_field_definition name: (_) @name) @field
    (required_parameter (accessibility_modifier) pattern: (identifier) @name) @field
    (enum_body [(property_identifier) @name @constant (enum_assignment name: (_) @name) @constant])
    (module name: (_) @name body: (_) @body) @module
    (internal_module body: (statement_block [
        (lexical_declaration (variable_declarator name: (identifier) @name)) @variable
        (export_statement (lexical_declaration (variable_declarator name: (identifier) @name)) @variable)]))
    (ambient_declaration (lexical_declaration (variable_declarator name: (identifier) @name)) @variable)
    (ambient_declaration (variable_declaration (variable_declarator name: (identifier) @name)) @variable)

    (class_heritage (extends_clause value: [(identifier) (member_expression)] @base))
    (class_heritage (implements_clause (_) @base))
    (extends_type_clause type: (_) @base)

    (required_parameter pattern: (identifier) @target type: (type_annotation) @typed)
    (optional_parameter pattern: (identifier) @target type: (type_annotation) @typed)
    (required_parameter (accessibility_modifier) @own pattern: (identifier) @target
        type: (type_annotation) @typed)
    (variable_declarator name: (identifier) @target type: (type_annotation) @typed)
    (property_signature name: (_) @target type: (type_annotation) @typed)
    (public_field_definition name: (_) @target type: (type_annotation) @typed)
    (public_field_definition name: (_) @target value: [
        (new_expression constructor: [(identifier) (member_expression)] @made)
        (call_expression function: [(identifier) (member_expression)] @made)])
    (variable_declarator name: (identifier) @target value: (as_expression (_) (_) @typed))

    (import_statement (import_require_clause (identifier) @as source: (string) @from))
    (export_statement "=" @default (identifier) @given)
    """,
    documentation="slashes",
    exporters=("export_statement",),
    exporting_owners=EXPORTING_OWNERS,
)

TYPESCRIPT = Language(
    "typescript",
    suffixes=(".ts", ".mts", ".cts"),
    interpreters=("ts-node", "deno", "tsx"),
    grammar=Grammar("tree_sitter_typescript", "language_typescript"),
    outline=_OUTLINE,
    graph=_GRAPH,
)

TSX = Language(
    "tsx",
    suffixes=(".tsx",),
    grammar=Grammar("tree_sitter_typescript", "language_tsx"),
    outline=_OUTLINE,
    graph=replace(_GRAPH, query=_GRAPH.query + ELEMENTS),
)
