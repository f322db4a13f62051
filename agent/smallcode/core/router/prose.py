"""A message as prose: code, paths, names and addresses in it become words of their own, in upper case.

What is left is lower case, so that ``fix parseDate() in src/dates.py`` reads ``fix NAME in FILE``, and the
table of signals can speak of files and names without knowing how they look. Only the beginning and the end of
a long message are looked at, and every pattern is linear.
"""

from __future__ import annotations

import re

HEAD_CHARS = 1000
TAIL_CHARS = 300
"""What is looked at of a message. A request stands before what was pasted or behind it."""

EXTENSIONS = (
    "py|pyi|ipynb|js|jsx|mjs|cjs|ts|tsx|vue|svelte|go|rs|c|h|cc|cpp|cxx|hpp|cs|java|kt|kts|swift|scala|rb|php"
    "|lua|sh|bash|zsh|ps1|bat|sql|html?|css|scss|sass|less|json5?|jsonc|ya?ml|toml|ini|cfg|conf|env|lock|xml"
    "|md|mdx|rst|txt|csv|tsv|log|proto|graphql|tf|gradle|cmake|mk|r|jl|ex|exs|erl|hs|ml|zig|nim|dart|pl|vim"
    "|diff|patch|svg|png|jpe?g|gif|pdf|snap|tmpl|j2|gitignore|dockerfile|properties|plist"
)
_FOLDERS = "src|lib|libs|tests?|docs?|app|apps|pkg|cmd|bin|scripts?|server|client|api|core|packages|internal"

# Words that look like names or files and are the proper names of things everybody talks about.
_PRODUCTS = (
    r"(?:node|next|vue|nuxt|express|three|d3|react|nest|ember|backbone|discord|alpine|chart)\.js|socket\.io"
    r"|(?:java|type|coffee|action)script|github|gitlab|fastapi|openai|numpy|scipy|graphql|postgresql|mysql"
    r"|sqlite|mongodb|websockets?|devops|youtube|linkedin|stackoverflow|powershell|macos|ios|iphone|nodejs"
    r"|nextjs|vscode|neovim|pytorch|tensorflow|huggingface|restful|oauth2?|wifi|e\.g\.?|i\.e\.?|asp\.net"
    r"|rabbitmq|redis|dynamodb|cloudflare|javadoc|jsdoc|smallcode|leetcode|lifo|fifo|wasm"
)

