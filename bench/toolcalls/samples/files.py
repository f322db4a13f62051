"""Small whole files in several languages."""

from __future__ import annotations

from ..values import Call


def _write(path: str, content: str) -> Call:
    return Call("write_file", {"path": path, "content": content}, "whole file")


FILES: tuple[Call, ...] = (
    _write(
        "src/stack.py",
        '"""A stack."""\n\nfrom __future__ import annotations\n\n\nclass Stack[T]:\n'
        "    def __init__(self) -> None:\n        self._items: list[T] = []\n\n"
        '    def pop(self) -> T:\n        """Raises IndexError where it is empty."""\n'
        "        return self._items.pop()\n",
    ),
    _write(
        "src/main.rs",
        "use std::collections::HashMap;\n\nfn main() {\n    let mut seen: HashMap<&str, Vec<u8>> = "
        'HashMap::new();\n    seen.insert("a\\tb", vec![b\'\\n\', 0x1f]);\n    println!("{:?} {}", seen, '
        'r#"raw "quoted" text"#);\n}\n',
    ),
    _write(
        "lib/retry.ts",
        "export async function retry<T>(run: () => Promise<T>, times = 3): Promise<T> {\n  try {\n"
        "    return await run();\n  } catch (error) {\n    if (times <= 1) throw error;\n"
        '    console.warn(`again: ${(error as Error).message}`, "left", times - 1);\n'
        "    return retry(run, times - 1);\n  }\n}\n",
    ),
    _write(
        "server/handler.go",
        'package server\n\nimport "net/http"\n\n// Ping says that the server lives.\n'
        'func Ping(w http.ResponseWriter, r *http.Request) {\n\tw.Header().Set("Content-Type", '
        '"application/json")\n\t_, _ = w.Write([]byte(`{"ok": true, "path": "` + r.URL.Path + `"}`))\n}\n',
    ),
    _write(
        "public/index.html",
        '<!doctype html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>Shop</title>\n'
        "  <style>a > p { margin: 0 }</style>\n</head>\n<body>\n  <!-- the list -->\n  <ul id='list'></ul>\n"
        '  <script>document.querySelector("#list").innerHTML = "<li>1<\\/li>";</script>\n</body>\n</html>\n',
    ),
    _write(
        "Dockerfile",
        "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -e . \\\n  && rm -rf /tmp/*\n"
        'CMD ["python", "-m", "shop", "--port", "8000"]\n',
    ),
    _write(
        "config/app.yaml",
        'name: shop\n# quoted because of the colon\ntitle: "Shop: the best"\nports:\n  - 80\n  - 443\n'
        "text: |\n  two\n  lines\nempty: null\n",
    ),
    _write(
        "package.json",
        '{\n  "name": "shop",\n  "version": "1.0.0",\n  "scripts": {\n    "test": "node -t \\"src/**\\""\n'
        '  },\n  "private": true\n}\n',
    ),
    _write(
        "db/001_orders.sql",
        "CREATE TABLE orders (\n  id INTEGER PRIMARY KEY,\n  note TEXT DEFAULT 'it''s new',\n"
        "  total NUMERIC(10, 2) CHECK (total >= 0)\n);\n",
    ),
    _write(
        "scripts/run.sh",
        '#!/usr/bin/env bash\nset -euo pipefail\nname="${1:-world}"\nif [[ "$name" =~ ^[a-z]+$ ]]; then\n'
        "\techo \"hello, $name\" | tr 'a-z' 'A-Z'\nfi\n",
    ),
    _write("notes.md", '# Notes\n\n- one `x`\n- two\n\n```python\nprint("hi")\n```\n\n> end\n'),
)
