"""Two programs that know what a name means: basedpyright for Python, tsserver for TypeScript.

Both are asked the same question: which places define what stands at this one. Places are (path, line from 1,
column from 0 in UTF-16 units); paths are absolute.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from bench.harnesses.fetch import fetch
from bench.runner.harness import cache_folder

PINNED = Path(__file__).resolve().parent / "npm"

# Seconds for one answer. The first one waits until a project of thousands of files was looked through.
DEADLINE = 300.0

Place = tuple[Path, int, int]


class Failed(Exception):
    """The program answered with an error, ended, or did not answer in time."""


class Definer(Protocol):
    def definitions(self, path: Path, line: int, column: int) -> list[Place]: ...


class Pipe:
    """Messages of a child process, framed by their length. A child that does not answer is ended."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout

    def write(self, data: bytes) -> None:
        self._in.write(data)
        self._in.flush()

    def read(self) -> Any:
        watchdog = threading.Timer(DEADLINE, self._process.kill)
        watchdog.start()
        try:
            length = 0
            while (line := self._out.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = self._out.read(length)
        finally:
            watchdog.cancel()
        if not body:
            raise Failed("The language server ended, or did not answer in time.")
        return json.loads(body)

    def close(self) -> None:
        self._process.kill()
        self._process.wait(DEADLINE)
        self._in.close()
        self._out.close()


class Basedpyright:
    """Over the language server protocol, on one folder. Its interpreter is an empty environment, so that
    the answers do not depend on what is installed here."""

    def __init__(self, pipe: Pipe, root: Path, python: Path) -> None:
        self._pipe, self._python, self._next = pipe, python, 0
        self._opened: set[Path] = set()
        folder = {"uri": root.as_uri(), "name": root.name}
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}}
        params = {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder]}
        self._request("initialize", {**params, "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})

    def definitions(self, path: Path, line: int, column: int) -> list[Place]:
        if path not in self._opened:
            self._opened.add(path)
            document = {"uri": path.as_uri(), "languageId": "python", "version": 1}
            text = path.read_text("utf-8")
            self._send(
                {"method": "textDocument/didOpen", "params": {"textDocument": {**document, "text": text}}}
            )
        where = {"line": line - 1, "character": column}
        params = {"textDocument": {"uri": path.as_uri()}, "position": where}
        found = self._request("textDocument/definition", params) or []
        return [_place(one) for one in (found if isinstance(found, list) else [found])]

    def _request(self, method: str, params: Any) -> Any:
        self._next += 1
        self._send({"id": self._next, "method": method, "params": params})
        while True:
            message = self._pipe.read()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            elif message.get("id") == self._next and "method" not in message:
                if "error" in message:
                    raise Failed(message["error"]["message"])
                return message["result"]

    def _answer(self, message: Any) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        analysis = {"diagnosticMode": "openFilesOnly", "typeCheckingMode": "off"}
        settings = {"python": {"pythonPath": str(self._python)}, "basedpyright": {"analysis": analysis}}
        return [self._section(settings, item.get("section") or "") for item in message["params"]["items"]]

    def _section(self, settings: Any, section: str) -> Any:
        for name in filter(None, section.split(".")):
            settings = settings.get(name) if isinstance(settings, dict) else None
        return settings

    def _send(self, message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._pipe.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))


class Tsserver:
    """Over its own protocol: a line of JSON for each request, answers framed. All TypeScript files of the
    folder are one project, resolved as a bundler does; one file is open at a time."""

    def __init__(self, pipe: Pipe, root: Path) -> None:
        self._pipe, self._next = pipe, 0
        self._open: Path | None = None
        files = sorted(path for suffix in ("*.ts", "*.tsx") for path in root.rglob(suffix))
        options = {"module": "esnext", "moduleResolution": "bundler", "target": "esnext", "jsx": "preserve"}
        project = {
            "projectFileName": str(root / "all"),
            "rootFiles": [{"fileName": str(path)} for path in files if not path.name.endswith(".d.ts")],
            "options": {**options, "allowImportingTsExtensions": True, "noEmit": True},
        }
        self._request("openExternalProject", project)

    def definitions(self, path: Path, line: int, column: int) -> list[Place]:
        if path != self._open:
            if self._open is not None:
                self._send("close", {"file": str(self._open)})
            self._send("open", {"file": str(path)})
            self._open = path
        found = self._request("definition", {"file": str(path), "line": line, "offset": column + 1})
        return [(Path(one["file"]), one["start"]["line"], one["start"]["offset"] - 1) for one in found]

    def _send(self, command: str, arguments: Any) -> None:
        self._next += 1
        message = {"seq": self._next, "type": "request", "command": command, "arguments": arguments}
        self._pipe.write(json.dumps(message).encode() + b"\n")

    def _request(self, command: str, arguments: Any) -> Any:
        self._send(command, arguments)
        while True:
            message = self._pipe.read()
            if message.get("request_seq") == self._next and message["type"] == "response":
                return message.get("body") or []


def _place(location: Any) -> Place:
    uri = location.get("targetUri") or location["uri"]
    start = (location.get("targetSelectionRange") or location["range"])["start"]
    return Path(unquote(urlsplit(uri).path)), start["line"] + 1, start["character"]


@contextmanager
def serving(language: str, root: Path) -> Iterator[Definer]:
    """The program for the language, on that folder. Raises Unavailable where it cannot be had."""
    if language == "python":
        program = fetch("basedpyright", PINNED) / "node_modules/basedpyright/langserver.index.js"
        pipe = Pipe(["node", str(program), "--stdio"], root)
    else:
        program = typescript() / "tsserver.js"
        quiet = ["--disableAutomaticTypingAcquisition", "--suppressDiagnosticEvents"]
        pipe = Pipe(["node", str(program), *quiet], root)
    try:
        yield Basedpyright(pipe, root, _empty_environment()) if language == "python" else Tsserver(pipe, root)
    finally:
        pipe.close()


def typescript() -> Path:
    """The folder with TypeScript's own modules."""
    return fetch("typescript", PINNED) / "node_modules/typescript/lib"


def _empty_environment() -> Path:
    folder = cache_folder().parent / "graph-sources" / ".empty-environment"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=60)
    return python
