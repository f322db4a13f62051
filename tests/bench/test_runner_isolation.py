"""Real processes: what they see of the machine, and that limits end them with all they started."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.runner.isolation import Exit, Place, run_process


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "run")
    made.make()
    made.workspace.mkdir()
    return made


def run(
    place: Place,
    code: str,
    *,
    time_limit_s: float = 20,
    requests: Callable[[], int] = lambda: 0,
    stop: threading.Event | None = None,
) -> Exit:
    return run_process(
        [sys.executable, "-c", code],
        place,
        place.environment({"MORE": "1"}),
        time_limit_s=time_limit_s,
        request_limit=3,
        requests=requests,
        stop=stop or threading.Event(),
    )


def test_a_process_has_a_home_of_its_own(place: Place) -> None:
    code = "import json, os; print(json.dumps({'cwd': os.getcwd(), **os.environ}))"
    ended = run(place, code)
    assert (ended.ended, ended.status) == ("exit", 0)
    seen = json.loads(ended.output)
    assert seen["cwd"] == str(place.workspace)
    assert seen["MORE"] == "1"
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"):
        assert seen[name].startswith(str(place.base))
    assert set(seen) - {"cwd", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"} == set(place.environment({"MORE": "1"}))


def test_status_and_errors_are_kept(place: Place) -> None:
    ended = run(place, "import sys; print('x' * 5000); print('bad', file=sys.stderr); sys.exit(4)")
    assert (ended.ended, ended.status, ended.errors) == ("exit", 4, "bad\n")
    assert len(ended.output) == 2000


def test_a_program_that_is_missing(place: Place) -> None:
    ended = run_process(
        ["/no/such/program"],
        place,
        {},
        time_limit_s=1,
        request_limit=1,
        requests=lambda: 0,
        stop=threading.Event(),
    )
    assert (ended.ended, ended.status) == ("not started", None)
    assert "/no/such/program" in ended.errors


CHILD = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)\n"
)


@pytest.mark.parametrize("expected", ["time limit", "request limit"])
@pytest.mark.slow
def test_a_limit_ends_the_whole_group(place: Place, expected: str) -> None:
    """The requests are over the limit as soon as the child has been told of."""
    told = place.base / "log" / "out"
    many = (lambda: 4 * bool(told.stat().st_size)) if expected == "request limit" else (lambda: 0)
    begun = time.monotonic()
    ended = run(place, CHILD, time_limit_s=4 if expected == "time limit" else 40, requests=many)
    assert ended.ended == expected
    assert time.monotonic() - begun < 30
    while is_running(int(ended.output)):
        assert time.monotonic() - begun < 40, "the child outlives its harness"
        time.sleep(0.02)


def test_a_stop_breaks_it_off(place: Place) -> None:
    stop = threading.Event()
    stop.set()
    assert run(place, "import time; time.sleep(60)", stop=stop).ended == "broken off"


def is_running(pid: int) -> bool:
    """A zombie that nobody has waited for yet has ended too."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
