"""Requests beside the work: titles, summaries, plans, routing, yes or no, merges. They are told apart by what
such prompts have in common, and answered as a small model would: briefly, and sometimes with losses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .action import Call, Reply
from .chat import Chat, Said
from .intent import progress
from .look import look
from .rates import LOSSY_SUMMARY
from .texts import canonical
from .trajectory import Script
from .variants import pick, telling_words
from .view import View

HEAD = 600
TAIL = 1500
TASK_CHARS = 300
TITLE_WORDS = 6
MOST_PLANNED = 5

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I | re.S))
    for kind, pattern in (
        ("title", r"\b(?:title|headline)\b.{0,60}\b(?:conversation|thread|session|chat)|\btitle generator"),
        ("title", r"\bgenerate a (?:\w+ )?title|\bcommit message\b"),
        ("summary", r"\b(?:summar(?:y|ise|ize|ising|izing)|compact(?:ion)?|condense)\b"),
        ("summary", r"\bprompt for continuing\b"),
        (
            "merge",
            r"\b(?:merge|apply)\b.{0,120}\b(?:edit|change|update|snippet|patch)\b.{0,400}"
            r"\b(?:complete|entire|full|whole|merged|updated) (?:file|code|content)",
        ),
        ("yes_no", r"\byes\b.{0,12}\bno\b|\(y/n\)|\b(?:true or false)\b"),
        (
            "plan",
            r"\b(?:make|write|create|give|produce|list|break|outline)\b.{0,60}\b(?:plan|steps|subtasks)\b",
        ),
        ("plan", r"\bplan(?:ner)?\b.{0,40}\bsteps\b"),
        ("category", r"\b(?:classify|categor(?:y|ise|ize)|route|which (?:tool|category|kind))\b"),
    )
)
# Beside tools, a text about a summary is no demand for one: after a compaction the prompt holds one.
_DEMAND = re.compile(
    r"\b(?:summari[sz]e|condense) (?:the|this|our|what|all)\b"
    r"|\b(?:write|create|provide|give|produce) (?:me )?(?:a|an|the)"
    r"(?: \w+){0,3} (?:summary|prompt for continuing)\b",
    re.I,
)
_WRITING = ("write", "edit", "code", "modify", "implement", "change", "coding", "build", "fix", "execute")
_FENCE = re.compile(r"```[^\n]*\n(.*?)```", re.S)


@dataclass(frozen=True, slots=True)
class Aside:
    kind: str
    reply: Reply


def answer_aside(chat: Chat, script: Script, key: str, *, working: bool) -> Aside | None:
    """None for a request of the work itself. ``key`` decides what a summary leaves out; ``working`` says that
    the request offers a way to act, so that all but a plain demand for a summary is work."""
    if routed := _routed(chat):
        return Aside("category", routed)
    kind = _kind(chat, script, working)
    if not kind:
        return None
    view = look(chat, script)
    return Aside(kind, Reply(_shaped(_ANSWERS[kind](view, chat, script, key), kind, chat)))


def _routed(chat: Chat) -> Reply | None:
    """A single tool whose only required parameter is one of a list: the category of the request."""
    if len(chat.tools) != 1:
        return None
    function = chat.tools[0]["function"]
    schema = function.get("parameters") or {}
    for name, entry in (schema.get("properties") or {}).items():
        choosing = re.search(r"select|route|classif|categor|choose", str(function.get("name")), re.I)
        if (
            isinstance(entry, dict)
            and entry.get("enum")
            and choosing
            and set(schema.get("required", [name])) <= {name}
        ):
            return Reply(calls=(Call(str(function["name"]), {name: _category(entry["enum"])}),))
    return None


def _category(options: Sequence[Any]) -> Any:
    for wanted in _WRITING:
        for option in options:
            if wanted in str(option).lower():
                return option
    return options[0]


def _kind(chat: Chat, script: Script, working: bool) -> str:
    """By the last message of the user and, where there is no way to act, by the instructions."""
    users = [item for item in chat.items if isinstance(item, Said) and item.role == "user"]
    last = users[-1].text if users else ""
    latest = bool(chat.items) and chat.items[-1] is users[-1] if users else False
    if not latest:
        return ""
    asked = f"{last[:HEAD]}\n{last[-TAIL:]}".replace(script.prompt, "")
    if working:
        own = canonical(script.prompt) in canonical(last)
        return "summary" if not own and _DEMAND.search(asked) else ""
    asked = f"{chat.system[:HEAD]}\n{asked}"
    return next((kind for kind, pattern in _KINDS if pattern.search(asked)), "")


def _title(view: View, chat: Chat, script: Script, key: str) -> str:
    words = re.findall(r"[\w.'-]+", script.prompt)
    return " ".join(words[:TITLE_WORDS])


def _summary(view: View, chat: Chat, script: Script, key: str) -> str:
    """The task in part, what is seen as done with some of it forgotten, and what is left."""
    now = progress(view)
    done, left = [], []
    for step in script.steps:
        if step.index in now.done:
            if step.changes and pick(1000, key, step.index) >= LOSSY_SUMMARY * 1000:
                named = ", ".join(telling_words(step)[:3])
                done.append(f"- {'Created' if step.do == 'create' else 'Changed'} {step.path} ({named})")
        elif step.changes:
            left.append(f"- {step.path} has to be changed")
        elif step.do == "run":
            left.append(f"- Run `{step.command}`")
    task = " ".join(script.prompt.split())
    short = task if len(task) <= TASK_CHARS else f"{task[:TASK_CHARS]}..."
    if view.tells_task < 1.0:
        short = next((text for text in chat.users if len(text) > 20), short)[:TASK_CHARS]
    return "\n".join(["Summary of the work so far.", f"Task: {short}", "Done:", *done, "Remaining:", *left])


def _merge(view: View, chat: Chat, script: Script, key: str) -> str:
    """The first long fence is the file; a change is made in it where a step's old text stands there."""
    fences: list[str] = max((_FENCE.findall(text) for text in chat.users), key=len, default=[])
    if not fences:
        return "I need the file's content."
    original = max(fences, key=len)
    for step in script.edits:
        if step.do == "edit" and original.count(step.old) == 1:
            original = original.replace(step.old, step.new)
            break
    return f"```\n{original}```"


