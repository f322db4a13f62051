"""One line of JSON for each run: what was run, what came of it, and everything needed to repeat it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .jobs import ALL_FAULTS, NO_FAULT, Job, arm_name

SCHEMA = 1


class BadRuns(ValueError):
    """A file of runs cannot be used; the text names file and line."""


class Metrics(BaseModel):
    """Counted at the model server, from bytes. Tokens are sums over the requests of the run.

    ``uncached_tokens`` is what no common prefix with the request before covers. ``faults`` and ``recovered``
    count by kind, ``errors`` by HTTP status; ``gave_up`` is whether the model did. ``harness_ms`` is the mean
    time from the end of a reply to the next request, None with fewer than two requests; ``modelled_s`` are
    seconds by machine that reading and writing would take.
    """

    model_config = ConfigDict(frozen=True)

    requests: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    uncached_tokens: int = 0
    completion_tokens: int = 0
    wasted_turns: int = 0
    overflows: int = 0
    gave_up: bool = False
    faults: dict[str, int] = Field(default_factory=dict)
    recovered: dict[str, int] = Field(default_factory=dict)
    errors: dict[str, int] = Field(default_factory=dict)
    harness_ms: float | None = None
    modelled_s: dict[str, float] = Field(default_factory=dict)


class Record(BaseModel):
    """A run that is finished. ``success`` is the hidden check's verdict, ``reason`` why not;
    ``corruption`` has a line for each file that was changed where nobody asked for it."""

    model_config = ConfigDict(frozen=True)

    schema_: int = Field(SCHEMA, alias="schema")
    key: str
    task: str
    suite: str
    category: str
    language: str
    task_hash: str
    fault: str
    rate: float
    seed: int
    harness: str
    settings: dict[str, str]
    window: int
    recovery: float
    success: bool
    reason: str
    corruption: list[str]
    metrics: Metrics
    ended: str
    exit_status: int | None
    outcome: str
    wall_s: float
    output: str = ""
    errors: str = ""
    command: list[str] = Field(default_factory=list)
    repeat: str = ""
    limits: dict[str, float] = Field(default_factory=dict)
    versions: dict[str, str] = Field(default_factory=dict)
    started: str = ""

    @property
    def label(self) -> str:
        """The harness and its settings, for people."""
        settings = ", ".join(f"{name}={value}" for name, value in sorted(self.settings.items()))
        return f"{self.harness} [{settings}]" if settings else self.harness

    @property
    def arm(self) -> str:
        return arm_name(self.fault, self.rate, self.recovery)

    @property
    def unit(self) -> tuple[str, str, float, int, int, float]:
        """What two harnesses have in common where they are compared."""
        return (self.task, self.fault, self.rate, self.seed, self.window, self.recovery)

    @property
    def single_fault(self) -> bool:
        return self.fault not in (ALL_FAULTS, NO_FAULT)

    @classmethod
    def of(cls, job: Job, task_hash: str, **fields: Any) -> Record:
        return cls(
            schema=SCHEMA,
            key=job.key(task_hash),
            task=job.task,
            task_hash=task_hash,
            fault=job.fault,
            rate=job.rate,
            seed=job.seed,
            harness=job.harness,
            settings=dict(job.settings),
            window=job.window,
            recovery=job.recovery,
            repeat=job.repeat(),
            **fields,
        )

    def line(self) -> str:
        return json.dumps(self.model_dump(by_alias=True), ensure_ascii=False, sort_keys=True) + "\n"


def append(path: Path, record: Record) -> None:
    """Add a line in one write, so that an end in between leaves at most one torn line."""
    with path.open("ab") as file:
        file.write(record.line().encode())


def load(path: Path) -> list[Record]:
    """The runs of a file, in its order. A last line that was torn by an end is left out. Raises BadRuns."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadRuns(f"{path}: {error.strerror}") from error
    *lines, rest = data.decode("utf-8", "replace").split("\n")
    records = [_parse(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    try:
        return [*records, _parse(path, len(lines) + 1, rest)] if rest.strip() else records
    except BadRuns:
        return records


def load_all(paths: Iterable[Path]) -> list[Record]:
    """The runs of several files; of those with one key the last. Raises BadRuns."""
    found = {record.key: record for path in paths for record in load(path)}
    if not found:
        raise BadRuns("The files hold no run.")
    return list(found.values())


def mend(path: Path) -> None:
    """Cut off a torn last line, so that the next one begins a line of its own."""
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole == len(data):
        return
    with path.open("r+b") as file:
        file.truncate(whole)


def _parse(path: Path, number: int, line: str) -> Record:
    try:
        record = Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadRuns(f"{path}, line {number}: {where} {first['msg']}") from error
    if record.schema_ != SCHEMA:
        raise BadRuns(f"{path}, line {number}: schema {record.schema_} is not {SCHEMA}.")
    return record
