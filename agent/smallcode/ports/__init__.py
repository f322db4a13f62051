"""What the agent asks of the world. Each Protocol has an adapter that does it and a fake that ships."""

from __future__ import annotations

from .clock import Clock
from .code import MergeQuestion, Merger, Outliner, Syntax, Validator
from .files import GuardedWorkspace, RestorableWorkspace, SearchMatch, SearchQuery, ShownText, Workspace
from .graph import CodeGraph, Indexing
from .listener import Listener
from .model import (
    CallDelta,
    Constraint,
    Delta,
    FinishDelta,
    ModelClient,
    ModelInfo,
    ModelRequest,
    NoticeDelta,
    ProgressDelta,
    TextDelta,
    Thinking,
    ThoughtDelta,
    TokenCounter,
    ToolSchema,
    UsageDelta,
)
from .permission import Approver, Outcome, PermissionKind, PermissionRequest, PlannedCall
from .project import Project
from .shell import Shell, ShellResult

__all__ = [
    "Approver",
    "CallDelta",
    "Clock",
    "CodeGraph",
    "Constraint",
    "Delta",
    "FinishDelta",
    "GuardedWorkspace",
    "Indexing",
    "Listener",
    "MergeQuestion",
    "Merger",
    "ModelClient",
    "ModelInfo",
    "ModelRequest",
    "NoticeDelta",
    "Outcome",
    "Outliner",
    "PermissionKind",
    "PermissionRequest",
    "PlannedCall",
    "ProgressDelta",
    "Project",
    "RestorableWorkspace",
    "SearchMatch",
    "SearchQuery",
    "Shell",
    "ShellResult",
    "ShownText",
    "Syntax",
    "TextDelta",
    "Thinking",
    "ThoughtDelta",
    "TokenCounter",
    "ToolSchema",
    "UsageDelta",
    "Validator",
    "Workspace",
]
