"""The profiles that ship: each can be read, each value has its source, each value changes a request."""

import re
from dataclasses import fields, replace
from importlib.resources import files
from typing import Any

import pytest

from smallcode.adapters.bodies import Composer
from smallcode.adapters.discovery import Endpoint
from smallcode.adapters.learned import Learned
from smallcode.adapters.profiles import load_families, read_family
from smallcode.core.profile import Profile
from smallcode.errors import SettingsError
from smallcode.messages import Message, ToolCall
from smallcode.ports import ModelRequest, Thinking
from smallcode.settings import Settings

TEXTS = {
    entry.name: entry.read_text("utf-8")
    for entry in (files("smallcode") / "profiles").iterdir()
    if entry.name.endswith(".toml")
}
TOOL = {"type": "function", "function": {"name": "ping", "parameters": {"type": "object", "properties": {}}}}
CALL = ToolCall("c1", "ping", {})
TRANSCRIPT = (
    Message("system", "s"),
    Message("user", "u"),
    Message("assistant", "", (CALL,), reasoning="I ping."),
    Message("tool", "pong", tool_call_id="c1"),
    Message("user", "Go on.", by_harness=True),
)


def test_the_families_that_were_promised_are_there() -> None:
    assert {family.profile.family for family in load_families()} >= {
        "qwen2.5", "qwen2.5-coder", "qwen3", "qwen3-coder", "gemma3", "gemma4", "llama3", "llama4", "mistral",
        "devstral", "gpt-oss", "deepseek", "glm", "phi4", "granite3", "granite4", "lfm2", "command-r",
        "generic",
    }  # fmt: skip
    assert len(load_families()) == len(TEXTS)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_file_is_named_for_its_family_and_every_value_has_its_source(name: str) -> None:
    assert f'family = "{name.removesuffix(".toml")}"' in TEXTS[name]
    sources = dict(re.findall(r"^# ([a-z]+): (https://\S+)$", TEXTS[name], re.MULTILINE))
    values = [line for line in TEXTS[name].splitlines() if re.match(r"[a-z_]+ = ", line)]
    cited = set()
    for line in values:
        if not line.startswith("family = "):
            found = re.search(r" # ([a-z]+): ", line)
            assert found, f"{line} has no source"
            cited.add(found[1])
    assert cited == set(sources), "sources that are cited, and those that are listed"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("family = ", "Invalid value"),
        ('names = ["x"]', "family"),
        ('family = "Upper"', "family"),
        ('family = "x"\nnames = ["("]', "no regular expression"),
        ('family = "x"\ndialect = "morse"', "no dialect 'morse'; known are fenced, hermes"),
        ('family = "x"\ntools = "none"', "tools"),
        ('family = "x"\nswitches = ["lever"]', "switches.0"),
        ('family = "x"\nkeep_thoughts = "always"', "keep_thoughts"),
        ('family = "x"\nthinks = "yes"', "thinks"),
        ('family = "x"\nwhole_file_lines = -1', "whole_file_lines"),
        ('family = "x"\nspeed = 3', "speed"),
        ('family = "x"\n[sampling]\nheat = 1', "heat"),
        ('family = "x"\n[sampling]\ntop_k = "many"', "sampling.top_k"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(text: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=r"x\.toml") as caught:
        read_family(text, "x.toml")
    assert complaint in caught.value.message


def body(profile: Profile, request: ModelRequest, server: str = "openai") -> dict[str, Any]:
    endpoint = Endpoint("http://h/v1", server, (), "m", None, None, profile=profile)
    return dict(Composer(endpoint, Settings(), Learned()).body(request).fields)


PLAIN = Profile("plain")
OFF = ModelRequest(TRANSCRIPT, (TOOL,), thinking=Thinking(False))


@pytest.mark.parametrize(
    ("profile", "request_", "server"),
    [
        (replace(PLAIN, tools="text"), OFF, "openai"),
        (replace(PLAIN, thinks=True), ModelRequest(TRANSCRIPT, (TOOL,)), "llama.cpp"),
        (replace(PLAIN, switches=("enable_thinking",)), OFF, "openai"),
        (replace(PLAIN, keep_thoughts="turn"), OFF, "openai"),
        (replace(PLAIN, sampling={"top_k": 5}), OFF, "openai"),
        (replace(PLAIN, system_role=False), OFF, "openai"),
        (replace(PLAIN, alternates=True), OFF, "openai"),
    ],
)
def test_every_field_changes_a_request(profile: Profile, request_: ModelRequest, server: str) -> None:
    assert body(profile, request_, server) != body(PLAIN, request_, server)


def test_the_dialect_changes_a_request_with_tools_in_text() -> None:
    by_text = replace(PLAIN, tools="text")
    assert body(by_text, OFF) != body(replace(by_text, dialect="glm"), OFF)


def test_no_field_is_left_untested() -> None:
    (marker,) = [mark for mark in test_every_field_changes_a_request.pytestmark if mark.name == "parametrize"]
    changed = {
        field.name
        for profile, *_ in marker.args[1]
        for field in fields(Profile)
        if getattr(profile, field.name) != getattr(PLAIN, field.name)
    }
    # The family is a name, the dialect has its own test, how files are edited is for the loop to say, and
    # who is shown pictures for those who look them up.
    others = {"family", "dialect", "whole_file_lines", "vision"}
    assert changed == {field.name for field in fields(Profile)} - others


@pytest.mark.parametrize("family", load_families(), ids=lambda family: family.profile.family)
def test_every_profile_makes_a_request(family: Any) -> None:
    sent = body(family.profile, ModelRequest(TRANSCRIPT, (TOOL,), 1000))
    for name, value in family.profile.sampling.items():
        assert sent[name] == value
    assert ("tools" in sent) == (family.profile.tools == "native")
    assert sent["temperature"] <= 1.0
