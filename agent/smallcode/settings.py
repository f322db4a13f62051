"""What code uses: resolved, validated, frozen. Nothing here reads a file or the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

Policy = Literal["ask", "allow", "deny"]

# Where the usual local servers listen: llama.cpp, Ollama, LM Studio, vLLM (their documentation's defaults).
LOCAL_ENDPOINTS = (
    "http://127.0.0.1:8080/v1",
    "http://127.0.0.1:11434/v1",
    "http://127.0.0.1:1234/v1",
    "http://127.0.0.1:8000/v1",
)

# Assumed, and said to be assumed, where neither the server nor the user tells the window.
ASSUMED_WINDOW = 8192

# Below this there is no room for files beside a system prompt, the tools and an answer.
SMALLEST_WINDOW = 4096


def _names(value: object) -> object:
    """The environment and editors' settings give a list as one text, its names apart by commas."""
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(",") if name.strip())
    return value


class Settings(BaseModel):
    """Every setting with its default. Names are the keys of smallcode.toml and of initializationOptions;
    the environment's are SMALLCODE_ and the name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: Annotated[
        str | None, Field(description="Address of an OpenAI-compatible server; unset looks on this machine.")
    ] = None
    model: Annotated[
        str | None, Field(description="Model to ask for; unset takes the first that is offered.")
    ] = None
    api_key: Annotated[
        SecretStr | None, Field(description="Key for base_url's host; it is sent to no other.")
    ] = None
    context_window: Annotated[
        int | None, Field(ge=SMALLEST_WINDOW, description="Tokens; the most, and what Ollama is asked for.")
    ] = None
    ollama_window: Annotated[
        int,
        Field(
            ge=SMALLEST_WINDOW,
            description="Tokens to ask Ollama for where context_window is unset; more takes more memory.",
        ),
    ] = 16384
    max_answer_tokens: Annotated[
        int | None, Field(ge=64, description="Longest reply in tokens; unset is a quarter of the window.")
    ] = None
    profile: Annotated[
        str | None, Field(description="Family of the model, such as qwen3; unset is told by its name.")
    ] = None
    temperature: Annotated[
        float | None, Field(ge=0, le=2, description="Sampling temperature; unset is the profile's.")
    ] = None
    thinking: Annotated[
        Literal["auto", "on", "off"],
        Field(description="Whether the model thinks first; auto is its own way."),
    ] = "auto"
    thinking_budget: Annotated[
        int,
        Field(ge=0, description="Tokens of thoughts in a reply, where the server can limit them; 0 is off."),
    ] = 4096
    connect_timeout: Annotated[float, Field(gt=0, description="Seconds to reach the server.")] = 5.0
    first_byte_timeout: Annotated[
        float, Field(gt=0, description="Seconds until the first byte: the server is reading the prompt.")
    ] = 1800.0
    stall_timeout: Annotated[
        float, Field(gt=0, description="Seconds without a byte once the reply has begun.")
    ] = 120.0
    max_retries: Annotated[
        int, Field(ge=0, le=10, description="Times a request is sent again after a passing fault.")
    ] = 3
    max_steps: Annotated[int, Field(ge=1, le=500, description="Requests to the model in one turn.")] = 40
    bash_timeout: Annotated[float, Field(gt=0, le=3600, description="Seconds a shell command may take.")] = (
        30.0
    )
    allow_cd_outside: Annotated[bool, Field(description="Let cd leave the project's root.")] = False
    max_result_chars: Annotated[
        int, Field(ge=500, description="Longest tool result shown to the model, in characters.")
    ] = 8000
    shell_permission: Annotated[Policy, Field(description="Shell commands: ask, allow or deny.")] = "ask"
    edit_permission: Annotated[
        Policy, Field(description="Edits inside the workspace: ask, allow or deny.")
    ] = "ask"
    validation_timeout: Annotated[
        float, Field(gt=0, le=600, description="Seconds for looking at a file after a change, in all.")
    ] = 5.0
    editor_diagnostics_timeout: Annotated[
        float,
        Field(ge=0, le=60, description="Seconds to wait after a change for the editor's language servers."),
    ] = 1.0
    project_checkers: Annotated[
        bool,
        Field(
            description="After a change also run cargo check and the project's own tsc and eslint, which run "
            "code of the project; only in a trusted folder."
        ),
    ] = False
    model_merge: Annotated[
        bool, Field(description="Let the model merge a patch that missed twice at one place.")
    ] = False
    rollback_on_stop: Annotated[
        bool, Field(description="Take the turn's edits back where it is stopped for failing again and again.")
    ] = False
    index: Annotated[
        bool, Field(description="Keep a graph of the workspace's code, for searching and explaining it.")
    ] = True
    graph_symbols: Annotated[
        bool,
        Field(
            description="Serve workspace and document symbols; an editor sets it in initializationOptions."
        ),
    ] = False
    disable: Annotated[
        tuple[str, ...],
        BeforeValidator(_names, json_schema_input_type=list[str]),
        Field(description="Features switched off by name, to measure what each is worth."),
    ] = ()
    trace: Annotated[bool, Field(description="Write a trace of every turn into the state folder.")] = True


# What a file of the workspace may not set unless the user trusts the folder: where prompts and keys go,
# and what runs unasked.
TRUST_REQUIRED = frozenset(
    {"base_url", "api_key", "shell_permission", "edit_permission", "allow_cd_outside", "project_checkers"}
)
