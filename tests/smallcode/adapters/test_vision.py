"""Whether a model sees pictures, as servers and profiles tell it."""

from collections.abc import Mapping
from typing import Any

import pytest

from smallcode.adapters.descriptions import describe
from smallcode.adapters.profiles import load_families
from smallcode.core.profile import choose


class Server:
    """Answers by the end of the address; what it does not know is empty."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers

    async def get(self, url: str) -> tuple[Mapping[str, Any], None]:
        return self._of(url), None

    async def post(self, url: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._of(url)

    def _of(self, url: str) -> Mapping[str, Any]:
        found = next((answer for end, answer in self._answers.items() if url.endswith(end)), {})
        assert isinstance(found, Mapping)
        return found


def lm_studio(**fields: object) -> Mapping[str, Any]:
    return {"/api/v0/models": {"data": [{"id": "m", **fields}]}}


@pytest.mark.parametrize(
    ("server", "answers", "vision"),
    [
        ("llama.cpp", {"/props": {"modalities": {"vision": True, "audio": False}}}, True),
        ("llama.cpp", {"/props": {"modalities": {"vision": False}}}, False),
        ("llama.cpp", {"/props": {}}, None),
        ("ollama", {"/api/show": {"capabilities": ["completion", "vision"]}}, True),
        ("ollama", {"/api/show": {"capabilities": ["completion", "tools"]}}, False),
        ("ollama", {"/api/show": {}}, None),
        ("lmstudio", lm_studio(type="vlm"), True),
        ("lmstudio", lm_studio(type="llm"), False),
        ("lmstudio", lm_studio(), None),
        ("lmstudio", {"/api/v1/models": {"models": [{"key": "m", "capabilities": {"vision": True}}]}}, True),
        ("lmstudio", {"/api/v1/models": {"models": [{"key": "m"}]}}, None),
        ("vllm", {"/version": {"version": "1"}}, None),
        ("openai", {}, None),
    ],
)
async def test_what_servers_tell(server: str, answers: Mapping[str, Any], vision: bool | None) -> None:
    told = await describe(server, Server(answers), "http://h", "m", None)  # type: ignore[arg-type]
    assert told.vision is vision


@pytest.mark.parametrize(("model", "sees"), [("Llama-4-Scout-17B", True), ("qwen3-8b", False), ("x", False)])
def test_what_profiles_tell(model: str, sees: bool) -> None:
    assert choose(load_families(), [model])[0].vision is sees
