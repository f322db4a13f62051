"""Implements ``ports.Validator``: who is asked about a changed file, in which order, and for how long."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from ...core.problems import Found, blamed, changed_lines, distinct, locate, new_problems
from ...messages import Problem, Text
from ..syntax import SyntaxTrees
from . import grammar, projects
from .checkers import ALL, Checker
from .editor import EditorDiagnostics
from .programs import Programs
from .source import Source, source_of

log = logging.getLogger(__name__)

# The part of the deadline that checkers have; the rest is the grammar's, should none of them answer.
_CHECKERS_SHARE = 0.6

# The part of the deadline after which the project's checkers are given up, so that what the editor has said
# is not lost with them.
_PROJECTS_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Use:
    """Who is asked. ``timeout`` is for one change in all, ``editor_timeout`` for the editor's servers to
    look at it, both in seconds. ``projects`` are checkers that run code of the project."""

    checkers: Sequence[Checker] = ALL
    grammar: bool = True
    projects: Sequence[projects.ProjectChecker] = ()
    editor: EditorDiagnostics | None = None
    timeout: float = 5.0
    editor_timeout: float = 1.0


class Validators:
    """Syntax first: checkers, which know the language as it is, and the grammar where none of them can judge.

    A checker's word replaces the grammar's: in 400 files with one character taken out the grammar found no
    error that the compiler had not, and in a quarter of them it found the same error in other places too.
    Only a file without new syntax errors is shown to those who take longer, the editor's language servers and
    the project's own checkers: a syntax error is most of what they would tell.
    """

    def __init__(self, root: str, use: Use) -> None:
        self._use = use
        self._programs = Programs(root)
        self._trees = SyntaxTrees()
        self._projects = projects.Projects(self._programs, use.projects)

    async def new_problems(self, before: Text | None, after: Text) -> Sequence[Problem]:
        """As in the port. An error on a line that another already names is the same error."""
        projects_end = asyncio.get_running_loop().time() + self._use.timeout * _PROJECTS_SHARE
        try:
            async with asyncio.timeout(self._use.timeout):
                found = await self._syntax(before, after)
                found = found or await self._semantics(before, after, projects_end)
        except TimeoutError:
            log.info("the validation of %s took longer than %s s", after.path, self._use.timeout)
            return ()
        except Exception:
            # A change that was made must not be told as failed because a checker did.
            log.exception("the validation of %s failed", after.path)
            return ()
        return [one.problem for one in distinct(found)]

    # --- syntax ---------------------------------------------------------------------------------------

    async def _syntax(self, before: Text | None, after: Text) -> list[Found]:
        source = source_of(after)
        if source is None:
            return []
        old = None if before is None else source_of(before)
        if old is not None and old.language is not source.language:
            old = None
        checkers = [one for one in self._use.checkers if source.language.name in one.languages]
        if checkers:
            found = await self._by_checkers(checkers, old, source)
            if found is not None:
                return found
        if not self._use.grammar:
            return []
        return await asyncio.to_thread(grammar.judge, self._trees, old, source)

    async def _by_checkers(
        self, checkers: Sequence[Checker], before: Source | None, after: Source
    ) -> list[Found] | None:
        """None where none of them could tell."""
        try:
            async with asyncio.timeout(self._use.timeout * _CHECKERS_SHARE):
                verdicts = await asyncio.gather(*(self._by_checker(one, before, after) for one in checkers))
        except TimeoutError:
            log.info("no checker answered for %s in time", after.path)
            return None
        told = [verdict for verdict in verdicts if verdict is not None]
        return [found for verdict in told for found in verdict] if told else None

    async def _by_checker(self, checker: Checker, before: Source | None, after: Source) -> list[Found] | None:
        """What was there before is only asked for where there is something now."""
        found = await self._ask(checker, after)
        if not found or before is None:
            return found
        known = await self._ask(checker, before)
        if known is None:
            # It was in a dialect, or too slow to judge: what the change does not touch may be as it was.
            return blamed(found, changed_lines(before.content, after.content))
        return new_problems(known, found)

    async def _ask(self, checker: Checker, source: Source) -> list[Found] | None:
        try:
            verdict = await checker.check(source, self._programs)
        except Exception:
            # One that fails costs its own word, not the others'.
            log.exception("the checker %s failed on %s", checker.name, source.path)
            return None
        return None if verdict is None else locate(verdict, source.content)

    # --- meaning --------------------------------------------------------------------------------------

    async def _semantics(self, before: Text | None, after: Text, projects_end: float) -> list[Found]:
        by_project, by_editor = await asyncio.gather(
            self._by_projects(before, after, projects_end), self._by_editor(before, after)
        )
        return [*by_project, *by_editor]

    async def _by_projects(self, before: Text | None, after: Text, ends: float) -> list[Found]:
        try:
            async with asyncio.timeout_at(ends):
                return await self._projects.new_problems(before, after)
        except TimeoutError:
            log.info("the project's checkers did not answer for %s in time", after.path)
            return []

    async def _by_editor(self, before: Text | None, after: Text) -> list[Found]:
        editor = self._use.editor
        if editor is None or self._use.editor_timeout <= 0:
            return []
        reports = await editor.errors(before, after, self._use.editor_timeout)
        return [] if reports is None else new_problems(*reports)