def _yes_no(view: View, chat: Chat, script: Script, key: str) -> str:
    left = [step for step in script.edits if step.index not in progress(view).done]
    about_end = re.search(r"\b(?:complete|done|finished|satisf)", chat.users[-1][-TAIL:], re.I)
    return "No" if about_end and left else "Yes"


def _plan(view: View, chat: Chat, script: Script, key: str) -> str:
    return "\n".join(f"{number}. {text}" for number, text in enumerate(_planned(script), 1))


def _planned(script: Script) -> list[str]:
    paths = list(dict.fromkeys(step.path for step in script.edits))
    steps = [f"Read {path}" for path in paths[:1]]
    steps += [f"Change {path}" for path in paths[: MOST_PLANNED - 2]]
    return [*steps, "Run the tests"] if any(step.do == "run" for step in script.steps) else steps


def _chosen(view: View, chat: Chat, script: Script, key: str) -> str:
    text = "\n".join([chat.system, *chat.users[-1:]]).lower()
    return next((word for word in _WRITING if re.search(rf"\b{word}\b", text)), "write")


_ANSWERS: Mapping[str, Callable[[View, Chat, Script, str], str]] = {
    "title": _title,
    "summary": _summary,
    "merge": _merge,
    "yes_no": _yes_no,
    "plan": _plan,
    "category": _chosen,
}


def _shaped(text: str, kind: str, chat: Chat) -> str:
    """As JSON where the request wants JSON: of its schema's shape, or of the usual one."""
    wanted = chat.response_format.get("type", "")
    asked = f"{chat.system[:HEAD]}{chat.users[-1][-TAIL:] if chat.users else ''}"
    if not wanted.startswith("json") and not re.search(
        r"\b(?:only|valid|as|in) json\b|json (?:array|object)", asked, re.I
    ):
        return text
    schema = (chat.response_format.get("json_schema") or {}).get("schema") or {}
    if schema:
        return json.dumps(instance(schema, text), ensure_ascii=False)
    lines = [re.sub(r"^\d+\. ", "", line) for line in text.split("\n")]
    return json.dumps({"steps": lines} if kind == "plan" else {kind: text}, ensure_ascii=False)


def instance(schema: Mapping[str, Any], text: str) -> Any:
    """A value that fits the schema, with ``text`` for its strings."""
    if schema.get("enum"):
        return _category(schema["enum"])
    match schema.get("type"):
        case "object":
            return {name: instance(entry, text) for name, entry in (schema.get("properties") or {}).items()}
        case "array":
            return [instance(schema.get("items") or {}, line) for line in text.split("\n")]
        case "boolean":
            return text == "Yes"
        case "integer" | "number":
            return 1
        case _:
            return text
