"""Reading, searching and commands: one line each."""

from __future__ import annotations

from typing import Any

from ..values import Call


def _read(path: str, kind: str = "path", **more: Any) -> Call:
    return Call("read_file", {"path": path, **more}, kind)


def _bash(command: str, kind: str = "shell", **more: Any) -> Call:
    return Call("bash", {"command": command, **more}, kind)


def _search(pattern: str, kind: str = "regex", **more: Any) -> Call:
    return Call("search", {"pattern": pattern, **more}, kind)


SHELL: tuple[Call, ...] = (
    _read("src/parser.py"),
    _read("README.md"),
    _read("./crates/core/src/lib.rs"),
    _read("/home/ada/projects/shop/orders/models.py"),
    _read("docs/release notes (draft).md"),
    _read("web/src/components/[slug]/page.tsx"),
    _read("pkg/a,b=c/it's.go"),
    Call("find_files", {"pattern": "**/*.{ts,tsx}"}, "path"),
    Call("find_files", {"pattern": "tests/test_*.py"}, "path"),
    _read("src/parser.py", "numbers", start_line=120, end_line=180),
    _read("lib/queue.ts", "numbers", start_line=1, end_line=40),
    _read("main.go", "numbers", start_line=2048),
    _bash("pytest -q tests/test_orders.py", "numbers", timeout=120),
    _bash("make -j4 all", "numbers", timeout=600),
    _read("C:\\Users\\ada\\Documents\\shop\\app.cs", "windows"),
    _read("src\\net\\tables\\resolver.py", "windows", start_line=10, end_line=25),
    _bash('dir "C:\\Program Files\\nodejs" /b', "windows"),
    Call("find_files", {"pattern": "D:\\work\\**\\*.vbproj"}, "windows"),
    _bash("git log --oneline -n 5"),
    _bash('git commit -m "Fix the parser: it\'s one off"'),
    _bash("grep -rn 'def parse_' src --include='*.py' | head -20"),
    _bash("echo \"it's $HOME\" && ls -la | awk '{print $9, $5}' | sort -k2 -n"),
    _bash("python -c \"import json,sys; print(json.load(sys.stdin)['a'])\" < data.json"),
    _bash("sed -i 's/foo\\/bar/baz/g; s/\\s\\+$//' src/*.c"),
    _bash("find . -name '*.orig' -exec rm -f {} \\; ; test $? -eq 0 || exit 1"),
    _bash("for f in *.md; do printf '%s\\n' \"${f%.md}\"; done"),
    _bash("curl -s -X POST -H 'Content-Type: application/json' -d '{\"id\": 7}' http://localhost:8000/items"),
    _bash("docker run --rm -v \"$PWD:/src\" -w /src node:22 sh -c 'npm ci && npm test'", timeout=300),
    _bash("cat <<'EOF' > notes.txt\nfirst line\n\tsecond, with a tab\nEOF\nwc -l notes.txt", "multi-line"),
    _bash('set -eu\nfor d in a b; do\n  (cd "$d" && make)\ndone\n', "multi-line"),
    _bash("python - <<'PY'\nfrom pathlib import Path\nprint(len(Path('x').read_text()))\nPY", "multi-line"),
    _search("TODO|FIXME"),
    _search("def \\w+\\(self, .*\\) -> None:", path="src", case_sensitive=True),
    _search("^\\s*import\\s+\\{[^}]*\\}\\s+from\\s+['\"]\\./"),
    _search('\\bfoo\\("[^"]*"\\)', path="lib/", case_sensitive=False),
    _search("https?://[^\\s<>\"']+"),
    _search("\\d{4}-\\d{2}-\\d{2}T", path="logs"),
    _search("(?<!\\w)None(?=,|\\))"),
    _search("404", "looks otherwise"),
    _search("true", "looks otherwise", path="config", case_sensitive=True),
    _search("null", "looks otherwise"),
    _search("[]", "looks otherwise"),
    _search('{"name": "read_file"}', "looks otherwise"),
    _read("0", "looks otherwise"),
    Call("write_file", {"path": "VERSION", "content": "1.10"}, "looks otherwise"),
    Call("git_status", {}, "no arguments"),
    Call("git_status", {}, "no arguments"),
)
