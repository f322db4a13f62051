"""The facts of a file, by the grammar and the queries of its language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...core.graph.facts import Definition, FileFacts, Import
from ...core.graph.skipping import why_skipped
from ...languages import Grammar, Graph, Language, Outline, language_of
from ..queries import Compiled, compiled
from ..syntax import SyntaxTrees
from .references import References
from .skeleton import Skeleton
from .source import Source

if TYPE_CHECKING:
    from tree_sitter import Tree

TIME_LIMIT = 2.0
"""Seconds for parsing one file; the largest that is read takes a few tenths on a quiet machine."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file with its tree, kept to parse the next version of its text faster. Without a tree where
    ``error`` says why there is none."""

    path: str
    language: str
    source: Source | None = None
    tree: Tree | None = None
    error: str = ""


class Extractor:
    """May be used from several threads at once; each process has its own."""

    def __init__(self, trees: SyntaxTrees | None = None, timeout: float = TIME_LIMIT) -> None:
        self._trees = trees or SyntaxTrees()
        self._timeout = timeout
        self._queries: dict[str, Compiled] = {}

    def facts(self, path: str, content: str) -> FileFacts:
        """All that one file says. Never raises for its content: what could not be read has an ``error``.
        Blocks for ``timeout`` seconds at most, beside the time for what was parsed."""
        return self.extract(self.parse(path, content))

    def parse(self, path: str, content: str, before: Parsed | None = None) -> Parsed:
        """``before`` is an earlier version of the same file: what is the same in both is not parsed again.
        Blocks as ``facts`` does."""
        language = language_of(path, content)
        grammar = _grammar(language)
        if language is None or grammar is None:
            return Parsed(path, language.name if language else "", error="its language is not known")
        reason = why_skipped(content)
        if reason:
            return Parsed(path, language.name, error=reason)
        source = Source(content)
        tree = self._tree(grammar, source, before if before and before.language == language.name else None)
        if tree is None:
            return Parsed(path, language.name, error=self._why_no_tree(grammar))
        return Parsed(path, language.name, source, tree)

    def extract(self, parsed: Parsed) -> FileFacts:
        language = (
            language_of(parsed.path, parsed.source.text[:256].decode("utf-8", "replace"))
            if parsed.source
            else None
        )
        if parsed.tree is None or parsed.source is None or language is None:
            return FileFacts(parsed.path, parsed.language, error=parsed.error)
        outline = language.outline or Outline("")
        facts = language.graph or Graph()
        query = self._query(language, parsed.tree)
        matches = query.matches(parsed.tree.root_node)
        skeleton = Skeleton(facts, parsed.source)
        skeleton.build(query, matches, outline.names)
        uses = References(facts, parsed.source, skeleton, query, matches)
        imports = uses.imports()
        return FileFacts(
            parsed.path,
            language.name,
            _with_exports(skeleton.definitions, imports),
            uses.calls(),
            imports,
            uses.bases(),
            uses.assignments(),
            uses.package(),
        )

    def _tree(self, grammar: Grammar, source: Source, before: Parsed | None) -> Tree | None:
        return self._trees.parse(grammar, source.text, self._timeout)

    def _why_no_tree(self, grammar: Grammar) -> str:
        return f"it could not be parsed in {self._timeout:g} s"

    def _query(self, language: Language, tree: Tree) -> Compiled:
        query = self._queries.get(language.name)
        if query is None:
            outline = language.outline or Outline("")
            text = outline.query + (language.graph or Graph()).query
            query = self._queries[language.name] = compiled(tree.language, text, outline.wrappers)
        return query


def _grammar(language: Language | None) -> Grammar | None:
    if language is None or (language.outline is None and language.graph is None):
        return None
    return (language.outline.grammar if language.outline else None) or language.grammar


def _with_exports(definitions: list[Definition], imports: tuple[Import, ...]) -> tuple[Definition, ...]:
    """What is exported by its name elsewhere in the file is so with all that stands in it."""
    names = {one.name for one in imports if one.reexport and not one.module and not one.level}
    return tuple(
        replace(one, exported=True)
        if not one.exported and names and one.qualified.partition(".")[0] in names
        else one
        for one in definitions
    )
