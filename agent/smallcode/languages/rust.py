import re
from collections.abc import Iterator

from .base import Grammar, Graph, Language, Outline, Use

_OUTLINE = Outline(
    """
    (function_item name: (_) @name body: (_) @body) @function
    (function_signature_item name: (_) @name) @function
    (struct_item name: (_) @name body: (field_declaration_list) @body) @struct
    (struct_item name: (_) @name) @struct
    (enum_item name: (_) @name body: (_) @body) @enum
    (union_item name: (_) @name body: (_) @body) @struct
    (trait_item name: (_) @name body: (_) @body) @trait
    (impl_item trait: (_)? @implements type: (_) @name body: (_)? @body) @impl
    (mod_item name: (_) @name body: (_) @body) @module
    (type_item name: (_) @name) @type
    (macro_definition name: (_) @name) @macro
    """
)

_STATEMENT = re.compile(
    r"(?P<public>pub\b(?:\s*\([^)]*\))?\s*)?(?P<word>use|mod|extern\s+crate)\s+(?P<tree>.*?)\s*;?\s*\Z",
    re.DOTALL,
)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_ALIAS = re.compile(r"\s+as\s+")
# Braces in braces; beyond that nobody writes an import.
_DEEPEST = 12


def _used(text: str) -> list[Use]:
    """``use``, ``extern crate`` and ``mod name;``, which is a module beside this file or below it."""
    statement = _STATEMENT.match(_COMMENT.sub(" ", text))
    if statement is None:
        return []
    public = statement["public"] is not None
    if statement["word"] == "mod":
        return [Use(f"self.{statement['tree']}", "", statement["tree"], public)]
    return [Use(*names, public) for names in _names("", statement["tree"], _DEEPEST)]


def _names(prefix: str, tree: str, depth: int) -> Iterator[tuple[str, str, str]]:
    head, brace, rest = tree.partition("{")
    if brace and depth > 0:
        inner = rest.rpartition("}")[0]
        for part in _parts(inner):
            yield from _names(f"{prefix}{''.join(head.split())}", part, depth - 1)
        return
    path, *renamed = _ALIAS.split(tree.strip(), maxsplit=1)
    parts = [part for part in f"{prefix}{path}".replace(" ", "").split("::") if part]
    itself = len(parts) > 1 and parts[-1] == "self"
    if itself:
        parts.pop()
    if not parts:
        return
    alias = renamed[0] if renamed else parts[-1]
    if itself or len(parts) == 1:
        yield ".".join(parts), "", alias
    else:
        yield ".".join(parts[:-1]), parts[-1], alias


def _parts(text: str) -> list[str]:
    """Split at the commas that stand in no braces."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [part for part in [*parts, text[start:]] if part.strip()]


_GRAPH = Graph(
    """
    (source_file (const_item name: (_) @name) @constant)
    (source_file (static_item name: (_) @name) @constant)
    (declaration_list (const_item name: (_) @name) @constant)
    (declaration_list (static_item name: (_) @name) @constant)
    (associated_type name: (_) @name) @type
    (field_declaration name: (_) @name) @field
    (enum_variant name: (_) @name) @constant

    (call_expression function: (identifier) @call)
    (call_expression function: (field_expression value: (_) @receiver field: (field_identifier) @call))
    (call_expression function: (scoped_identifier path: (_) @receiver name: (identifier) @call))
    (call_expression function: (generic_function function: (identifier) @call))
    (call_expression function: (generic_function
        function: (scoped_identifier path: (_) @receiver name: (identifier) @call)))
    (call_expression function: (generic_function
        function: (field_expression value: (_) @receiver field: (field_identifier) @call)))
    (macro_invocation macro: (identifier) @call)
    (macro_invocation macro: (scoped_identifier path: (_) @receiver name: (identifier) @call))
    (struct_expression name: (_) @literal)

    (impl_item trait: (_) @base)
    (trait_item bounds: (trait_bounds (_) @base))

    (parameter pattern: [(identifier) @target (mut_pattern (identifier) @target)] type: (_) @typed)
    (field_declaration name: (_) @target type: (_) @typed)
    (let_declaration pattern: (identifier) @target type: (_) @typed)
    (const_item name: (_) @target type: (_) @typed)
    (static_item name: (_) @target type: (_) @typed)
    (let_declaration pattern: (identifier) @target value: [
        (call_expression function: [(identifier) (scoped_identifier) (field_expression)] @made)
        (try_expression (call_expression
            function: [(identifier) (scoped_identifier) (field_expression)] @made))
        (await_expression (call_expression
            function: [(identifier) (scoped_identifier) (field_expression)] @made))
        (struct_expression name: (_) @made)
        (identifier) @same
        (field_expression) @same
        (reference_expression value: [(identifier) (field_expression)] @same)])

    (use_declaration) @uses
    (extern_crate_declaration) @uses
    (mod_item !body) @uses
    """,
    separators=("::",),
    transparent=frozenset({"Box", "Rc", "Arc", "Cow", "Ref", "RefMut", "MutexGuard", "Pin"}),
    documentation="slashes",
    shown=r"^pub\b",
    uses=_used,
)

RUST = Language(
    "rust", suffixes=(".rs",), grammar=Grammar("tree_sitter_rust"), outline=_OUTLINE, graph=_GRAPH
)
