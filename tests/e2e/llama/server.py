"""A real llama.cpp server for one test, with a model that replays the test's scripts."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from .tiny_model import LEARNED_TOKENS, Step, write_model

# It answers in a tenth of a second where nothing else runs. Seconds.
START_PATIENCE = 20.0
END_PATIENCE = 5.0
POLL = 0.01

# What /v1/models calls the model.
MODEL = "tiny-scripted"

_LISTENING = re.compile(r"listening on (http://127\.0\.0\.1:\d+)")


@dataclass(frozen=True, slots=True)
class Llama:
    """``root`` is the server's address, ``log`` what it prints."""

    root: str
    log: Path

    @property
    def address(self) -> str:
        return f"{self.root}/v1"

    async def get(self, path: str) -> Any:
        async with httpx.AsyncClient(trust_env=False, timeout=START_PATIENCE) as client:
            return (await client.get(f"{self.root}{path}")).raise_for_status().json()

    async def chat(self, messages: Sequence[Mapping[str, Any]], **fields: Any) -> httpx.Response:
        """One request past the agent, for what the agent would never send."""
        async with httpx.AsyncClient(trust_env=False, timeout=START_PATIENCE) as client:
            body = {"messages": messages, "max_tokens": 8} | fields
            return await client.post(f"{self.address}/chat/completions", json=body)

    async def slot(self) -> Mapping[str, Any]:
        """The first slot: ``is_processing``, and in ``next_token`` how far its reply has come."""
        slots = await self.get("/slots")
        assert isinstance(slots[0], Mapping)
        return slots[0]

    async def until_idle(self) -> None:
        """Returns when the slot has nothing to do; the caller sets the time limit."""
        while (await self.slot())["is_processing"]:
            await asyncio.sleep(POLL)


@asynccontextmanager
async def serve(
    program: Path,
    folder: Path,
    steps: Sequence[Step],
    *,
    context: int = 8192,
    slots: int = 1,
    quiet: Sequence[Step] = (),
    further: Sequence[str] = (),
    text: str = "",
    vocabulary: int = LEARNED_TOKENS,
) -> AsyncIterator[Llama]:
    """``program`` with a model that plays ``steps``, its files in ``folder``; ``context`` tokens are shared
    evenly by the slots. ``quiet`` is played where thinking is off; without it the switch changes nothing.
    ``further`` are more options of the program. The ``vocabulary`` has so many tokens, learned from ``text``.
    The system chooses the port. Raises RuntimeError where it does not start."""
    scripts = {"only": steps} | ({"quiet": quiet} if quiet else {})
    model = write_model(folder / "tiny.gguf", scripts, "only", context, (text, vocabulary))
    log = folder / "llama-server.log"
    options = ["-a", MODEL, "--host", "127.0.0.1", "--port", "0", "-c", str(context), "-np", str(slots)]
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(
                str(program),
                "-m",
                str(model),
                *options,
                "-t",
                "1",
                "--jinja",
                "--slots",
                "--metrics",
                "--no-ui",
                *further,
            ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield await _started(process, log)
    finally:
        await _end(process)


async def _started(process: asyncio.subprocess.Process, log: Path) -> Llama:
    try:
        async with asyncio.timeout(START_PATIENCE):
            while not (found := _LISTENING.search(log.read_text("utf-8", "replace"))):
                if process.returncode is not None:
                    break
                await asyncio.sleep(POLL)
            else:
                llama = Llama(found[1], log)
                while not await _healthy(llama):
                    await asyncio.sleep(POLL)
                return llama
    except TimeoutError:
        pass
    raise RuntimeError(f"llama-server did not start: {log.read_text('utf-8', 'replace')[-1000:]}")


async def _healthy(llama: Llama) -> bool:
    """Whether the model is loaded: until then the answer is 503."""
    try:
        return bool((await llama.get("/health"))["status"] == "ok")
    except httpx.HTTPError:
        return False


async def _end(process: asyncio.subprocess.Process) -> None:
    """The whole process group: the program may be started by a script."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        os.killpg(process.pid, number)
        try:
            await asyncio.wait_for(process.wait(), END_PATIENCE)
        except TimeoutError:
            continue
