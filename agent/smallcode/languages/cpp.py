from .base import Grammar, Graph, Language, Outline
from .c import DEFINITIONS, REFERENCES, included

_OUTLINE = Outline(
    DEFINITIONS
    + """
    (class_specifier name: (_) @name body: (_) @body) @class
    (namespace_definition name: (_) @name body: (_) @body) @module
    (alias_declaration name: (_) @name) @type
    (concept_definition name: (_) @name) @type
    """,
    wrappers=("template_declaration",),
)

# A method that a class only declares counts as its definition does, with the same qualified name.
_GRAPH = Graph(
    """
    (field_declaration declarator: (function_declarator declarator: (_) @name)) @method
    (field_declaration declarator: (pointer_declarator
        declarator: (function_declarator declarator: (_) @name))) @method
    (field_declaration declarator: (reference_declarator
        (function_declarator declarator: (_) @name))) @method
    (field_declaration_list (declaration declarator: (function_declarator declarator: (_) @name)) @method)
    (namespace_definition body: (declaration_list (declaration declarator: [
        (identifier) @name (init_declarator declarator: (identifier) @name)]) @variable))
    """
    + REFERENCES
    + """
    (call_expression function: [(qualified_identifier) (template_function)] @call)
    (call_expression function: (field_expression argument: (_) @receiver field: (template_method) @call))
    (new_expression type: (_) @new)
    (compound_literal_expression type: (_) @literal)
    (declaration type: [(type_identifier) (qualified_identifier) (template_type)] @literal
        declarator: (init_declarator value: [(argument_list) (initializer_list)]))

    (base_class_clause [(type_identifier) (qualified_identifier) (template_type)] @base)

    (parameter_declaration type: (_) @typed declarator: (reference_declarator (identifier) @target))
    (field_declaration type: (_) @typed declarator: (reference_declarator (field_identifier) @target))
    (for_range_loop type: (_) @typed declarator: [(identifier) @target (reference_declarator (_) @target)])
    (init_declarator declarator: (identifier) @target value: [
        (call_expression function: (qualified_identifier) @made)
        (new_expression type: (_) @made)])
    (assignment_expression left: [(identifier) (field_expression)] @target right: [
        (new_expression type: (_) @made)
        (call_expression function: [(identifier) (qualified_identifier)] @made)])
    """,
    separators=("::", "->"),
    transparent=frozenset({"unique_ptr", "shared_ptr", "weak_ptr", "optional", "reference_wrapper"}),
    documentation="slashes",
    hidden=r"^static\b",
    uses=included,
)

# A header's name does not tell C from C++, and the grammar of C++ reads most of both.
CPP = Language(
    "cpp",
    suffixes=(".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".tcc", ".h"),
    grammar=Grammar("tree_sitter_cpp", reliable=False),
    outline=_OUTLINE,
    graph=_GRAPH,
)
