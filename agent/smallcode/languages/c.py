from .base import Grammar, Language, Outline

# A name stands inside as many declarators as its type has stars, and only its own text tells it.
DEFINITIONS = """
    (function_definition declarator: (_) @name) @function
    (struct_specifier name: (_) @name body: (_)) @struct
    (union_specifier name: (_) @name body: (_)) @struct
    (enum_specifier name: (_) @name body: (_)) @enum
    (type_definition declarator: (type_identifier) @name) @type
    (preproc_function_def name: (_) @name) @macro
    """

C = Language(
    "c",
    suffixes=(".c",),
    grammar=Grammar("tree_sitter_c", reliable=False),
    outline=Outline(DEFINITIONS),
)
