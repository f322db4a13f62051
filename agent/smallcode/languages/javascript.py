from .base import Grammar, Language, Outline

DEFINITIONS = """
    (function_declaration name: (identifier) @name) @function
    (generator_function_declaration name: (identifier) @name) @function
    (class_declaration name: (_) @name) @class
    (method_definition name: (_) @name) @method
    (lexical_declaration (variable_declarator
        name: (identifier) @name value: [(arrow_function) (function_expression) (class)])) @function
    (variable_declaration (variable_declarator
        name: (identifier) @name value: [(arrow_function) (function_expression) (class)])) @function
    (assignment_expression left: (member_expression property: (property_identifier) @name)
        right: [(arrow_function) (function_expression) (class)]) @function
    """

JAVASCRIPT = Language(
    "javascript",
    suffixes=(".js", ".mjs", ".cjs", ".jsx"),
    interpreters=("node", "nodejs"),
    grammar=Grammar("tree_sitter_javascript"),
    outline=Outline(DEFINITIONS, wrappers=("export_statement",)),
)
