from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (function_declaration name: (identifier) @name) @function
    (method_declaration name: (field_identifier) @name) @method
    (type_declaration (type_spec name: (type_identifier) @name)) @type
    """
)

GO = Language("go", suffixes=(".go",), grammar=Grammar("tree_sitter_go"), outline=_OUTLINE)
