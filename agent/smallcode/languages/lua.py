from .base import Grammar, Graph, Language, Outline

_OUTLINE = Outline(
    """
    (function_declaration name: (_) @name body: (_)? @body) @function
    (variable_declaration (assignment_statement (variable_list . name: (_) @name)
        (expression_list . value: (function_definition body: (_)? @body)))) @function
    (assignment_statement (variable_list . name: (_) @name)
        (expression_list . value: (function_definition body: (_)? @body))) @function
    (field name: (identifier) @name value: (function_definition body: (_)? @body)) @function
    """,
    grammar=Grammar("tree_sitter_lua"),
)

_GRAPH = Graph(
    """
    (chunk (assignment_statement (variable_list name: (identifier) @name)) @variable)
    (chunk (variable_declaration (assignment_statement (variable_list name: (identifier) @name))) @variable)
    """,
    separators=(":",),
    documentation="dashes",
    hidden=r"^local\b",
)

LUA = Language("lua", suffixes=(".lua",), interpreters=("lua", "luajit"), outline=_OUTLINE, graph=_GRAPH)
