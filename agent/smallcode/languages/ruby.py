from .base import Grammar, Graph, Language, Outline

_OUTLINE = Outline(
    """
    (class name: (_) @name) @class
    (module name: (_) @name) @module
    (program (method name: (_) @name) @function)
    (method name: (_) @name) @method
    (singleton_method name: (_) @name) @method
    """,
    grammar=Grammar("tree_sitter_ruby"),
)

_GRAPH = Graph("(assignment left: (constant) @name) @constant", separators=("::",), documentation="hashes")

RUBY = Language(
    "ruby",
    suffixes=(".rb", ".rake", ".gemspec", ".ru"),
    names=("Gemfile", "Rakefile", "Vagrantfile", "Podfile"),
    interpreters=("ruby", "jruby"),
    outline=_OUTLINE,
    graph=_GRAPH,
)
