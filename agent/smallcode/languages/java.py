import re

from .base import Grammar, Graph, Language, Outline, Use

_OUTLINE = Outline(
    """
    (class_declaration name: (_) @name body: (_) @body) @class
    (interface_declaration name: (_) @name body: (_) @body) @interface
    (enum_declaration name: (_) @name body: (_) @body) @enum
    (record_declaration name: (_) @name body: (_) @body) @class
    (annotation_type_declaration name: (_) @name body: (_) @body) @interface
    (method_declaration name: (_) @name body: (_)? @body) @method
    (constructor_declaration name: (_) @name body: (_) @body) @method
    """
)

_IMPORT = re.compile(r"import\s+(?:static\s+)?(?P<module>[\w.\s]+?)\s*\.\s*(?P<name>\w+|\*)\s*;")


def _imported(text: str) -> list[Use]:
    found = _IMPORT.match(text)
    if found is None:
        return []
    return [Use("".join(found["module"].split()), found["name"], found["name"])]


_GRAPH = Graph(
    """
    (field_declaration declarator: (variable_declarator name: (_) @name)) @field
    (constant_declaration declarator: (variable_declarator name: (_) @name)) @constant
    (enum_constant name: (_) @name) @constant
    (compact_constructor_declaration name: (_) @name body: (_) @body) @method
    (annotation_type_element_declaration name: (_) @name) @method

    (method_invocation !object name: (identifier) @call)
    (method_invocation object: (_) @receiver name: (identifier) @call)
    (object_creation_expression type: (_) @new)
    (explicit_constructor_invocation constructor: (_) @call)
    (method_reference . [(identifier) (this) (super)] @receiver (identifier) @call .)

    (superclass (_) @base)
    (super_interfaces (type_list (_) @base))
    (extends_interfaces (type_list (_) @base))

    (formal_parameter type: (_) @typed name: (identifier) @target)
    (catch_formal_parameter (catch_type . (_) @typed .) name: (identifier) @target)
    (field_declaration type: (_) @typed declarator: (variable_declarator name: (identifier) @target))
    (local_variable_declaration type: (_) @typed declarator: (variable_declarator name: (identifier) @target))
    (enhanced_for_statement type: (_) @typed name: (identifier) @target)
    (resource type: (_) @typed name: (identifier) @target)
    (instanceof_expression right: (_) @typed name: (identifier) @target)
    (variable_declarator name: (identifier) @target value: [
        (object_creation_expression type: (_) @made)
        (method_invocation !object name: (identifier) @made)])
    (assignment_expression left: [(identifier) (field_access)] @target right: [
        (object_creation_expression type: (_) @made)
        (identifier) @same])

    (import_declaration) @uses
    (package_declaration [(scoped_identifier) (identifier)] @package)
    """,
    documentation="slashes",
    hidden=r"\bprivate\b[^({]*",
    uses=_imported,
)

JAVA = Language(
    "java", suffixes=(".java",), grammar=Grammar("tree_sitter_java"), outline=_OUTLINE, graph=_GRAPH
)
