import re

from .base import Grammar, Graph, Language, Outline, Use

_OUTLINE = Outline(
    """
    (function_declaration name: (identifier) @name body: (_) @body) @function
    (function_declaration name: (identifier) @name !body) @function
    (method_declaration receiver: (parameter_list (parameter_declaration type: (_) @owner))
        name: (field_identifier) @name body: (_)? @body) @method
    (type_declaration . (type_spec name: (_) @name type: (struct_type (_) @body)) .) @struct
    (type_declaration . (type_spec name: (_) @name type: (interface_type)) .) @interface
    (type_declaration . (type_spec name: (_) @name) .) @type
    (type_declaration . (type_alias name: (_) @name) .) @type
    (type_declaration "(" (type_spec name: (_) @name type: (struct_type (_) @body)) @struct)
    (type_declaration "(" (type_spec name: (_) @name type: (interface_type)) @interface)
    (type_declaration "(" (type_spec name: (_) @name) @type)
    (type_declaration "(" (type_alias name: (_) @name) @type)
    """
)

_SPEC = re.compile(r"(?:(?P<alias>[\w.]+)\s*)?[\"`](?P<module>[^\"`]*)[\"`]")
# The last part of a path that is a version, or ends with one, is not what the package is called.
_VERSION = re.compile(r"(?:/v\d+|\.v\d+)\Z")


def _imported(text: str) -> list[Use]:
    """One line of an import. Without a name of its own a package is called as its path ends."""
    spec = _SPEC.match(text)
    if spec is None:
        return []
    module = spec["module"]
    if spec["alias"] == ".":
        return [Use(module, "*", "*")]
    return [Use(module, "", spec["alias"] or _VERSION.sub("", module).rpartition("/")[2])]


_GRAPH = Graph(
    """
    (source_file (const_declaration (const_spec name: (identifier) @name) @constant))
    (source_file (var_declaration (var_spec name: (identifier) @name) @variable))
    (source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @variable)))
    (field_declaration name: (field_identifier) @name) @field
    (method_elem name: (field_identifier) @name) @method

    (call_expression function: (identifier) @call)
    (call_expression function: (selector_expression operand: (_) @receiver field: (_) @call))
    (composite_literal type: [(type_identifier) (qualified_type) (generic_type)] @literal)
    (type_conversion_expression type: (generic_type type: (type_identifier) @call))

    (field_declaration !name type: (_) @base)
    (interface_type (type_elem . [(type_identifier) (qualified_type) (generic_type)] @base .))

    (parameter_declaration name: (identifier) @target type: (_) @typed)
    (field_declaration name: (field_identifier) @target type: (_) @typed)
    (var_spec name: (identifier) @target type: (_) @typed)
    (short_var_declaration left: (expression_list . (identifier) @target) right: (expression_list . [
        (call_expression function: [(identifier) (selector_expression)] @made)
        (composite_literal type: (_) @made)
        (unary_expression operand: (composite_literal type: (_) @made))
        (identifier) @same
        (selector_expression) @same]))
    (assignment_statement left: (expression_list . [(identifier) (selector_expression)] @target)
        right: (expression_list . [
            (call_expression function: [(identifier) (selector_expression)] @made)
            (composite_literal type: (_) @made)
            (unary_expression operand: (composite_literal type: (_) @made))
            (identifier) @same
            (selector_expression) @same]))
    (var_spec name: (identifier) @target value: (expression_list . [
        (call_expression function: [(identifier) (selector_expression)] @made)
        (composite_literal type: (_) @made)
        (unary_expression operand: (composite_literal type: (_) @made))]))

    (import_spec) @uses
    (package_clause (package_identifier) @package)
    """,
    documentation="slashes",
    public=r"[^\W\d_]",
    uses=_imported,
)

GO = Language("go", suffixes=(".go",), grammar=Grammar("tree_sitter_go"), outline=_OUTLINE, graph=_GRAPH)
