"""A model client that says of each request which conversation it goes on with."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace

from ..ports import Delta, ModelClient, ModelInfo, ModelRequest, TokenCounter


class InSession:
    """Implements ports.ModelClient by one that all sessions share; that one is its owner's to close."""

    def __init__(self, client: ModelClient, session: str) -> None:
        self._client, self._session = client, session

    @property
    def address(self) -> str:
        return self._client.address

    async def info(self) -> ModelInfo:
        return await self._client.info()

    def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        return self._client.stream(replace(request, session=self._session))

    async def count(self, request: ModelRequest) -> int | None:
        return await self._client.count(request)

    def counter(self) -> TokenCounter:
        return self._client.counter()

    async def lower_window(self, read: int) -> ModelInfo:
        return await self._client.lower_window(read)

    async def aclose(self) -> None:
        """Nothing here is to be closed."""
