"""Whether a text is in the language of a GBNF grammar, by the regex library's recursive patterns."""

from __future__ import annotations

import regex

_TOKEN = regex.compile(
    r"""(?P<literal>"(?:\\.|[^"\\])*")|(?P<cls>\[(?:\\.|[^\]\\])*\])|(?P<name>[a-z][a-z0-9-]*)"""
    r"""|(?P<other>[()|*+?]|\{\d+(?:,\d*)?\})|(?P<space>\s+)"""
)
_ESCAPES = {"n": "\n", "r": "\r"}


def admits(grammar: str, text: str) -> bool:
    """Raises ValueError for what is no grammar, or names a rule that there is not."""
    rules = dict(line.split(" ::= ", 1) for line in grammar.splitlines() if line.strip())
    defined = "".join(f"(?P<{_word(name)}>{_body(body, rules)})" for name, body in rules.items())
    return regex.fullmatch(f"(?(DEFINE){defined})(?&root)", text, timeout=5) is not None


def _word(name: str) -> str:
    return name.replace("-", "_")


def _body(body: str, rules: dict[str, str]) -> str:
    parts, at = [], 0
    while at < len(body):
        token = _TOKEN.match(body, at)
        if token is None:
            raise ValueError(f"no GBNF: {body[at:]!r}")
        at = token.end()
        parts.append(_part(token, rules))
    return "".join(parts)


def _part(token: regex.Match[str], rules: dict[str, str]) -> str:
    text = token.group()
    match token.lastgroup:
        case "literal":
            plain = regex.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text[1:-1])
            return f"(?:{regex.escape(plain)})"
        case "name":
            if text not in rules:
                raise ValueError(f"there is no rule {text}")
            return f"(?&{_word(text)})"
        case "space":
            return ""
        case _:
            return "(?:" if text == "(" else text