_THINGS = re.compile(
    rf"""
    (?P<code>```[\s\S]*?(?:```|\Z))
  | (?P<trace>
        ^[ \t]*(?:Traceback\ \(most\ recent.*|File\ ".*",\ line\ \d+.*|at\ .{{1,200}}:\d+:?\d*\)?$
        |(?:[\w.]{{1,60}}(?:Error|Exception|Warning)|panic|fatal\ error)\b:?.*
        |error(?:\[E?\d+\])?:.*|error\ TS\d+.*|(?:FAILED|ERROR|E|FAIL)\ {{1,9}}\S.*|thread\ '.*'\ panicked.*
        |npm\ ERR!.*|[\w./-]{{1,80}}:\d+:\d+:\ .*|[\w./-]{{1,80}}:\d+:\ .{{0,20}}error.*)
    )
  | (?P<lines>^[ \t]*(?:
        .{{0,200}}[;{{}}][ \t]*
        |(?:if|elif|else|for|while|def|class|with|try|except|switch|case)\b.{{0,200}}:[ \t]*
        |[\w.\[\]]{{1,60}}\ [-+*/|]?=\ .{{1,200}}|return\ [\w.]{{1,40}}[\w.()\[\]]*
        |(?:import|from)\ [\w.]+(?:\ import\ .*)?
        )$
        |^(?:[ ]{{2,}}|\t)(?![-*•\d])\S.*[)\]\w]$)
  | (?P<host>\b(?:https?://)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?\S*)
  | (?P<url>\b(?:https?://|www\.)\S+
        |(?<![\w.-])(?:[\w-]{{2,40}}\.(?:com|org|net|readthedocs\.io|github\.io)|docs\.rs|crates\.io|pkg\.go\.dev)\b(?:/\S*)?)
  | (?P<tick>`[^`\n]{{1,200}}`)
  | (?P<text>"[^"\n]{{1,200}}"|“[^”\n]{{1,200}}”|«[^»\n]{{1,200}}»|(?<![\w'])'[^'\n]{{1,80}}'(?!\w))
  | (?P<plain>\b(?i:{_PRODUCTS})(?!\w))
  | (?P<file>
        (?<![\w.@/~-])@?(?:[\w.~@-]{{0,60}}/){{0,12}}[\w.@-]{{0,60}}\.(?:{EXTENSIONS})\b(?!\()(?:[:#]L?\d+(?:[-:]L?\d+)?)?
        |(?<![\w/])(?:\.{{0,2}}/)?(?:{_FOLDERS})/[\w./-]*|(?<![\w/])\.{{1,2}}/[\w./-]+|(?<![\w/])[\w.-]+/(?=\s|$)
        |(?<![\w/])(?:[\w.-]{{1,60}}/){{2,20}}[\w.-]{{0,60}}|@[\w./-]+
        |\b(?:Dockerfile|Makefile|README|CHANGELOG|LICENSE|TODO\.md)\b
    )
  | (?P<name>
        \b(?!O\()[A-Za-z]\w{{0,60}}\([^()\n]{{0,60}}\)|\b\w+(?:::\w+)+|\b[A-Za-z]\w*_\w+\b|\b__\w+__\b|\b_\w+\b
        |\b[a-z]+[A-Z]\w*|\b(?:[A-Z][a-z0-9]+){{2,9}}\b|\b[a-z]\w{{1,40}}\.[a-z]\w{{1,40}}\b|(?<!\S)--[\w-]+
    )
    """,
    re.VERBOSE | re.MULTILINE,
)  # fmt: skip

# Editors put what is attached before the request.
_MENTIONS = re.compile(r"\A\s*(?:[@#][\w./:#-]{1,200}\s+)+")
_COMMANDS = re.compile(
    r"(?:\$ )?(?:sudo |time )?(?:npm|npx|pnpm|yarn|bun|node|deno|tsc|eslint|prettier|jest|vitest|pip3?|pipx"
    r"|uv|poetry|python3?|pytest|tox|nox|ruff|black|mypy|cargo|rustc|go|make|cmake|gradle|mvn|docker|kubectl|helm"
    r"|terraform|git|gh|bash|sh|ls|cd|mkdir|rm|cp|mv|chmod|curl|wget|ssh|ping|ps|kill|df|du|top|tail|env|which"
    r"|apt(?:-get)?|brew|systemctl|psql|sqlite3|redis-cli|dotnet|php|composer|bundle|rake|rails|ruby|java|javac"
    r"|flask|uvicorn|gunicorn|alembic|celery|django-admin|hatch|conda|gcc|g\+\+|clang|valgrind|gdb|perf)"
    r"(?=\s|$)"
)
_FILE = re.compile(rf"[\w@~./-]*(?:\.(?:{EXTENSIONS})|/)[:\d]*")


def prose(message: str) -> str:
    """The message as described above, at most about HEAD_CHARS + TAIL_CHARS characters of it."""
    if len(message) > HEAD_CHARS + TAIL_CHARS:
        message = f"{message[:HEAD_CHARS]}\n{message[-TAIL_CHARS:]}"
    message = _MENTIONS.sub(lambda found: "@x.md: ", message, count=1)
    pieces, at = [], 0
    for found in _THINGS.finditer(message):
        pieces += [message[at : found.start()].lower(), _word(found)]
        at = found.end()
    pieces.append(message[at:].lower())
    return "".join(pieces).replace("’", "'").strip()


def is_command(text: str) -> bool:
    """Whether a text begins like a command line of a well-known program."""
    return _COMMANDS.match(text) is not None


def _word(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind == "plain":
        return found.group().lower()
    if kind == "lines":
        return "CODE"
    if kind != "tick":
        return kind.upper()
    inside = found.group()[1:-1].strip()
    if is_command(inside) and " " in inside:
        return "COMMAND"
    return "FILE" if _FILE.fullmatch(inside) else "NAME"
