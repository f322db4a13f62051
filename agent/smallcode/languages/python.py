from .base import Grammar, Graph, Language, Outline

_OUTLINE = Outline(
    """
    (class_definition name: (identifier) @name body: (_) @body) @class
    (function_definition name: (identifier) @name body: (_) @body) @function
    """,
    wrappers=("decorated_definition",),
)

_GRAPH = Graph(
    """
    (module (expression_statement (assignment left: (identifier) @name) @variable))
    (module [(if_statement (block (expression_statement (assignment left: (identifier) @name) @variable)))
        (try_statement [
            (block (expression_statement (assignment left: (identifier) @name) @variable))
            (except_clause (block (expression_statement (assignment left: (identifier) @name) @variable)))])])
    (module (type_alias_statement left: (type (_) @name)) @type)
    (class_definition body: (block (expression_statement (assignment left: (identifier) @name) @field)))

    (call function: (identifier) @call)
    (call function: (attribute object: (_) @receiver attribute: (identifier) @call))
    (decorator (identifier) @call)
    (decorator (attribute object: (_) @receiver attribute: (identifier) @call))
    (class_definition superclasses: (argument_list [(identifier) (attribute) (subscript)] @base))

    (assignment left: [(identifier) (attribute)] @target
        right: (call function: [(identifier) (attribute)] @made))
    (assignment left: [(identifier) (attribute)] @target right: [(identifier) (attribute)] @same)
    (assignment left: [(identifier) (attribute)] @target type: (type) @typed)
    (typed_parameter (identifier) @target type: (type) @typed)
    (typed_default_parameter name: (identifier) @target type: (type) @typed)
    (named_expression name: (identifier) @target value: (call function: [(identifier) (attribute)] @made))
    (assignment left: [(identifier) (attribute)] @target right: [
        (await (call function: [(identifier) (attribute)] @made))
        (boolean_operator (call function: [(identifier) (attribute)] @made) .)
        (boolean_operator . [(identifier) (attribute)] @same)
        (conditional_expression . (call function: [(identifier) (attribute)] @made))
        (conditional_expression . [(identifier) (attribute)] @same)
        (conditional_expression (call function: [(identifier) (attribute)] @made) .)])
    (return_statement "return" @target [
        (call function: [(identifier) (attribute)] @made)
        (await (call function: [(identifier) (attribute)] @made))
        (identifier) @same
        (attribute) @same])
    (as_pattern (call function: [(identifier) (attribute)] @made)
        alias: (as_pattern_target (identifier) @target)) @entered
    (assignment left: (identifier) @target right: [(list (string) @listed) (tuple (string) @listed)])
    (augmented_assignment left: (identifier) @target right: (list (string) @listed))

    (import_statement name: (dotted_name) @from)
    (import_statement name: (aliased_import name: (dotted_name) @from alias: (identifier) @as))
    (import_from_statement module_name: (dotted_name) @from name: (dotted_name) @imported)
    (import_from_statement module_name: (dotted_name) @from
        name: (aliased_import name: (dotted_name) @imported alias: (identifier) @as))
    (import_from_statement module_name: (dotted_name) @from (wildcard_import) @imported)
    (import_from_statement module_name: (relative_import) @level name: (dotted_name) @imported)
    (import_from_statement module_name: (relative_import) @level
        name: (aliased_import name: (dotted_name) @imported alias: (identifier) @as))
    (import_from_statement module_name: (relative_import) @level (wildcard_import) @imported)
    """,
    transparent=frozenset({"Optional", "Final", "ClassVar", "Annotated", "Required", "NotRequired"}),
    documentation="string",
    open=True,
)

PYTHON = Language(
    "python",
    suffixes=(".py", ".pyi", ".pyw"),
    names=("SConstruct", "SConscript", "wscript"),
    interpreters=("python", "pypy"),
    grammar=Grammar("tree_sitter_python"),
    outline=_OUTLINE,
    graph=_GRAPH,
)
