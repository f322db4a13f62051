"""What a server's refusal means: which typed error it is, and whether asking again can help.

Servers tell the same thing in many shapes: an ``error`` object, an ``error`` string, ``detail``, plain
text, with an HTTP status or inside a 200. Everything here is a function of what was received.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import httpx

from ..errors import BadReply, ContextOverflow, ModelError, ModelRefused, ModelUnreachable, StreamDropped

MAX_EXCERPT = 600


class Retry(Enum):
    """Whether the same request may be sent again."""

    NEVER = "never"
    ONCE = "once"  # an internal error that more likely is the request's own fault
    PASSING = "passing"
    LOADING = "loading"  # the server is up and reads its model
    RESTART = "restart"  # nothing listens: worth a try only where something did before


class Fault(Exception):
    """Inside the adapters: the error that the caller will see, and what may be done before it does.

    ``after`` is the server's Retry-After in seconds.
    """

    def __init__(self, error: ModelError, retry: Retry = Retry.NEVER, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry = retry
        self.after = after


@dataclass(frozen=True, slots=True)
class Refusal:
    """A server's error, whatever its shape. ``kind`` holds its type and code, ``field`` what it
    complains of."""

    message: str
    kind: str = ""
    field: str = ""
    status: int | None = None
    prompt_tokens: int | None = None
    window: int | None = None


# What json.loads raises: the second for values nested too deeply for it.
NOT_JSON = (ValueError, RecursionError)


def positive(value: Any) -> int | None:
    """A positive whole number, else None: what servers put into number fields is not always one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1 << 53:
        return None
    return int(value)


