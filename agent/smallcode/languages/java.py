from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (class_declaration name: (_) @name) @class
    (interface_declaration name: (_) @name) @interface
    (enum_declaration name: (_) @name) @enum
    (record_declaration name: (_) @name) @class
    (annotation_type_declaration name: (_) @name) @interface
    (method_declaration name: (_) @name) @method
    (constructor_declaration name: (_) @name) @method
    """
)

JAVA = Language("java", suffixes=(".java",), grammar=Grammar("tree_sitter_java"), outline=_OUTLINE)
