"""A model of some two megabytes for a real llama.cpp server: no trained weights, fixed replies.

It is a qwen2 network whose attention and feed-forward parts put out zero, so that what reaches the output
head is the embedding of the last token alone, and the head is a table: after this token comes that one.
Temperature hardly matters: the wanted token is far ahead. A reply is a chain of tokens, each standing in
the vocabulary once; the chat template ends the prompt with the token that starts the chain of step k of a
script, k being the number of tool results and of user messages but the first: a turn goes on from result to
result, and the next turn, or a correction, from where it ended. Past the last step that one is played again.

    python tiny_model.py OUT.gguf SCRIPTS.json [--default NAME]

SCRIPTS.json: {"NAME": [STEP, ...]}; a STEP is the text of a reply, or a list of pieces. A step whose last
piece is "<|repeat|>" starts again from its first piece and never ends.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

HERE = Path(__file__).parent
TEMPLATE = HERE / "chat_template.jinja"

END = "<|im_end|>"
REPEAT = "<|repeat|>"
CONTROL = ("<|endoftext|>", "<|im_start|>", END)
MARKERS = ("<tool_call>", "</tool_call>", "<think>", "</think>", "<tool_response>", "</tool_response>")

LEARNED_TOKENS = 2000
WIDTH = 128
LAYERS = 2
HEADS = 4
KEY_HEADS = 2
HIDDEN = 2 * WIDTH

# How far ahead of all others the next token of a chain is, in logits times the square root of WIDTH.
CERTAINTY = 40.0

Step = str | Sequence[str]


def _printable_bytes() -> dict[int, str]:
    """GPT-2's mapping from bytes to the characters that stand for them in a byte-level vocabulary."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return {byte: chr(byte if byte in plain else next(spare)) for byte in range(256)}


BYTES = _printable_bytes()


def encode(text: str) -> str:
    """Text as a byte-level vocabulary spells it."""
    return "".join(BYTES[byte] for byte in text.encode("utf-8"))


@lru_cache(maxsize=2)
def _learned(sample: str, size: int) -> dict[str, Any]:
    """Kept, because learning from a megabyte takes some seconds."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(sample.splitlines(keepends=True), trainer)
    model: dict[str, Any] = json.loads(tokenizer.to_str())["model"]
    return model


class Vocabulary:
    """Tokens in order, with their kinds, and the merges that were learned from ``sample``."""

    def __init__(self, sample: str, size: int = LEARNED_TOKENS) -> None:
        learned = _learned(sample, size)
        self.tokens = sorted(learned["vocab"], key=learned["vocab"].__getitem__)
        self.merges = [" ".join(pair) if isinstance(pair, list) else pair for pair in learned["merges"]]
        self.kinds = [gguf.TokenType.NORMAL] * len(self.tokens)
        self.index = {token: number for number, token in enumerate(self.tokens)}
        for token in CONTROL:
            self.add(token, gguf.TokenType.CONTROL)
        for token in MARKERS:
            self.add(token, gguf.TokenType.USER_DEFINED)

    def add(self, token: str, kind: gguf.TokenType) -> int:
        if token not in self.index:
            self.index[token] = len(self.tokens)
            self.tokens.append(token)
            self.kinds.append(kind)
        return self.index[token]

    def pad(self) -> None:
        """Fill up to a multiple of 32, which the matrix kernels like."""
        while len(self.tokens) % 32:
            self.add(f"<|pad{len(self.tokens)}|>", gguf.TokenType.UNUSED)


def chains(scripts: Mapping[str, Sequence[Step]], vocabulary: Vocabulary) -> dict[int, int]:
    """Which token follows which. Every piece gets a token of its own, so that chains never cross; a piece
    that is a marker ends a server's literal text, so it must not stand in two chains."""
    follows: dict[int, int] = {}
    for name, steps in scripts.items():
        for number, step in enumerate(steps):
            start = vocabulary.add(f"<|script:{name}:{number}|>", gguf.TokenType.CONTROL)
            pieces = [step] if isinstance(step, str) else list(step)
            loops = pieces[-1] == REPEAT
            if loops:
                pieces.pop()
            last = first = start
            for piece in pieces:
                token = vocabulary.add(encode(piece), gguf.TokenType.NORMAL)
                if follows.setdefault(last, token) != token:
                    raise ValueError(f"{name}[{number}]: the piece {piece!r} stands in two chains")
                first = token if first == start else first
                last = token
            follows[last] = first if loops else vocabulary.index[END]
    return follows


