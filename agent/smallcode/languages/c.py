from .base import Grammar, Graph, Language, Outline, Use

# A name stands inside as many declarators as its type has stars, and only its own text tells it.
DEFINITIONS = """
    (function_definition declarator: (_) @name body: (_)? @body) @function
    (struct_specifier name: (_) @name body: (_) @body) @struct
    (union_specifier name: (_) @name body: (_) @body) @struct
    (enum_specifier name: (_) @name body: (_) @body) @enum
    (type_definition declarator: (type_identifier) @name) @type
    (preproc_function_def name: (_) @name) @macro
    """

REFERENCES = """
    (preproc_def name: (_) @name value: (_)) @macro
    (enumerator name: (_) @name) @constant
    (field_declaration declarator: (field_identifier) @name) @field
    (field_declaration declarator: (pointer_declarator declarator: (field_identifier) @name)) @field
    (field_declaration declarator: (array_declarator declarator: (field_identifier) @name)) @field
    (translation_unit (declaration declarator: [
        (identifier) @name (pointer_declarator declarator: (identifier) @name)
        (init_declarator declarator: (_) @name)]) @variable)

    (call_expression function: (identifier) @call)
    (call_expression function: (field_expression argument: (_) @receiver field: (field_identifier) @call))

    (parameter_declaration type: (_) @typed declarator: (_) @target)
    (field_declaration type: (_) @typed declarator: [(field_identifier) (pointer_declarator)] @target)
    (declaration type: (_) @typed declarator: [(identifier) (pointer_declarator)] @target)
    (declaration type: (_) @typed declarator: (init_declarator declarator: (_) @target))
    (init_declarator declarator: (identifier) @target value: (call_expression function: (identifier) @made))

    (preproc_include path: [(string_literal) (system_lib_string)] @uses)
    """


def included(text: str) -> list[Use]:
    """Of an include all names are taken, and given on. Angle brackets stay: those are no files of ours."""
    return [Use(text.strip().strip('"'), "*", "*", True)]


_GRAPH = Graph(REFERENCES, documentation="slashes", separators=("->",), hidden=r"^static\b", uses=included)

C = Language(
    "c",
    suffixes=(".c",),
    grammar=Grammar("tree_sitter_c", reliable=False),
    outline=Outline(DEFINITIONS),
    graph=_GRAPH,
)
