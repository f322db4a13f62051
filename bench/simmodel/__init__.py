"""A simulated small model behind an OpenAI-compatible server, for judging any coding harness.

It plays a task's reference trajectory from the rendered prompt alone, with the faults of small models drawn
from a table (`rates.py`). What it claims is robustness under these faults, never that a model of some size
solves a share of the tasks.

In the order in which a request passes through: `server` (HTTP) → `runs` (a run's dice and metrics) → `chat`
(the request as calls, results and texts) → `view` (what of the files and of the work is visible) → `intent`
(what comes next) → `encode` (which offered tool does that) → `faults` → `wire` (the reply's bytes).
"""

from __future__ import annotations

from .server import SimServer

__all__ = ["SimServer"]