def write_model(
    out: Path,
    scripts: Mapping[str, Sequence[Step]],
    default: str,
    context: int = 32768,
    learned: tuple[str, int] = ("", LEARNED_TOKENS),
) -> Path:
    """Write the model. ``default`` is played where a request names no script in chat_template_kwargs;
    ``context`` is the largest window in tokens. ``learned`` is a text from which the vocabulary is learned,
    besides the model's own scripts, and how many tokens it has: with enough of both, counts are those of a
    real one. Raises ValueError where two chains share a piece."""
    if default not in scripts:
        raise ValueError(f"the default script {default!r} is not among {sorted(scripts)}")
    template = TEMPLATE.read_text(encoding="utf-8")
    sample = template + Path(__file__).read_text(encoding="utf-8")
    vocabulary = Vocabulary(sample + learned[0], learned[1])
    follows = chains(scripts, vocabulary)
    vocabulary.pad()

    writer = gguf.GGUFWriter(str(out), "qwen2")
    writer.add_name("tiny-scripted")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEY_HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10000.0)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(vocabulary.tokens)
    writer.add_token_types(vocabulary.kinds)
    writer.add_token_merges(vocabulary.merges)
    writer.add_bos_token_id(vocabulary.index["<|endoftext|>"])
    writer.add_eos_token_id(vocabulary.index[END])
    writer.add_pad_token_id(vocabulary.index["<|endoftext|>"])
    writer.add_add_bos_token(False)
    writer.add_chat_template(_settings(scripts, default) + template)
    _write_weights(writer, len(vocabulary.tokens), follows)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return out


def _settings(scripts: Mapping[str, Sequence[Step]], default: str) -> str:
    """What the chat template has to know of the scripts, as assignments at its beginning."""
    last_steps = {name: len(steps) - 1 for name, steps in scripts.items()}
    values = {"default_script": default, "last_steps": last_steps}
    return "".join(f"{{%- set {name} = {json.dumps(value)} %}}\n" for name, value in values.items())


def _write_weights(writer: gguf.GGUFWriter, tokens: int, follows: Mapping[int, int]) -> None:
    random = np.random.default_rng(0)

    def noise(*shape: int) -> np.ndarray:
        return (random.standard_normal(shape) * 0.02).astype(np.float32)

    embedding = random.standard_normal((tokens, WIDTH)).astype(np.float32)
    embedding /= np.linalg.norm(embedding, axis=1, keepdims=True)
    head = np.zeros((tokens, WIDTH), np.float32)
    for token, successor in follows.items():
        head[successor] += embedding[token]
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", head * np.float32(CERTAINTY / np.sqrt(WIDTH)))
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    key_width = KEY_HEADS * WIDTH // HEADS
    for layer in range(LAYERS):
        prefix = f"blk.{layer}."
        for name, size in (("attn_q", WIDTH), ("attn_k", key_width), ("attn_v", key_width)):
            writer.add_tensor(f"{prefix}{name}.weight", noise(size, WIDTH))
            writer.add_tensor(f"{prefix}{name}.bias", np.zeros(size, np.float32))
        writer.add_tensor(f"{prefix}attn_output.weight", np.zeros((WIDTH, WIDTH), np.float32))
        writer.add_tensor(f"{prefix}attn_norm.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(f"{prefix}ffn_norm.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(f"{prefix}ffn_gate.weight", noise(HIDDEN, WIDTH))
        writer.add_tensor(f"{prefix}ffn_up.weight", noise(HIDDEN, WIDTH))
        writer.add_tensor(f"{prefix}ffn_down.weight", np.zeros((WIDTH, HIDDEN), np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a model that replays fixed replies.")
    parser.add_argument("out", type=Path)
    parser.add_argument("scripts", type=Path)
    parser.add_argument("--default", help="the script that is played unasked; unset: the first")
    options = parser.parse_args()
    scripts = json.loads(options.scripts.read_text(encoding="utf-8"))
    write_model(options.out, scripts, options.default or next(iter(scripts)))


if __name__ == "__main__":
    main()
