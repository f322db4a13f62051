"""The facts of a file, by the grammar and the queries of its language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...core.graph.facts import Definition, FileFacts, Import
from ...core.graph.skipping import why_skipped
from ...languages import Grammar, Graph, Language, Outline, language_of
from ..queries import Compiled, TooDeepError, compiled
from ..syntax import SyntaxTrees
from .edits import edited
from .references import References
from .skeleton import Skeleton
from .source import Source

if TYPE_CHECKING:
    from tree_sitter import Tree

TIME_LIMIT = 2.0
"""Seconds for parsing one file; the largest that is read takes a few tenths on a quiet machine."""

NOT_INSTALLED = "its grammar is not installed"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file with its tree, kept to parse the next version of its text faster. Without a tree where
    ``error`` says why there is none."""

    path: str
    language: Language | None
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
        Blocks for ``timeout`` seconds at most, beside the time for reading what was parsed."""
        return self.extract(self.parse(path, content))

    def parse(self, path: str, content: str, before: Parsed | None = None) -> Parsed:
        """``before`` is an earlier version of the same file: what is the same in both is not parsed again,
        and the tree is the same as without it. Blocks for twice ``timeout`` seconds at most."""
        language = language_of(path, content)
        grammar = grammar_of(language)
        if language is None or grammar is None:
            return Parsed(path, language, error="its language is not known")
        reason = why_skipped(content)
        if reason:
            return Parsed(path, language, error=reason)
        source = Source(content)
        tree = self._reparsed(language, grammar, source, before)
        if tree is None:
            tree = self._trees.parse(grammar, source.text, self._timeout)
        if tree is None:
            return Parsed(path, language, error=self._why_no_tree(grammar))
        return Parsed(path, language, source, tree)

    def extract(self, parsed: Parsed) -> FileFacts:
        """The facts of what was parsed; an ``error`` where it was not, or where the language's query does not
        fit the grammar that is installed."""
        language = parsed.language
        if parsed.tree is None or parsed.source is None or language is None:
            return FileFacts(parsed.path, language.name if language else "", error=parsed.error)
        try:
            query = self._query(language, parsed.tree)
            matches = query.matches(parsed.tree.root_node)
        except TooDeepError as error:
            return FileFacts(parsed.path, language.name, error=str(error))
        except ValueError as error:
            reason = f"the query of {language.name} does not fit the grammar: {error}"
            return FileFacts(parsed.path, language.name, error=reason)
        facts = language.graph or Graph()
        skeleton = Skeleton(facts, parsed.source)
        skeleton.build(query, matches, (language.outline or Outline("")).names)
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

    def _reparsed(
        self, language: Language, grammar: Grammar, source: Source, before: Parsed | None
    ) -> Tree | None:
        """None where it must be parsed as a whole. So it is where something is broken: what the parser makes
        of errors depends on what it knew before."""
        if before is None or before.tree is None or before.source is None or before.language != language:
            return None
        old = edited(before.tree, before.source.text, source.text)
        tree = self._trees.parse(grammar, source.text, self._timeout, old)
        return None if tree is None or tree.root_node.has_error else tree

    def _why_no_tree(self, grammar: Grammar) -> str:
        if self._trees.loads(grammar):
            return f"it could not be parsed in {self._timeout:g} s"
        return f"{NOT_INSTALLED}: pip install {wheel_of(grammar)}"

    def _query(self, language: Language, tree: Tree) -> Compiled:
        query = self._queries.get(language.name)
        if query is None:
            outline = language.outline or Outline("")
            text = outline.query + (language.graph or Graph()).query
            query = self._queries[language.name] = compiled(tree.language, text, outline.wrappers)
        return query


def grammar_of(language: Language | None) -> Grammar | None:
    """The grammar that facts and outlines of the language are read with."""
    if language is None or (language.outline is None and language.graph is None):
        return None
    return (language.outline.grammar if language.outline else None) or language.grammar


def wheel_of(grammar: Grammar) -> str:
    return grammar.module.replace("_", "-")


def _with_exports(definitions: list[Definition], imports: tuple[Import, ...]) -> tuple[Definition, ...]:
    """What is exported by its name elsewhere in the file is so with all that stands in it."""
    names = {one.name for one in imports if one.reexport and not one.module and not one.level}
    code = {index for index, one in enumerate(definitions) if one.kind in ("function", "method")}
    return tuple(
        replace(one, exported=True)
        if not one.exported
        and one.qualified.partition(".")[0] in names
        and (one.kind == "method" or one.parent not in code)
        else one
        for one in definitions
    )
