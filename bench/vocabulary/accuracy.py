"""How far the estimate of a prompt is from what a model's own vocabulary counts.

    python -m bench.vocabulary.accuracy

Conversations as the agent has them (system prompt, tools, files read in pieces, calls) are counted by
vocabularies of several sizes, kinds and divisions, each learned here from another part of the texts on this
machine, and by two chat templates. After each request the counter is told the count, as by a server's usage.
Printed are the errors of the estimates from the fourth request on (what three counts leave), and how many of
all estimates were below the count by more than the margin that goes with them.
"""

from __future__ import annotations

import json
import random
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from smallcode.adapters.tokens import VocabularyCounter
from smallcode.adapters.vocabulary import SPLIT
from smallcode.core.prompt import system_message
from smallcode.messages import Message, ToolCall
from smallcode.tools import offered

ROOT = Path(__file__).resolve().parents[2]

# Requests before the first that counts, and in one conversation.
LEARNING = 3
REQUESTS = 14

# Characters of a tool's result, as by the setting max_result_chars.
RESULT = 8000

# GPT-2's division, and one that takes digits apart as Qwen's and Gemma's do.
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
DIGITS = SPLIT.replace(r"\p{N}{1,3}", r"\p{N}")
# What SentencePiece may merge: a word with the blank before it, blanks alone, line ends alone.
MARKED = r"▁+(?=▁)|▁?[^▁\n]+|▁|\n+"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``size`` is the number of tokens; ``kinds`` are the suffixes of the files that it is learned from, at
    most ``characters`` of them. An empty ``split`` stands for SentencePiece's marked blanks."""

    name: str
    size: int
    split: str
    kinds: tuple[str, ...]
    characters: int

    def train(self, files: Sequence[Path]) -> Tokenizer:
        tokenizer = Tokenizer(models.BPE(byte_fallback=not self.split))
        special, alphabet = list(SPECIAL), pre_tokenizers.ByteLevel.alphabet()
        if self.split:
            steps = [
                pre_tokenizers.Split(Regex(self.split), behavior="isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
            tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
        else:
            tokenizer.normalizer = normalizers.Replace(" ", "▁")
            tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(MARKED), behavior="isolated")
            special, alphabet = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256))], []
        trainer = trainers.BpeTrainer(
            vocab_size=self.size,
            special_tokens=special,
            initial_alphabet=alphabet,
            limit_alphabet=1000,
            max_token_length=24,
            show_progress=False,
        )
        tokenizer.train_from_iterator(self._texts(files), trainer)
        return tokenizer

    def _texts(self, files: Sequence[Path]) -> Iterator[str]:
        left = self.characters
        for path in files:
            if path.suffix in self.kinds and left > 0:
                text = read(path)
                left -= len(text)
                yield text


SPECIAL = ("<|im_start|>", "<|im_end|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")

VOCABULARIES = (
    Vocabulary("8k, Python only", 8_000, GPT2, (".py",), 4_000_000),
    Vocabulary("32k, code and prose", 32_000, GPT2, (".py", ".md", ".rst", ".txt", ".h"), 12_000_000),
    Vocabulary("100k, code and prose", 100_000, SPLIT, (".py", ".md", ".rst", ".txt", ".h"), 30_000_000),
    Vocabulary("100k, digits apart", 100_000, DIGITS, (".py", ".json", ".md"), 30_000_000),
    Vocabulary("32k, prose only", 32_000, SPLIT, (".md", ".rst", ".txt"), 12_000_000),
    Vocabulary("32k, marked blanks", 32_000, "", (".py", ".md", ".txt"), 12_000_000),
)


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def sources(folders: Sequence[Path]) -> list[Path]:
    """Text files below the folders, in an order that depends on their names alone."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    kinds = {
        ".py",
        ".pyi",
        ".md",
        ".rst",
        ".txt",
        ".json",
        ".h",
        ".js",
        ".ts",
        ".css",
        ".toml",
        ".lua",
        ".sh",
    }
    chosen = [path for path in files if path.suffix in kinds and 200 < path.stat().st_size < 300_000]
    random.Random(1).shuffle(chosen)
    return chosen


# --- the conversations -------------------------------------------------------------------------------


def conversation(files: Sequence[Path], seed: int) -> Iterator[list[Message]]:
    """The prompts of one turn, each the beginning of the next."""
    draw = random.Random(seed)
    messages = [
        system_message("project"),
        Message("user", f"The tests of {draw.choice(files).name} fail. Find out why and mend it."),
    ]
    for number in range(REQUESTS):
        yield list(messages)
        path = draw.choice(files)
        text = read(path)
        begin = draw.randrange(max(1, len(text) - 200))
        length = draw.choice((300, 1500, 4000, RESULT))
        call = ToolCall(f"call_{number}", "read_file", {"path": path.name, "start_line": begin})
        words = draw.choice(("", "I look at it.", "The error comes from the line before; I read that file."))
        messages += [
            Message("assistant", words, (call,)),
            Message("tool", text[begin : begin + length], tool_call_id=call.id),
        ]


def chatml(messages: Sequence[Message], tools: Sequence[Any]) -> str:
    """As Qwen's template writes a prompt: tools as lines of JSON in the system message, results as the
    user's."""
    parts = []
    for message in messages:
        text = message.content
        if message.role == "system" and tools:
            lines = "\n".join(json.dumps(tool) for tool in tools)
            text += "\n\n# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
            text += f"You are provided with function signatures within <tools></tools>:\n<tools>\n{lines}\n"
            text += '</tools>\n\nFor each call return {"name": <name>, "arguments": <object>} within tags.'
        for call in message.tool_calls:
            told = json.dumps({"name": call.name, "arguments": dict(call.arguments)}, ensure_ascii=False)
            text += f"\n<tool_call>\n{told}\n</tool_call>"
        if message.role == "tool":
            text = f"<tool_response>\n{text}\n</tool_response>"
        role = "user" if message.role == "tool" else message.role
        parts.append(f"<|im_start|>{role}\n{text}<|im_end|>\n")
    return "".join(parts) + "<|im_start|>assistant\n"


