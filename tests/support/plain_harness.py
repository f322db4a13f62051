"""The least that counts as a coding harness, in a few styles: what the simulated model is tried with.

It has no repairs and no second chances: what a style's tools cannot do goes back as a bare error.
"""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIMIT_S = 30.0


def _tool(name: str, description: str, required: str, optional: str = "") -> dict[str, Any]:
    properties: dict[str, Any] = {one: {"type": "string"} for one in required.split()}
    properties |= {one: {"type": "integer"} for one in optional.split()}
    parameters = {"type": "object", "properties": properties, "required": required.split()}
    function = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": function}


_EDITS = {
    "type": "function",
    "function": {
        "name": "edit",
        "description": "Edit a file by exact replacements.",
        "parameters": {
            "type": "object",
            "required": ["path", "edits"],
            "properties": {
                "path": {"type": "string"},
                "edits": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"oldText": {}, "newText": {}}},
                },
            },
        },
    },
}
READ = _tool("read", "Read a file", "path", "offset limit")
EDIT = _tool("edit", "Replace old_string by new_string", "path old_string new_string")
WRITE = _tool("write", "Write a file", "path content")
BASH = _tool("bash", "Run a shell command", "command")
PATCH = _tool("apply_patch", "Apply a patch that starts with *** Begin Patch", "patch")
STYLES: Mapping[str, list[dict[str, Any]]] = {
    "pairs": [READ, EDIT, WRITE, BASH],
    "list": [READ, _EDITS, WRITE, BASH],
    "shell": [BASH],
    "patch": [READ, PATCH, WRITE, BASH],
}


@dataclass
class PlainHarness:
    """``cap`` cuts results, ``keep`` clears all tool results but the last so many, ``gutter`` numbers lines
    that are read. ``nudge`` is said once whenever the model stops without a call; None ends the run there."""

    base_url: str
    folder: Path
    style: str = "pairs"
    cap: int = 16_000
    keep: int | None = None
    gutter: bool = False
    nudge: str | None = None
    most_requests: int = 60
    prompts: list[dict[str, Any]] = field(default_factory=list)

    def run(self, prompt: str) -> str:
        """The model's last words; "" where the requests ran out."""
        messages: list[dict[str, Any]] = [
            {"role": "system", "content": "You are a coding agent. Use the tools."},
            {"role": "user", "content": prompt},
        ]
        nudges = 0
        for _ in range(self.most_requests):
            message = self._ask(messages)
            if message is None:
                continue
            messages.append(message)
            calls = message.get("tool_calls") or []
            if not calls:
                if self.nudge is None or nudges >= 10:
                    return str(message.get("content") or "")
                if "done" in str(message.get("content")) or nudges:
                    return str(message.get("content") or "")
                nudges += 1
                messages.append({"role": "user", "content": self.nudge})
            for call in calls:
                result = self._carry_out(call["function"])
                messages.append({"role": "tool", "tool_call_id": call["id"], "content": result[: self.cap]})
            self._clear(messages)
        return ""

    def _ask(self, messages: list[dict[str, Any]]) -> dict[str, Any] | None:
        request = {"model": "m", "messages": messages, "tools": STYLES[self.style]}
        self.prompts.append(json.loads(json.dumps(request)))
        sent = urllib.request.Request(
            f"{self.base_url}/chat/completions",
            json.dumps(request).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(sent, timeout=LIMIT_S) as answer:
                message: dict[str, Any] = json.load(answer)["choices"][0]["message"]
                return message
        except (urllib.error.URLError, OSError):
            return None

    def _clear(self, messages: list[dict[str, Any]]) -> None:
        if self.keep is not None:
            results = [message for message in messages if message["role"] == "tool"]
            for message in results[: -self.keep]:
                message["content"] = "[cleared]"

    def _carry_out(self, function: Mapping[str, str]) -> str:
        try:
            arguments = json.loads(function["arguments"])
            tool: Callable[[dict[str, Any]], str] = getattr(self, f"_do_{function['name']}")
            return tool(arguments)
        except (ValueError, KeyError, AttributeError, TypeError, OSError) as error:
            return f"Error: failed: {type(error).__name__}"

    def _do_read(self, given: dict[str, Any]) -> str:
        lines = (self.folder / given["path"]).read_text("utf-8").split("\n")
        first = int(given.get("offset", 1))
        shown = lines[first - 1 : first - 1 + int(given.get("limit", 100_000))]
        if self.gutter:
            return "\n".join(f"{number:5d}\t{line}" for number, line in enumerate(shown, first))
        return "\n".join(shown)

    def _do_edit(self, given: dict[str, Any]) -> str:
        entries = given.get("edits") or [given]
        for entry in entries:
            old = entry.get("old_string", entry.get("oldText"))
            new = entry.get("new_string", entry.get("newText"))
            if not self._replaced(given["path"], old, new):
                return "Error: could not find the text exactly once"
        return f"Successfully replaced the text in {given['path']}."

    def _replaced(self, path: str, old: str, new: str) -> bool:
        target = self.folder / path
        data = target.read_bytes()
        before, after = old.encode(), new.encode()
        if b"\r\n" in data:
            before, after = before.replace(b"\n", b"\r\n"), after.replace(b"\n", b"\r\n")
        if not old or data.count(before) != 1:
            return False
        target.write_bytes(data.replace(before, after))
        return True

    def _do_apply_patch(self, given: dict[str, Any]) -> str:
        head, *body = given["patch"].split("\n")[1:-1]
        path = head.split(": ", 1)[1]
        if "Add File" in head:
            return self._do_write({"path": path, "content": "\n".join(line[1:] for line in body) + "\n"})
        lines = [line for line in body if not line.startswith("@@")]
        old = "\n".join(line[1:] for line in lines if line[:1] == "-")
        new = "\n".join(line[1:] for line in lines if line[:1] == "+")
        replaced = self._replaced(path, old, new)
        return "Success. Updated the file." if replaced else "Error: the lines were not found"

    def _do_write(self, given: dict[str, Any]) -> str:
        target = self.folder / given["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(given["content"].encode())
        return f"Wrote {given['path']}"

    def _do_bash(self, given: dict[str, Any]) -> str:
        done = subprocess.run(
            ["bash", "-c", given["command"]],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        return f"exit status {done.returncode}\n{done.stdout}{done.stderr}"
