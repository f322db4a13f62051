from .base import Grammar, Language

# A header's name does not tell C from C++, and the grammar of C++ reads most of both.
CPP = Language(
    "cpp",
    suffixes=(".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".tcc", ".h"),
    grammar=Grammar("tree_sitter_cpp", reliable=False),
)
