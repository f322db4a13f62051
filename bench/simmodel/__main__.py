"""`python -m bench.simmodel --port 0 [--tasks DIR]`: serve until interrupted; the address is printed."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from bench.taskset import TASKS

from .server import SimServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.simmodel", description="A simulated small model.")
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--tasks", type=Path, default=TASKS, help="folder of the tasks")
    given = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with SimServer(given.tasks, port=given.port) as server:
        print(server.url, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
