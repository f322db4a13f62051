from .base import Grammar, Graph, Language, Outline

DEFINITIONS = """
    (function_declaration name: (identifier) @name body: (_) @body) @function
    (generator_function_declaration name: (identifier) @name body: (_) @body) @function
    (class_declaration name: (_) @name body: (_) @body) @class
    (method_definition name: (_) @name body: (_) @body) @method
    (lexical_declaration (variable_declarator name: (identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @function
    (variable_declaration (variable_declarator name: (identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @function
    (lexical_declaration (variable_declarator name: (_) @name value: (class body: (_) @body))) @class
    (variable_declaration (variable_declarator name: (_) @name value: (class body: (_) @body))) @class
    (assignment_expression left: (member_expression object: (_) @owner property: (property_identifier) @name)
        right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @function
    (assignment_expression left: (member_expression object: (_) @owner property: (property_identifier) @name)
        right: (class body: (_) @body)) @class
    """

# What both languages have in common beside their definitions.
REFERENCES = """
    (program [
        (lexical_declaration (variable_declarator name: (identifier) @name)) @variable
        (variable_declaration (variable_declarator name: (identifier) @name)) @variable
        (export_statement (lexical_declaration (variable_declarator name: (identifier) @name)) @variable)
        (export_statement (variable_declaration (variable_declarator name: (identifier) @name)) @variable)])
    (export_statement value: [
        (function_expression !name "function" @default body: (_) @body)
        (generator_function !name "function" @default body: (_) @body)
        (arrow_function "=>" @default body: (_) @body)]) @function
    (export_statement value: (class !name "class" @default body: (_) @body)) @class
    (pair key: (property_identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method

    (call_expression function: [(identifier) (super)] @call)
    (call_expression function: (member_expression object: (_) @receiver
        property: [(property_identifier) (private_property_identifier)] @call))
    (new_expression constructor: (identifier) @new)
    (new_expression constructor: (member_expression object: (_) @receiver property: (_) @new))
    (decorator (identifier) @call)
    (decorator (member_expression object: (_) @receiver property: (_) @call))

    (variable_declarator name: (identifier) @target value: [
        (call_expression function: [(identifier) (member_expression)] @made)
        (await_expression (call_expression function: [(identifier) (member_expression)] @made))
        (new_expression constructor: [(identifier) (member_expression)] @made)
        (identifier) @same
        (member_expression) @same])
    (assignment_expression left: [(identifier) (member_expression)] @target right: [
        (call_expression function: [(identifier) (member_expression)] @made)
        (await_expression (call_expression function: [(identifier) (member_expression)] @made))
        (new_expression constructor: [(identifier) (member_expression)] @made)
        (identifier) @same
        (member_expression) @same])

    (return_statement "return" @target [
        (call_expression function: [(identifier) (member_expression)] @made)
        (await_expression (call_expression function: [(identifier) (member_expression)] @made))
        (new_expression constructor: [(identifier) (member_expression)] @made)
        (this) @same
        (identifier) @same
        (member_expression) @same])
    (arrow_function "=>" @target body: [
        (call_expression function: [(identifier) (member_expression)] @made)
        (new_expression constructor: [(identifier) (member_expression)] @made)
        (identifier) @same
        (member_expression) @same])

    (import_statement source: (string) @from) @statement
    (export_statement source: (string) @from) @statement
    (import_clause (identifier) @default)
    (namespace_import (identifier) @as)
    (import_specifier name: (_) @imported !alias)
    (import_specifier name: (_) @imported alias: (_) @as)
    (export_statement "*" @imported)
    (namespace_export (_) @as)
    (export_specifier name: (_) @given !alias)
    (export_specifier name: (_) @given alias: (_) @as)
    (export_statement "default" @default value: (identifier) @given)
    (export_statement "default" @default declaration: (_ name: (_) @given))
    (export_statement "default" @default value: (_ name: (_) @given))
    (assignment_expression left: (member_expression) @exports right: [
        (identifier) @given
        (object (shorthand_property_identifier) @given)
        (object (pair key: (property_identifier) @as value: (identifier) @given))])

    (variable_declarator name: (identifier) @as
        value: (call_expression function: (identifier) @loader arguments: (arguments . (string) @from)))
    (variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @imported)
        value: (call_expression function: (identifier) @loader arguments: (arguments . (string) @from)))
    (variable_declarator name: (object_pattern (pair_pattern key: (_) @imported value: (identifier) @as))
        value: (call_expression function: (identifier) @loader arguments: (arguments . (string) @from)))
    (variable_declarator name: (identifier) @as value: (await_expression
        (call_expression function: (import) arguments: (arguments . (string) @from))))
    (variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @imported)
        value: (await_expression
            (call_expression function: (import) arguments: (arguments . (string) @from))))
    """

ELEMENTS = """
    (jsx_opening_element name: (identifier) @component)
    (jsx_self_closing_element name: (identifier) @component)
    (jsx_opening_element name: (member_expression object: (_) @receiver property: (_) @component))
    (jsx_self_closing_element name: (member_expression object: (_) @receiver property: (_) @component))
    """

EXPORTING_OWNERS = frozenset({"exports", "module.exports", "module"})

_GRAPH = Graph(
    REFERENCES
    + ELEMENTS
    + """
    (class_heritage [(identifier) (member_expression)] @base)
    (field_definition property: (_) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @method
    (field_definition property: (_) @name) @field
    (field_definition property: (_) @target value: (new_expression
        constructor: [(identifier) (member_expression)] @made))
    """,
    documentation="slashes",
    exporters=("export_statement",),
    exporting_owners=EXPORTING_OWNERS,
)

JAVASCRIPT = Language(
    "javascript",
    suffixes=(".js", ".mjs", ".cjs", ".jsx"),
    interpreters=("node", "nodejs"),
    grammar=Grammar("tree_sitter_javascript"),
    outline=Outline(DEFINITIONS, wrappers=("export_statement",)),
    graph=_GRAPH,
)