def excerpt(text: str) -> str:
    """One line fit for a terminal: no control characters, not endless."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= MAX_EXCERPT else f"{line[:MAX_EXCERPT]}…"


def read_refusal(payload: Any) -> Refusal:
    """Of a decoded body or of its text."""
    if isinstance(payload, Mapping):
        error = payload.get("error") or payload
        if isinstance(error, Mapping):
            return _refusal_of_object(error)
        return Refusal(excerpt(str(error)))
    return Refusal(excerpt(str(payload)))


def _refusal_of_object(error: Mapping[str, Any]) -> Refusal:
    message, field = error.get("message"), error.get("param")
    detail = error.get("detail")
    if message is None and isinstance(detail, list):
        # FastAPI's validation errors: a list of {"loc": ["body", FIELD], "msg": …}.
        entries = [entry for entry in detail if isinstance(entry, Mapping)]
        located = [(".".join(map(str, entry.get("loc", ()))), entry.get("msg", "")) for entry in entries]
        message = "; ".join(f"{place}: {text}" for place, text in located)
    elif message is None:
        message = detail if detail is not None else json.dumps(error, default=str)
    code = error.get("code")
    return Refusal(
        message=excerpt(str(message)),
        kind=f"{error.get('type') or ''} {code if isinstance(code, str) else ''}".strip(),
        field=field if isinstance(field, str) else "",
        status=code if isinstance(code, int) and 400 <= code < 600 else None,
        prompt_tokens=positive(error.get("n_prompt_tokens")),
        window=positive(error.get("n_ctx")),
    )


# llama.cpp's type, then OpenAI's code.
_OVERFLOW_KIND = re.compile(r"exceed_context_size|context_length_exceeded|context_window_exceeded")

# The wording of llama.cpp, OpenAI and vLLM, LM Studio, Ollama, SGLang, and of hosted models.
_OVERFLOW_MESSAGE = re.compile(
    r"exceed\w* (?:the |this |model'?s? |max\w* )*(?:available )?context"
    r"|(?:maximum|max) context length"
    r"|(?:prompt|input)[^.]{0,40} (?:is )?too (?:long|large)(?! to process)"
    r"|(?:greater|longer) than the (?:\w+ )?(?:model'?s? )?(?:maximum )?(?:context|model) length"
    r"|context (?:length|size|window) (?:has been |was )?exceed"
    r"|n_keep[^.]{0,40}>= n_ctx"
    r"|when context the overflows|context (?:window )?overflow"
    r"|context length of only \d+"
    r"|context length is only \d+"
    r"|reduce the length of the (?:messages|input|prompt)"
    r"|input token count[^.]* exceeds"
    r"|maximum prompt length is \d+",
    re.IGNORECASE,
)
_WINDOW = (
    re.compile(
        r"(?:context length|context size|context window|maximum model length|max_seq_len|prompt length)"
        r"(?: of| is)?(?: only)?\s*\(?(\d+)"
        r"|\((\d+) tokens\), try increasing"
        r"|> (\d+) maximum"
        r"|n_ctx\W*(\d+)",
        re.IGNORECASE,
    ),
)
# In this order: vLLM tells the sum of prompt and reply before the prompt itself.
_PROMPT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(\d+) (?:tokens )?(?:in|from) (?:the|your) (?:input|prompt|messages)",
        r"request \((\d+) tokens\)",
        r"(\d+) input tokens",
        r"(?:messages resulted in|keep the first|input \(|prompt \((?:total )?length) ?(\d+)",
        r"too long: (\d+) tokens",
        r"n_keep\W*(\d+)",
        r"requested (?:about )?(\d+) tokens",
    )
)


def _number(patterns: Sequence[re.Pattern[str]], text: str) -> int | None:
    """The number that the first fitting pattern finds."""
    for pattern in patterns:
        if found := pattern.search(text):
            return next(int(group) for group in found.groups() if group)
    return None


def is_overflow(status: int, refusal: Refusal) -> bool:
    if _OVERFLOW_KIND.search(refusal.kind):
        return True
    # A limit on tokens a minute is worded alike, but comes as 429.
    return status != 429 and _OVERFLOW_MESSAGE.search(refusal.message) is not None


# A 500 with one of these words speaks of the request: unparsable arguments in the history, a template that
# raises, a grammar that does not compile. The same bytes will fail again.
_REQUEST_AT_FAULT = re.compile(
    r"pars(?:e|ing)|json|jinja|template|grammar|schema|invalid|unsupported|not support|must be|missing",
    re.IGNORECASE,
)
_LOADING = re.compile(r"loading|unavailable_error", re.IGNORECASE)
_NO_TOOLS = re.compile(
    r"(?:not support|enable).{0,40}\btool|\btool.{0,60}(?:not support|enable|requires)", re.I
)
_NEVER_PASSING = frozenset({501, 505})


def retry_of(status: int, refusal: Refusal) -> Retry:
    if status == 503 and _LOADING.search(f"{refusal.kind} {refusal.message}"):
        return Retry.LOADING
    if status == 500 and _REQUEST_AT_FAULT.search(refusal.message):
        return Retry.ONCE
    if status in {408, 429} or (status >= 500 and status not in _NEVER_PASSING):
        return Retry.PASSING
    return Retry.NEVER


def _remedy(status: int, refusal: Refusal) -> str:
    if _NO_TOOLS.search(refusal.message):
        return (
            "Choose a model that can call tools, or start the server with them "
            "(llama-server --jinja; vllm serve --enable-auto-tool-choice --tool-call-parser …)."
        )
    if 300 <= status < 400:
        return (
            "Redirects are not followed, so that a key stays with its host: set base_url to where it leads."
        )
    if status in {401, 403}:
        return "Check api_key; it is sent only to the host of base_url."
    if status == 404:
        return "Check base_url and model."
    if status == 429:
        return "The server limits how much may be asked; wait a while."
    if retry_of(status, refusal) is Retry.LOADING:
        return "Wait until the model is loaded."
    if status >= 500:
        return "The server's own log says more."
    return ""


def refuses_tools(error: ModelRefused) -> bool:
    """Whether a server refused a request for its tools: Ollama for a model whose template has none, vLLM
    without --enable-auto-tool-choice, llama.cpp without --jinja."""
    return error.status in {400, 422, 500, 501} and _NO_TOOLS.search(error.message) is not None


def fault_of_refusal(address: str, status: int, payload: Any, after: float | None = None) -> Fault:
    """``status`` is the HTTP status; where an error comes in a 200, the body's own code counts if it
    has one."""
    refusal = read_refusal(payload)
    if status < 300:
        status = refusal.status or status
    said = refusal.message.rstrip(".") or "no reason given"
    if refusal.field and refusal.field not in said:
        said = f"{said} ({refusal.field})"
    if is_overflow(status, refusal):
        window = refusal.window or _number(_WINDOW, refusal.message)
        prompt = refusal.prompt_tokens or _number(_PROMPT, refusal.message)
        message = f"The prompt does not fit the model's window ({address}: {said})."
        return Fault(ContextOverflow(address, status, message, prompt, window))
    error = ModelRefused(address, status, f"{address} answered {status}: {said}.", _remedy(status, refusal))
    return Fault(error, retry_of(status, refusal), after)


def fault_of_transport(address: str, error: httpx.HTTPError) -> Fault:
    """Of a connection that could not be made, or that broke."""
    said = excerpt(str(error)).rstrip(".") or type(error).__name__
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
        remedy = "Start the server, or set base_url to where it listens."
        retry = Retry.RESTART
        if "certificate" in said.lower():
            remedy = "Let SSL_CERT_FILE name the certificate authority that signed the server's certificate."
            retry = Retry.NEVER
        elif isinstance(error, httpx.ProxyError):
            remedy = "Check the proxy variables (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY)."
        return Fault(ModelUnreachable(address, f"No connection to {address}: {said}.", remedy), retry)
    if isinstance(error, httpx.DecodingError) or "illegal" in said:
        return Fault(
            BadReply(address, f"{address} does not answer in HTTP as agreed: {said}.", "Check base_url.")
        )
    return dropped(address, said)


def dropped(address: str, why: str) -> Fault:
    """The connection ended before the reply did."""
    remedy = "The server's own log says more; or base_url names something else than a model server."
    error = StreamDropped(address, f"The reply of {address} broke off: {why}.", remedy)
    return Fault(error, Retry.PASSING)
