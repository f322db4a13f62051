"""HTTP to one model server: whom to call, by which way, with which key, and for how long to wait."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from ..errors import BadReply, ModelStalled, ModelUnreachable, SettingsError
from ..settings import Settings
from .model_errors import NOT_JSON, Fault, excerpt, fault_of_refusal, fault_of_transport
from .wire import encode

# Seconds for an answer that needs no model: a list of models, the server's properties, a count of tokens.
SHORT_ANSWER = 10.0

# More than this of an answer that is no stream is not read.
MAX_BODY_BYTES = 4 * 1024 * 1024

# Seconds that closing a connection may take; the operating system does the rest.
CLOSE_TIMEOUT = 2.0

_PASTED_ENDINGS = ("/chat/completions", "/completions", "/models")


@dataclass(frozen=True, slots=True)
class Address:
    """A base URL. ``url`` carries no credentials and no slash at its end; those of the URL are kept apart."""

    url: str
    host: str
    credentials: tuple[str, str] | None = field(default=None, repr=False)

    @property
    def loopback(self) -> bool:
        """This machine itself, which no proxy can reach. 0.0.0.0 is what servers print when they listen
        on all addresses; it is reached by loopback, too."""
        host = self.host.rstrip(".").lower()
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or address.is_unspecified


def parse_address(text: str) -> Address:
    """``localhost:8080``, ``http://host/prefix/``, or a pasted ``…/v1/chat/completions``. Raises
    SettingsError."""
    remedy = "Set base_url to an address like http://127.0.0.1:8080/v1."
    stripped = text.strip()
    if not stripped.isprintable() or " " in stripped:
        raise SettingsError("base_url has blanks or control characters in it.", remedy)
    try:
        parts = urlsplit(stripped if "://" in stripped else f"http://{stripped}")
        host, port = parts.hostname or "", parts.port
        url = httpx.URL(f"{parts.scheme}://[{host}]" if ":" in host else f"{parts.scheme}://{host}")
    except (ValueError, httpx.InvalidURL) as error:
        raise SettingsError(f"base_url is no address ({error}).", remedy) from error
    if parts.scheme not in {"http", "https"}:
        raise SettingsError(f"base_url begins with {parts.scheme}://, not with http:// or https://.", remedy)
    if not host:
        raise SettingsError("base_url names no host.", remedy)
    if parts.query:
        raise SettingsError("base_url has a query (what follows the question mark).", remedy)
    path = parts.path.rstrip("/")
    for ending in _PASTED_ENDINGS:
        path = path.removesuffix(ending).rstrip("/")
    credentials = None
    if parts.username is not None:
        credentials = (unquote(parts.username), unquote(parts.password or ""))
    origin = str(url) if port is None else f"{url}:{port}"
    return Address(f"{origin}{path}", host, credentials)


def authorization(settings: Settings) -> str | None:
    """The header that carries the key, None where there is none or where no base_url says whose it is.

    Raises SettingsError for a key that no header can carry, before the HTTP library quotes it.
    """
    if settings.base_url is None or settings.api_key is None:
        return None
    key = settings.api_key.get_secret_value().strip()
    if not key:
        return None
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(
            "api_key holds characters that a header cannot carry.",
            "Set it again, without line ends or quotes.",
        )
    return f"Bearer {key}"


def _build_client(address: Address, settings: Settings, header: str | None) -> httpx.AsyncClient:
    headers = {
        # A proxy that compresses a stream holds pieces back.
        "Accept-Encoding": "identity",
        # llama.cpp sometimes closes a kept connection under the next request.
        "Connection": "close",
        "User-Agent": "smallcode",
    }
    if header is not None:
        headers["Authorization"] = header
    return httpx.AsyncClient(
        headers=headers,
        auth=address.credentials if header is None else None,
        # Reading has its own deadlines, which depend on what was read before.
        timeout=httpx.Timeout(None, connect=settings.connect_timeout, write=settings.stall_timeout),
        follow_redirects=False,
        # Environment variables name the proxies, and none of them can reach this machine's loopback.
        trust_env=not address.loopback,
        # Loading the certificate authorities takes longer than a whole request on loopback.
        verify=address.url.startswith("https://"),
    )


class Transport:
    """A client for one address. All of its methods raise Fault, and nothing that they raise holds the key."""

    def __init__(self, address: Address, settings: Settings) -> None:
        header = authorization(settings)
        self.address = address
        self._secret = header.removeprefix("Bearer ") if header else None
        self._short = settings.connect_timeout + SHORT_ANSWER
        self._first_byte = settings.connect_timeout + settings.first_byte_timeout
        try:
            self._client = _build_client(address, settings, header)
        except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
            # Only the environment can be at fault here: a proxy of an unknown kind, a certificate file not
            # there.
            message = f"No connection to {address.url} can be set up: {excerpt(str(error))}."
            remedy = "Check the proxy variables (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY) and SSL_CERT_FILE."
            raise Fault(ModelUnreachable(address.url, message, remedy)) from error

    async def get(self, url: str) -> tuple[Mapping[str, Any], httpx.Headers]:
        """A JSON object and the headers that came with it."""
        return await self._short_request("GET", url, None)

    async def post(self, url: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return (await self._short_request("POST", url, body))[0]

    @asynccontextmanager
    async def stream(self, url: str, body: Mapping[str, Any]) -> AsyncIterator[httpx.Response]:
        """A response with a status of 2xx whose body is still to be read. Leaving the context closes it."""
        request = self._request("POST", url, body)
        try:
            async with asyncio.timeout(self._first_byte):
                response = await self._client.send(request, stream=True)
        except TimeoutError as error:
            raise stalled(url, self._first_byte) from error
        except httpx.HTTPError as error:
            raise fault_of_transport(url, error) from error
        try:
            if not response.is_success:
                await self._refused(url, response)
            yield response
        finally:
            await self._close(response)

    async def aclose(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await self._client.aclose()
        except (TimeoutError, httpx.HTTPError):
            return

    def _request(self, method: str, url: str, body: Mapping[str, Any] | None) -> httpx.Request:
        content = None if body is None else encode(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        return self._client.build_request(method, url, content=content, headers=headers)

    async def _short_request(
        self, method: str, url: str, body: Mapping[str, Any] | None
    ) -> tuple[Mapping[str, Any], httpx.Headers]:
        try:
            async with asyncio.timeout(self._short):
                response = await self._client.send(self._request(method, url, body), stream=True)
                try:
                    if not response.is_success:
                        await self._refused(url, response)
                    content = await _read(response)
                finally:
                    await self._close(response)
        except TimeoutError as error:
            raise stalled(url, self._short) from error
        except httpx.HTTPError as error:
            raise fault_of_transport(url, error) from error
        return _json_object(url, content), response.headers

    async def _refused(self, url: str, response: httpx.Response) -> None:
        """Raise what an answer outside of 2xx means."""
        try:
            async with asyncio.timeout(self._short):
                text = (await _read(response)).decode("utf-8", "replace")
        except (TimeoutError, httpx.HTTPError):
            text = ""
        if self._secret:
            # Some servers quote the key they refuse.
            text = text.replace(self._secret, "…")
        try:
            payload = json.loads(text)
        except NOT_JSON:
            payload = "a web page" if text.lstrip().startswith("<") else text
        raise fault_of_refusal(url, response.status_code, payload, _retry_after(response))

    async def _close(self, response: httpx.Response) -> None:
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await response.aclose()
        except (TimeoutError, httpx.HTTPError):
            return


def stalled(url: str, seconds: float) -> Fault:
    message = f"{url} sent nothing for {seconds:g} s."
    remedy = "See what the server is doing; first_byte_timeout and stall_timeout set how long to wait."
    return Fault(ModelStalled(url, message, remedy))


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            break
    return bytes(body)


def _json_object(url: str, content: bytes) -> Mapping[str, Any]:
    try:
        payload = json.loads(content)
    except NOT_JSON:
        payload = None
    if isinstance(payload, Mapping):
        return payload
    said = excerpt(content[:1000].decode("utf-8", "replace"))
    message = f"{url} answered with something else than a JSON object: {said or 'nothing'}."
    raise Fault(BadReply(url, message, "Check base_url."))


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, of either form that RFC 9110 (10.2.3) allows; a date counts from the answer's own Date."""
    value = response.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        then, now = parsedate_to_datetime(value), parsedate_to_datetime(response.headers.get("date", ""))
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):
        return None
