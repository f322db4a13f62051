"""Token figures from the bytes of the rendered prompt, and the modelled clock; no harness is trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .rates import BYTES_PER_TOKEN, MACHINES


def tokens(rendered: str | bytes) -> int:
    """UTF-8 bytes over BYTES_PER_TOKEN, rounded up."""
    data = rendered.encode(errors="surrogatepass") if isinstance(rendered, str) else rendered
    return -(-len(data) // BYTES_PER_TOKEN)


def common_prefix(first: bytes, second: bytes) -> int:
    """Length in bytes of the longest common prefix."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def render(request: Mapping[str, Any]) -> str:
    """The prompt as a chat template would put it: the tools first, then the messages, ChatML-like.

    Nothing of the request that a model would not read (sampling parameters, ids) is in it.
    """
    parts = []
    if tools := request.get("tools"):
        listed = "\n".join(_json(one) for one in tools)
        parts.append(f"<|im_start|>tools\n{listed}<|im_end|>\n")
    parts += [_message(one) for one in request.get("messages", ())]
    return "".join([*parts, "<|im_start|>assistant\n"])


def _message(message: Mapping[str, Any]) -> str:
    body = text_of(message.get("content"))
    for call in message.get("tool_calls") or ():
        body += f"\n<tool_call>\n{_json(call.get('function', {}))}\n</tool_call>"
    if thoughts := message.get("reasoning_content"):
        body = f"<think>\n{thoughts}\n</think>\n{body}"
    return f"<|im_start|>{message.get('role', 'user')}\n{body}<|im_end|>\n"


def text_of(content: Any) -> str:
    """A message's content as text; an image counts as a mark of its place."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        return "\n".join(part.get("text", f"<{part.get('type', 'part')}>") for part in content)
    return str(content)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def modelled_seconds(uncached: int, completion: int) -> dict[str, float]:
    """By machine: the time to read the uncached prompt tokens and to write the completion tokens."""
    return {name: uncached / read + completion / write for name, (read, write) in MACHINES.items()}
