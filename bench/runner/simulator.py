"""The simulated model as the runner uses it: a process of its own, spoken to over HTTP."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from .harness import ROOT
from .jobs import ALL_FAULTS, NO_FAULT, SERVERS, Job

START_PATIENCE_S = 60.0
ANSWER_PATIENCE_S = 30.0
MODEL = "simulated-small"


class SimulatorFailed(RuntimeError):
    """The simulated model cannot be started, ended, or refused; the text says what it said."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A run that the simulator knows. ``base_url`` is what the harness is given."""

    run_id: str
    base_url: str


class Simulator:
    """A client of a running simulator; may be used from several threads."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._http = httpx.Client(timeout=ANSWER_PATIENCE_S, trust_env=False)

    def register(self, job: Job, server: Mapping[str, Any] | None = None) -> Registered:
        """Raises SimulatorFailed."""
        body = {
            "task": job.task,
            "seed": job.seed,
            "rates": 0.0 if job.fault in SERVERS else job.rate,
            "only": None if job.fault in (ALL_FAULTS, NO_FAULT, *SERVERS) else job.fault,
            "window": job.window,
            "recovery": job.recovery,
            "server": dict(server or SERVERS.get(job.fault, {})),
        }
        answer = self._ask("POST", "/runs", body)
        return Registered(answer["run_id"], answer["base_url"])

    def metrics(self, run_id: str) -> dict[str, Any]:
        """The counts of a run so far. Raises SimulatorFailed."""
        return self._ask("GET", f"/runs/{run_id}")

    def log(self, run_id: str) -> list[dict[str, Any]]:
        """What the simulator notes of each request of a run, in order. Raises SimulatorFailed."""
        lines = self._send("GET", f"/runs/{run_id}/log").text.splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    def close(self) -> None:
        self._http.close()

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        answer = self._send(method, path, body).json()
        if not isinstance(answer, dict):
            raise SimulatorFailed(f"{path} answered with no object.")
        return answer

    def _send(self, method: str, path: str, body: object = None) -> httpx.Response:
        try:
            answer = self._http.request(method, self.address + path, json=body)
        except httpx.HTTPError as error:
            raise SimulatorFailed(f"{self.address}{path}: {error}") from error
        if answer.is_error:
            raise SimulatorFailed(f"{path}: {answer.status_code} {answer.text[:400]}")
        return answer


@contextlib.contextmanager
def running_simulator() -> Iterator[Simulator]:
    """Start one on a free port, and end it. Raises SimulatorFailed."""
    command = [sys.executable, "-m", "bench.simmodel", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        simulator = Simulator(_address(process))
        try:
            yield simulator
        finally:
            simulator.close()
    finally:
        process.terminate()
        try:
            process.wait(ANSWER_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    """The first line that it prints; a timer ends a start that takes too long."""
    assert process.stdout is not None
    timer = threading.Timer(START_PATIENCE_S, process.kill)
    timer.start()
    try:
        line = process.stdout.readline().split()
    finally:
        timer.cancel()
    address = next((word for word in line if word.startswith("http://")), None)
    if address is None:
        raise SimulatorFailed(f"The simulated model did not start: {' '.join(line)!r}.")
    return address
