"""Which family a model is of, and which switches are worth trying."""

import pytest

from smallcode.adapters.profiles import load_families
from smallcode.core.profile import GENERIC, Family, Profile, ThinkingSwitch, choose, switches_for

FAMILIES = load_families()
QWEN3_TEMPLATE = "{%- if enable_thinking is defined and enable_thinking is false %}<think>"


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("qwen3-coder:30b-a3b-q4_K_M", "qwen3-coder"),
        ("unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF", "qwen3-coder"),
        ("unsloth/Qwen2.5-Coder-7B-Instruct-GGUF", "qwen2.5-coder"),
        ("qwen/qwen-2.5-coder-32b-instruct", "qwen2.5-coder"),
        ("qwen2.5:7b", "qwen2.5"),
        ("qwen3:8b", "qwen3"),
        ("Qwen_Qwen3-14B-Q5_K_M.gguf", "qwen3"),
        ("Qwen3-30B-A3B-Instruct-2507", "qwen3-instruct"),
        ("Qwen3-4B-Thinking-2507-UD-Q4_K_XL.gguf", "qwen3-thinking"),
        ("qwen/qwen3.6-27b", "qwen3.5"),
        ("gemma-3-12b-it-Q4_K_M.gguf", "gemma3"),
        ("gemma3n:e4b", "gemma3"),
        ("gemma2:9b", "gemma2"),
        ("gemma4:31b", "gemma4"),
        ("functiongemma:270m", "functiongemma"),
        ("openai/gpt-oss-20b", "gpt-oss"),
        ("Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf", "llama3"),
        ("llama3.2:3b", "llama3"),
        ("llama-4-scout-17b-16e-instruct", "llama4"),
        ("mistral-small3.2:24b", "mistral"),
        ("Ministral-3-8B-Instruct-2512", "mistral"),
        ("magistral:24b", "magistral"),
        ("devstral-small-2:24b", "devstral"),
        ("deepseek-v3.1:671b", "deepseek"),
        ("deepseek-r1:14b", "deepseek-r1"),
        ("DeepSeek-R1-Distill-Llama-8B", "deepseek-r1"),
        ("DeepSeek-R1-0528-Qwen3-8B", "deepseek-r1"),
        ("glm-4.7-flash", "glm"),
        ("phi4:14b", "phi4"),
        ("Phi-4-mini-instruct", "phi4-mini"),
        ("microsoft/Phi-4-reasoning-plus", "phi4-reasoning"),
        ("granite3.3:8b", "granite3"),
        ("granite4:micro", "granite4"),
        ("LiquidAI/LFM2-8B-A1B-GGUF", "lfm2"),
        ("command-r7b:7b", "command-r"),
        ("local-model", "generic"),
        ("", "generic"),
    ],
)
def test_names(model: str, family: str) -> None:
    profile, why = choose(FAMILIES, [model])
    assert profile.family == family
    assert model in why


@pytest.mark.parametrize(
    ("template", "family"),
    [
        (QWEN3_TEMPLATE, "qwen3"),
        (QWEN3_TEMPLATE + "<function=example_function_name>", "qwen3.5"),
        ("<function=example_function_name>", "qwen3-coder"),
        ("<start_of_turn>", "gemma3"),
        ("<start_of_turn>{{ raise_exception('System role not supported') }}", "gemma2"),
        ("<start_of_turn><start_function_call>", "functiongemma"),
        ("<|turn> <|tool_call>", "gemma4"),
        ("[INST] [TOOL_CALLS]", "mistral"),
        ("[INST] [TOOL_CALLS] [THINK]", "magistral"),
        ("<|start_of_role|> <|tool_call|>", "granite3"),
        ("<|start_of_role|> <tool_call>", "granite4"),
        ("<|im_start|>", "generic"),
    ],
)
def test_templates_of_models_with_a_name_that_says_nothing(template: str, family: str) -> None:
    assert choose(FAMILIES, ["local"], template)[0].family == family


def test_the_settings_come_first_then_the_names_in_order_then_the_template() -> None:
    assert choose(FAMILIES, ["qwen3:8b"], "<start_of_turn>", "glm")[0].family == "glm"
    assert choose(FAMILIES, ["qwen3:8b", "gemma3"], "<start_of_turn>")[0].family == "qwen3"
    assert choose(FAMILIES, ["mine", "gemma-3-4b.gguf"], QWEN3_TEMPLATE)[0].family == "gemma3"
    with pytest.raises(ValueError, match="no profile 'qwen9'"):
        choose(FAMILIES, ["qwen3:8b"], wanted="qwen9")
    assert choose([], []) == (GENERIC, "the model has no name")


def test_the_longest_match_wins_wherever_it_stands_in_the_list() -> None:
    short, long = Family(Profile("short"), ("abc",)), Family(Profile("long"), ("abc-d",))
    for families in ([short, long], [long, short]):
        assert choose(families, ["ABC-D:1b"])[0].family == "long"
        assert choose(families, ["abc:1b"])[0].family == "short"


QWEN3 = choose(FAMILIES, ["qwen3"])[0]
QWEN2 = choose(FAMILIES, ["qwen2.5"])[0]
R1 = choose(FAMILIES, ["deepseek-r1"])[0]
GPT_OSS = choose(FAMILIES, ["gpt-oss"])[0]


@pytest.mark.parametrize(
    ("profile", "server", "template", "switches"),
    [
        (QWEN3, "openai", "", ("enable_thinking", "no_think")),
        (QWEN3, "vllm", QWEN3_TEMPLATE, ("enable_thinking", "no_think")),
        (QWEN3, "llama.cpp", QWEN3_TEMPLATE, ("enable_thinking", "no_think", "thinking_budget_tokens")),
        (QWEN3, "llama.cpp", "no such variable", ("no_think", "thinking_budget_tokens")),
        (QWEN3, "llama.cpp", "'enable_thinking' in a text", ("no_think", "thinking_budget_tokens")),
        (QWEN3, "ollama", "{{ .Thinking }}", ("effort_none", "no_think")),
        (GPT_OSS, "ollama", "", ("reasoning_effort",)),
        (R1, "ollama", "", ("effort_none",)),
        (R1, "llama.cpp", "", ("thinking_budget_tokens",)),
        (R1, "openai", "", ()),
        (GPT_OSS, "llama.cpp", "<|channel|>", ("reasoning_effort", "thinking_budget_tokens")),
        (QWEN2, "llama.cpp", QWEN3_TEMPLATE, ()),
        (GENERIC, "llama.cpp", QWEN3_TEMPLATE, ("enable_thinking", "thinking_budget_tokens")),
        (GENERIC, "ollama", "", ()),
        (GENERIC, "openai", "", ()),
    ],
)
def test_switches(profile: Profile, server: str, template: str, switches: tuple[ThinkingSwitch, ...]) -> None:
    assert switches_for(profile, server, template) == switches
