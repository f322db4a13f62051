"""Edits of code: several lines, quotes, backslashes, tabs, tags and letters outside of ASCII."""

from __future__ import annotations

from ..values import Call


def _patch(path: str, old: str, new: str, kind: str = "patch") -> Call:
    return Call("patch", {"path": path, "old_str": old, "new_str": new}, kind)


EDITS: tuple[Call, ...] = (
    _patch("src/money.py", "return round(total, 2)", "return total.quantize(CENT)"),
    _patch(
        "src/cart.py",
        "    for item in items:\n        total += item.price",
        '    for item in items:\n        if item.price is None:\n            raise ValueError(f"{item!r}")\n'
        "        total += item.price * item.count",
    ),
    _patch(
        "web/app.js",
        "const url = `/api/${id}`;\nfetch(url).then(r => r.json())",
        "const url = `/api/${encodeURIComponent(id)}`;\n"
        "const reply = await fetch(url, {headers: {'Accept': \"application/json\"}});\n"
        "if (!reply.ok) {\n  throw new Error(`HTTP ${reply.status}`);\n}",
    ),
    _patch(
        "cmd/main.go",
        "\tif err != nil {\n\t\tpanic(err)\n\t}",
        '\tif err != nil {\n\t\treturn fmt.Errorf("open %q: %w", name, err)\n\t}',
        "tabs",
    ),
    _patch("Makefile", "test:\n\tpytest", "test: build\n\tpytest -q -m 'not slow'\n\n.PHONY: test", "tabs"),
    _patch("data/table.tsv", "id\tname\n1\tAda", "id\tname\tborn\n1\tAda\t1815", "tabs"),
    _patch(
        "src/regex.py",
        "NAME = re.compile('[a-z]+')",
        'NAME = re.compile(r"[^\\W\\d_]+(?:[\'\\-][^\\W\\d_]+)*")\nPATH = "C:\\\\temp\\\\new"',
        "backslashes",
    ),
    _patch(
        "lib/escape.c",
        "putchar('\\n');",
        "fputs(\"\\\\\\\"\\t\\x1b[0m\\n\", out);\nif (c == '\\\\') { *p++ = '\\\\'; }",
        "backslashes",
    ),
    _patch(
        "templates/index.html",
        "<div>\n  <p>Hello</p>\n</div>",
        '<div class="card">\n  <p>Hello, <b>{{ name }}</b> &amp; all</p>\n  <br/>\n</div>',
        "markup",
    ),
    _patch(
        "src/View.tsx",
        "return <List items={items} />;",
        "return (\n  <>\n    {items.length > 0 && <List<Item> a={items} />}\n    <p>{`a<b`}</p>\n  </>\n);",
        "markup",
    ),
    _patch(
        "pom.xml",
        "<version>1.0</version>",
        "<version>1.1</version>\n<properties>\n  <name>shop</name>\n</properties>",
        "markup",
    ),
    _patch(
        "docs/format.md",
        "The call ends here.",
        "The call ends with `</tool_call>`, and an answer with `</think>`.",
        "own markup",
    ),
    _patch("src/stop.py", 'STOP = ["</s>"]', 'STOP = ["</tool_call>", "<|im_end|>"]', "own markup"),
    _patch("i18n/de.po", 'msgstr ""', 'msgstr "Größe ändern — „jetzt“ …"', "unicode"),
    _patch("i18n/ja.json", "保存", "保存する（上書き）", "unicode"),
    _patch("src/emoji.ts", "const ok = 'yes';", "const ok = '✅ naïve café 👩‍💻';", "unicode"),
    _patch(
        "config/rules.json",
        '{"rules": []}',
        '{"rules": [{"id": "a\\"b", "path": "C:\\\\x", "on": true}],\n "more": null}',
        "json in a string",
    ),
    _patch(
        "tests/data.py",
        "PAYLOAD = None",
        'PAYLOAD = \'{"name": "bash", "arguments": {"command": "ls"}}\'',
        "json in a string",
    ),
    _patch("src/unused.py", "import os\n", "", "empty string"),
    Call("write_file", {"path": "src/pkg/__init__.py", "content": ""}, "empty string"),
)
