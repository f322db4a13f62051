"""What the model does in a shell where no tool does it: small scripts that fail aloud."""

from __future__ import annotations

import shlex

_EDIT = """\
python3 - <<'EDIT_END'
path, old, new = {path!r}, {old!r}, {new!r}
with open(path, encoding="utf-8", newline="") as file:
    text = file.read()
if "\\r\\n" in text:
    old, new = old.replace("\\n", "\\r\\n"), new.replace("\\n", "\\r\\n")
if not old or text.count(old) != 1:
    raise SystemExit(f"error: the old text occurs {{text.count(old)}} times in {{path}}")
with open(path, "w", encoding="utf-8", newline="") as file:
    file.write(text.replace(old, new))
print("edited", path)
EDIT_END"""

_WRITE = """\
python3 - <<'WRITE_END'
import os
path, content = {path!r}, {content!r}
os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
with open(path, {mode!r}, encoding="utf-8", newline="") as file:
    file.write(content)
print({word!r}, path)
WRITE_END"""


def edit(path: str, old: str, new: str) -> str:
    return _EDIT.format(path=path, old=old, new=new)


def write(path: str, content: str) -> str:
    return _WRITE.format(path=path, content=content, mode="w", word="wrote")


def append(path: str, content: str) -> str:
    return _WRITE.format(path=path, content=content, mode="a", word="appended to")


def read(path: str, first: int = 0, last: int = 0) -> str:
    quoted = shlex.quote(path)
    return f"sed -n '{max(first, 1)},{last}p' {quoted}" if last else f"cat {quoted}"


def listing(folder: str, pattern: str) -> str:
    named = f" -name {shlex.quote(pattern)}" if pattern else ""
    return f"find {shlex.quote(folder or '.')} -type f{named} -not -path '*/.git/*'"


def search(pattern: str, folder: str) -> str:
    return f"grep -rnF -e {shlex.quote(pattern)} {shlex.quote(folder or '.')}"
