from .base import Grammar, Language, Outline

_OUTLINE = Outline(
    """
    (function_item name: (_) @name) @function
    (function_signature_item name: (_) @name) @function
    (struct_item name: (_) @name) @struct
    (enum_item name: (_) @name) @enum
    (union_item name: (_) @name) @struct
    (trait_item name: (_) @name) @trait
    (impl_item type: (_) @name) @impl
    (mod_item name: (_) @name) @module
    (type_item name: (_) @name) @type
    (macro_definition name: (_) @name) @macro
    """
)

RUST = Language("rust", suffixes=(".rs",), grammar=Grammar("tree_sitter_rust"), outline=_OUTLINE)
