"""Addresses as people write them, servers as they are found."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from smallcode.adapters.discovery import find_endpoint
from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode.adapters.transport import parse_address
from smallcode.errors import (
    BadReply,
    ModelError,
    ModelRefused,
    ModelUnreachable,
    SettingsError,
    StreamDropped,
)
from smallcode.messages import Message
from smallcode.ports import ModelRequest, TextDelta
from smallcode.settings import Settings


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        (" localhost:8080 ", "http://localhost:8080"),
        ("127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("http://host/a/b//", "http://host/a/b"),
        ("https://host/v1/chat/completions", "https://host/v1"),
        ("http://host/v1/models", "http://host/v1"),
        ("http://[::1]:9/v1", "http://[::1]:9/v1"),
        ("http://user:p%40ss@host:80/v1#x", "http://host:80/v1"),
        ("HTTP://Host/V", "http://host/V"),
    ],
)
def test_addresses_are_normalised(text: str, url: str) -> None:
    address = parse_address(text)
    assert address.url == url
    assert "p@ss" not in repr(address) and "p%40ss" not in repr(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "http://",
        "ftp://host/v1",
        "http://host:99999/v1",
        "http://host:x",
        "http://[::1",
        "file:///v1",
        "http://host/v1?key=secret",
        "http://a b/",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_address(text)
    assert "base_url" in caught.value.message and caught.value.remedy
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("model.localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("0.0.0.0", True),
        ("192.168.1.5", False),
        ("localhost.example", False),
        ("[fe80::1]", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    assert parse_address(f"http://{host}:8080/v1").loopback is loopback


async def reach(base_url: str) -> tuple[str, str]:
    """The address that was found, and the text of one reply."""
    model = OpenAIClient(Settings(base_url=base_url, max_retries=0), backoff=0.01)
    try:
        async with asyncio.timeout(5):
            info = await model.info()
            deltas = [delta async for delta in model.stream(ModelRequest([Message("user", "Hi")]))]
        assert model.address == info.address
        return info.address, "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))
    finally:
        await model.aclose()


@pytest.mark.parametrize("prefix", ["/v1", "", "/some/where", "/some/where/v1", "/api/v4", "/v1beta/openai"])
@pytest.mark.parametrize("ending", ["", "/", "/chat/completions"])
async def test_the_api_is_found_below_the_address(prefix: str, ending: str) -> None:
    async with ScriptedServer([Step("Hello.")], prefix=prefix) as server:
        assert await reach(f"{server.root}{prefix}{ending}") == (server.address, "Hello.")


@pytest.mark.parametrize(
    ("like", "told", "window", "native_tools", "template"),
    [
        ("ollama", {"window": 16384, "template": "{{ .Prompt }}"}, (16384, "server"), True, "{{ .Prompt }}"),
        ("ollama", {"window": None, "native_tools": False}, (16384, "settings"), False, ""),
        ("llama.cpp", {"window": 4096, "template": "{{ x }}"}, (4096, "server"), True, "{{ x }}"),
        ("llama.cpp", {"window": 4096, "native_tools": False}, (4096, "server"), False, ""),
        ("lmstudio", {"window": 4096}, (4096, "server"), True, ""),
        ("lmstudio", {"window": None, "native_tools": False}, (8192, "assumed"), None, ""),
        ("lmstudio 0.3", {"window": 4096}, (4096, "server"), True, ""),
        ("lmstudio 0.3", {"window": None, "native_tools": False}, (8192, "assumed"), None, ""),
        ("vllm", {"window": 4096}, (4096, "server"), None, ""),
        ("openai", {"window": None}, (8192, "assumed"), None, ""),
    ],
)
async def test_what_servers_tell(
    like: Any, told: dict[str, Any], window: tuple[int, str], native_tools: bool | None, template: str
) -> None:
    async with ScriptedServer([], like=like, model="m:latest", **told) as server:
        model = OpenAIClient(Settings(base_url=server.address))
        info = await model.info()
        await model.aclose()
    assert (info.server, info.native_tools, info.template) == (like.split()[0], native_tools, template)
    assert (info.window, info.window_source) == window


async def test_a_profile_that_there_is_not_is_named() -> None:
    async with ScriptedServer([]) as server:
        model = OpenAIClient(Settings(base_url=server.address, profile="qwen9"))
        with pytest.raises(SettingsError, match="no profile 'qwen9'"):
            await model.info()
        await model.aclose()


async def test_a_missing_v1_and_a_missing_scheme_are_found() -> None:
    async with ScriptedServer([Step("Hello.")]) as server:
        assert await reach(server.root.removeprefix("http://")) == (server.address, "Hello.")


async def test_nonsense_gets_the_servers_own_words() -> None:
    async with ScriptedServer([]) as server:
        with pytest.raises(ModelRefused) as caught:
            await reach(f"{server.root}/nowhere")
    assert caught.value.status == 404
    for part in (f"{server.root}/nowhere/v1/models", f"{server.root}/nowhere/models", "File Not Found"):
        assert part in caught.value.message
    assert "base_url" in caught.value.remedy


async def test_a_key_that_is_missing_is_said_to_be_missing() -> None:
    async with ScriptedServer([], api_key="sesame") as server:
        with pytest.raises(ModelRefused, match="api_key") as caught:
            await reach(server.address)
    assert caught.value.status == 401


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of something that accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


async def web_page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>")
    await writer.drain()
    writer.close()


async def ssh(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"Invalid SSH identification string.\r\n")
    await writer.drain()
    writer.close()


async def chatter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n\r\n")
    await writer.drain()
    writer.close()


@pytest.mark.parametrize(
    ("handler", "error"), [(web_page, BadReply), (chatter, BadReply), (ssh, StreamDropped)]
)
async def test_something_else_listens_there(
    handler: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], error: type[ModelError]
) -> None:
    async with await asyncio.start_server(handler, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(error) as caught:
            await reach(address)
    assert address in caught.value.message and "base_url" in caught.value.remedy


async def test_the_first_that_answers_is_taken_in_order(silent: str) -> None:
    async with (
        ScriptedServer([]) as first,
        ScriptedServer([], loading=9) as loading,
        ScriptedServer([]) as gone,
        await asyncio.start_server(web_page, "127.0.0.1", 0) as page,
    ):
        other = f"http://127.0.0.1:{page.sockets[0].getsockname()[1]}/v1"
        await gone.__aexit__(None, None, None)
        settings = Settings(connect_timeout=0.2)
        began = time.monotonic()
        assert (
            await find_endpoint(settings, [gone.address, other, first.address, loading.address])
            == first.address
        )
        assert await find_endpoint(settings, [loading.address, first.address]) == loading.address
        assert time.monotonic() - began < 2
        assert await find_endpoint(settings, [silent, first.address], timeout=0.2) == first.address


async def test_nothing_found_names_all_that_was_tried() -> None:
    async with ScriptedServer([], api_key="sesame") as locked, ScriptedServer([]) as gone:
        await gone.__aexit__(None, None, None)
        with pytest.raises(ModelUnreachable) as caught:
            await find_endpoint(Settings(), [gone.address, locked.address])
    assert f"{gone.address} (nothing listens)" in caught.value.message
    assert f"{locked.address} (asks for a key" in caught.value.message
    assert "llama-server" in caught.value.remedy and "base_url" in caught.value.remedy


async def test_a_key_is_bound_to_base_url() -> None:
    async with ScriptedServer([]) as server:
        await find_endpoint(Settings.model_validate({"api_key": "sesame"}), [server.address])
    assert "authorization" not in server.received[0].headers


async def test_base_url_is_not_probed() -> None:
    assert await find_endpoint(Settings(base_url="localhost:1/v1/")) == "http://localhost:1/v1"


async def test_credentials_of_the_url_are_sent_but_not_told() -> None:
    async with ScriptedServer([Step("x", fault=Fault("status", 400, "no"))]) as server:
        with pytest.raises(ModelRefused) as caught:
            await reach(server.address.replace("http://", "http://me:hush@"))
    assert server.requests[0].headers["authorization"] == "Basic bWU6aHVzaA=="
    assert "hush" not in str(caught.value) + caught.value.address


async def test_proxies_are_for_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ScriptedServer([Step("Hello.")]) as proxy, ScriptedServer([Step("Hello.")]) as server:
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.setenv("HTTP_PROXY", proxy.root)
        monkeypatch.setenv("http_proxy", proxy.root)
        assert await reach(server.address) == (server.address, "Hello.")
        assert not proxy.received
        with pytest.raises(ModelRefused):
            await reach("http://model.invalid/v1")
    assert proxy.received[0].path == "http://model.invalid/v1/models"


async def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "gopher://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(ModelUnreachable, match="HTTP_PROXY"):
        await reach("http://model.invalid/v1")
