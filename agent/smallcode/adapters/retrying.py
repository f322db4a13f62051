"""How often and after how long a request is sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from ..ports import NoticeDelta
from .model_errors import Fault, Retry

# Seconds. A Retry-After beyond the limit is not waited for in full: the user can stop, the server can
# refuse again.
MAX_RETRY_AFTER = 60.0
MAX_BACKOFF = 20.0

# Seconds that a server may take to load its model, and between looking again. 20 GB from a slow disk take
# about two minutes.
LOADING_LIMIT = 300.0
LOADING_PAUSE = 1.0

_T = TypeVar("_T")


class Retrying:
    """The policy for one request: tenacity decides, the caller waits, so that it can say so first.

    ``known`` tells whether the server has answered before: a server never seen is not running, one that was
    seen is starting again. Raises the last Fault when it gives up.
    """

    def __init__(self, max_retries: int, backoff: float, known: Callable[[], bool]) -> None:
        self._max_retries = max_retries
        self._known = known
        self._backoff = backoff
        self._jitter = wait_random_exponential(multiplier=backoff, max=MAX_BACKOFF)
        self._spent = 0
        self._fault: Fault | None = None
        self.pause = 0.0

    def attempts(self) -> AsyncRetrying:
        """To be iterated once; before each attempt ``pause`` is the time to wait, in seconds."""
        return AsyncRetrying(
            retry=retry_if_exception(self._again),
            stop=self._stop,
            wait=self._wait,
            sleep=self._note,
            reraise=True,
        )

    async def run(self, operation: Callable[[], Awaitable[_T]]) -> _T:
        """The operation's result, waiting silently between attempts."""
        async for attempt in self.attempts():
            await asyncio.sleep(self.pause)
            with attempt:
                return await operation()
        raise AssertionError("tenacity ends with a result or an exception")

    @property
    def retrying(self) -> bool:
        """The attempt that begins is not the first."""
        return self._fault is not None

    def notice(self) -> NoticeDelta:
        """What the user is told before the next attempt."""
        assert self._fault is not None, "there is a notice only after a fault"
        error = self._fault.error
        if self._fault.retry is Retry.LOADING:
            return NoticeDelta("info", "The server is loading its model; waiting for it.")
        message = f"{error.message} Trying again in {self.pause:.1f} s."
        return NoticeDelta("warning", message, error.remedy)

    def _again(self, error: BaseException) -> bool:
        if not isinstance(error, Fault) or error.retry is Retry.NEVER:
            return False
        self._fault = error
        return error.retry is not Retry.RESTART or self._known()

    def _stop(self, state: RetryCallState) -> bool:
        """Loading is limited by time, all else by number."""
        assert self._fault is not None, "tenacity asks for a retry before it asks for the stop"
        if self._fault.retry is Retry.LOADING:
            return (state.seconds_since_start or 0.0) >= LOADING_LIMIT
        self._spent += 1
        most = min(self._max_retries, 1) if self._fault.retry is Retry.ONCE else self._max_retries
        return self._spent > most

    def _wait(self, state: RetryCallState) -> float:
        assert self._fault is not None, "tenacity asks for a retry before it asks for the pause"
        if self._fault.retry is Retry.LOADING:
            return min(LOADING_PAUSE, 2 * self._backoff)
        if self._fault.after is not None:
            return min(self._fault.after, MAX_RETRY_AFTER)
        return self._jitter(state)

    async def _note(self, seconds: float) -> None:
        self.pause = seconds