def headers(messages: Sequence[Message], tools: Sequence[Any]) -> str:
    """As Llama 3's template writes one: tools indented, in front of the user's first message."""
    parts, first = [], True
    for message in messages:
        text = message.content
        if message.role == "user" and first:
            listed = "\n\n".join(json.dumps(tool, indent=4) for tool in tools)
            text, first = f"Given the following functions, answer with a call.\n\n{listed}\n\n{text}", False
        for call in message.tool_calls:
            text += json.dumps({"name": call.name, "parameters": dict(call.arguments)}, ensure_ascii=False)
        if message.role == "tool":
            text = json.dumps(text, ensure_ascii=False)
        role = "ipython" if message.role == "tool" else message.role
        parts.append(f"<|start_header_id|>{role}<|end_header_id|>\n\n{text}<|eot_id|>")
    return "".join(parts) + "<|start_header_id|>assistant<|end_header_id|>\n\n"


# --- the errors --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """What one vocabulary and template came to: errors as parts of the count, from the fourth request of each
    conversation on but for ``first``. ``under`` is the largest error downwards, ``outside`` how many of all
    estimates were below the count by more than their margin."""

    vocabulary: str
    template: str
    first: float
    errors: tuple[float, ...]
    outside: int

    @property
    def within(self) -> float:
        """The part of the estimates that is off by no more than a twentieth."""
        return sum(abs(error) <= 0.05 for error in self.errors) / len(self.errors)

    def percentile(self, part: float) -> float:
        return sorted(map(abs, self.errors))[int(part * (len(self.errors) - 1))]


def measure(
    vocabularies: Sequence[Vocabulary], files: Sequence[Path], conversations: int = 20
) -> Iterator[Row]:
    """Vocabularies are learned from every other file, conversations are about the rest."""
    for vocabulary in vocabularies:
        tokenizer = vocabulary.train(files[::2])
        for template in (chatml, headers):
            runs = [_run(tokenizer, template, files[1::2], seed) for seed in range(conversations)]
            yield Row(
                vocabulary.name,
                template.__name__,
                runs[0][0][0],
                tuple(error for errors, _ in runs for error in errors[LEARNING:]),
                sum(outside for _, outside in runs),
            )


def _run(
    tokenizer: Tokenizer, template: Callable[..., str], files: Sequence[Path], seed: int
) -> tuple[list[float], int]:
    """(estimate - count) / count for each request of a conversation, and how many were below their margin."""
    tools = [tool.schema for tool in offered()]
    counter = VocabularyCounter()
    errors, outside = [], 0
    for messages in conversation(files, seed):
        counted = len(tokenizer.encode(template(messages, tools)).ids)
        estimated = counter.estimate(messages, tools)
        outside += counted > estimated + counter.margin(estimated)
        counter.learn(estimated, counted)
        errors.append((estimated - counted) / counted)
    return errors, outside


def main() -> None:
    files = sources([Path(sysconfig.get_paths()["stdlib"]), ROOT])
    titles = ("first", "mean", "p95", "most", "under", "in 5 %")
    print(f"{'vocabulary':24}{'template':10}" + "".join(f"{title:>8}" for title in titles) + "  outside")
    for row in measure(VOCABULARIES, files):
        mean = sum(map(abs, row.errors)) / len(row.errors)
        figures = (row.first, mean, row.percentile(0.95), row.percentile(1), -min(row.errors), row.within)
        line = "".join(f"{value:8.1%}" for value in figures)
        print(f"{row.vocabulary:24}{row.template:10}{line}{row.outside:9}", flush=True)


if __name__ == "__main__":
    main()
