"""What a tool is: one object that schema, validation, permission and documentation derive from.

A tool is written as an async function ``(context, arguments) -> ToolOutput`` under ``@tool(...)``; the
arguments' pydantic model gives the schema, the docstring the description that the model reads.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, model_validator

from ..core.baselines import Baselines
from ..core.budget import Budget, unasked
from ..core.focus import Focus
from ..core.misses import Misses
from ..core.profile import GENERIC, Profile
from ..core.retrieval import Retrieval
from ..core.router import Category
from ..messages import FileDiff, Missed, Problem
from ..ports import (
    CodeGraph,
    GuardedWorkspace,
    Merger,
    Outliner,
    PermissionRequest,
    Project,
    Shell,
    Syntax,
    TokenCounter,
    ToolSchema,
    Validator,
)
from ..settings import Settings

# Characters of a request that are looked at for what a tool is about.
READ_CHARS = 2000


class Arguments(BaseModel):
    """Base of every tool's arguments. Unknown names are an error: the model must hear of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, given: Any) -> Any:
        """Null means "not given": models write it for what they leave out."""
        if isinstance(given, dict):
            return {name: value for name, value in given.items() if value is not None}
        return given


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool may use; made anew for each turn, as ``focus``, ``misses``, ``baselines`` and
    ``warned``, what was refused once and passes when it comes again, count within one. ``retrieval`` is the
    session's."""

    workspace: GuardedWorkspace
    shell: Shell
    settings: Settings
    validator: Validator | None = None
    syntax: Syntax | None = None
    merger: Merger | None = None
    profile: Profile = GENERIC
    misses: Misses = field(default_factory=Misses)
    baselines: Baselines = field(default_factory=Baselines)
    warned: set[str] = field(default_factory=set)
    budget: Budget = field(default_factory=unasked)
    focus: Focus = field(default_factory=Focus)
    outliner: Outliner | None = None
    registry: Sequence[Tool] = ()
    project: Project | None = None
    graph: CodeGraph | None = None
    counter: TokenCounter | None = None
    retrieval: Retrieval = field(default_factory=Retrieval)

    def measure(self, text: str) -> int:
        """Tokens of a text by the vocabulary, or by what the server's counts have taught where that is
        more."""
        tokens = self.budget.measure(text)
        return tokens if self.counter is None else max(tokens, self.counter.added(tokens))


@dataclass(frozen=True, slots=True)
class ToolOutput:
    """``content`` is what the model is told. A failure that the model should hear of has ``ok`` False.

    A change that landed is ``ok`` also where it brought errors into a file: those are in ``problems``.
    ``missed`` is set where the place of an edit was not found; ``found`` are the files in which a search
    found something.
    """

    content: str
    ok: bool = True
    diffs: tuple[FileDiff, ...] = ()
    problems: tuple[Problem, ...] = ()
    missed: Missed | None = None
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """``core`` tools are offered in every request. The others cost no token until a request comes whose
    category is one of ``always_for``, or one of ``offered_for`` while the pattern ``about`` finds something
    in it, and run all the same where a model calls them unoffered. Nor are those offered that are not
    ``small`` where the window is small: others do their work. ``prepare`` completes the arguments by what
    only the project tells, before ``permission`` is asked for what will happen; it may raise
    SmallCodeError."""

    name: str
    category: Category
    description: str
    arguments: type[Arguments]
    run: Callable[[ToolContext, Any], Awaitable[ToolOutput]]
    aliases: tuple[str, ...] = ()
    pure: bool = False
    permission: Callable[[Any], PermissionRequest | None] | None = None
    title: Callable[[Any], str] | None = None
    core: bool = True
    small: bool = True
    offered_for: tuple[Category, ...] = ()
    prepare: Callable[[ToolContext, Any], Awaitable[Any]] | None = None
    about: str = ""
    always_for: tuple[Category, ...] = ()

    def suits(self, category: Category, request: str) -> bool:
        """Whether a request of this category is to be offered the tool, if it is not offered anyway."""
        if category in self.always_for:
            return True
        if category not in self.offered_for:
            return False
        return re.search(self.about, request[:READ_CHARS], re.IGNORECASE) is not None

    @property
    def schema(self) -> ToolSchema:
        """The entry for the ``tools`` list of a request: flat, without titles, in a stable order."""
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.description,
                "parameters": _parameters(self.arguments),
            },
        }


@cache
def _parameters(arguments: type[Arguments]) -> Mapping[str, Any]:
    """Kept, because pydantic takes a millisecond for each, and every request needs those of every tool."""
    parameters = arguments.model_json_schema()
    properties = {
        name: {key: value for key, value in prop.items() if key != "title"}
        for name, prop in parameters.get("properties", {}).items()
    }
    return {"type": "object", "properties": properties, "required": parameters.get("required", [])}


def tool(
    name: str,
    category: Category,
    *,
    aliases: tuple[str, ...] = (),
    pure: bool = False,
    permission: Callable[[Any], PermissionRequest | None] | None = None,
    title: Callable[[Any], str] | None = None,
    core: bool = True,
    small: bool = True,
    offered_for: tuple[Category, ...] = (),
    prepare: Callable[[ToolContext, Any], Awaitable[Any]] | None = None,
    about: str = "",
    always_for: tuple[Category, ...] = (),
) -> Callable[[Callable[[ToolContext, Any], Awaitable[ToolOutput]]], Tool]:
    """Make a Tool of a handler. ``title`` gives one line for people, such as "read src/app.py"."""

    def make(handler: Callable[[ToolContext, Any], Awaitable[ToolOutput]]) -> Tool:
        arguments = get_type_hints(handler)["arguments"]
        description = inspect.cleandoc(handler.__doc__ or "")
        return Tool(
            name,
            category,
            description,
            arguments,
            handler,
            aliases=aliases,
            pure=pure,
            permission=permission,
            title=title,
            core=core,
            small=small,
            offered_for=offered_for,
            about=about,
            always_for=always_for,
            prepare=prepare,
        )

    return make
