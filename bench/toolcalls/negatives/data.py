"""Answers that are JSON, YAML, XML or HTML: data, not calls."""

JSON: tuple[str, ...] = (
    '{"name": "shop", "version": "1.0.0", "scripts": {"test": "node --test"}, "dependencies": {}}',
    '{\n  "name": "shop",\n  "private": true,\n  "scripts": {"build": "tsc", "bash": "bash run.sh"}\n}',
    '{"answer": 42}',
    '{"amount": 123.45, "currency": "CHF", "paid": false}',
    '{"name": "Ada", "age": 36, "languages": ["en", "fr"]}',
    '[{"name": "Ada", "role": "author"}, {"name": "Grace", "role": "editor"}]',
    '[{"name": "search", "hits": 3}, {"name": "patch", "hits": 1}]',
    '[{"name": "bash", "version": "5.2"}, {"name": "zsh", "version": "5.9"}]',
    '{"name": "bash", "version": "5.2"}',
    '{"name": "search", "version": "2.1.0", "license": "MIT"}',
    '{"name": "read_file", "description": "Read a file.", "parameters": {"type": "object", "properties": '
    '{"path": {"type": "string"}}, "required": ["path"]}}',
    '{"type": "function", "function": {"name": "bash", "description": "Run a command.", "parameters": '
    '{"type": "object", "properties": {"command": {"type": "string"}}, "required": ["command"]}}}',
    '{"tools": [{"name": "read_file"}, {"name": "bash"}]}',
    '{"tool": "hammer", "size": 3}',
    '{"action": "opened", "number": 7, "pull_request": {"title": "Fix it"}}',
    '{"action": "bash", "at": "10:00"}',
    '{"tool_calls": []}',
    '{"name": null, "arguments": null}',
    '{"arguments": {"path": "src/a.py"}}',
    '{"path": "src/a.py", "content": "print(1)"}',
    '{"path": "src/a.py", "old_str": "a", "new_str": "b"}',
    '{"command": "ls -la"}',
    '{"name": "read_file", "result": "12 lines", "ok": true}',
    '{"role": "tool", "name": "bash", "content": "exit 0"}',
    '{"role": "assistant", "content": "I have read the file."}',
    '{"error": {"name": "bash", "message": "not found"}}',
    '{"name": "read_file", "parameters": {"encoding": "utf-8"}}',
    '{"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "search"}]}}',
    '{"tasks": [{"label": "build", "type": "shell", "command": "make", "args": ["-j4"]}]}',
    '{"version": "0.2.0", "configurations": [{"name": "Launch", "request": "launch", "args": ["--fast"]}]}',
    '{"hooks": {"pre": [{"name": "lint", "command": "ruff check ."}]}}',
    '{"mcpServers": {"files": {"command": "npx", "args": ["-y", "server-files", "/tmp"]}}}',
    '["read_file", "bash", "search"]',
    "[]",
    "{}",
    "null",
    '"bash"',
    '{"weather": {"location": "Zürich", "days": 3}}',
    '{"read_file": true, "bash": false}',
    '{"permissions": {"bash": "ask", "read_file": "allow", "write_file": "ask"}}',
    '{"steps": [{"name": "bash", "arguments": "see below"}, {"name": "search", "arguments": "none"}]}',
)

FENCED_JSON: tuple[str, ...] = (
    'Here is the config:\n\n```json\n{"name": "shop", "version": "1.0.0"}\n```',
    '```json\n{"name": "shop", "arguments": ["--port", "80"]}\n```',
    'The request body looks like this:\n```json\n{"model": "x", "messages": [], "tools": '
    '[{"type": "function", "function": {"name": "bash"}}]}\n```',
    'The API answers with:\n\n```json\n{"id": 1, "tool_calls": [{"function": {"name": "bash", "arguments": '
    '"{\\"command\\": \\"ls\\"}"}}]}\n```\n\nwhich your client must handle.',
    'Put it into `tasks.json`:\n```json\n{"label": "test", "command": "pytest", "args": ["-q"]}\n```',
    'For example:\n```json\n{"name": "read_file", "arguments": {"path": "a.py"}}\n```\n'
    "This is how a call is written in that protocol.",
    '```json\n{"name": "bash", "arguments": {"command": "ls"}}\n```\nis what the server would send; '
    "I have not run anything.",
    'Two formats exist. The first:\n```json\n{"name": "bash", "arguments": {"command": "ls"}}\n```\n'
    'and the second:\n```json\n{"tool": "bash", "tool_input": {"command": "ls"}}\n```\n'
    "Your harness accepts the first only.",
    '```jsonc\n// settings\n{"search": {"exclude": ["node_modules"]}}\n```',
    "```json5\n{name: 'shop', version: '1.0'}\n```",
)

MARKUP: tuple[str, ...] = (
    '<div class="card"><p>Hello</p></div>',
    "<html><body><script>search('x')</script></body></html>",
    '```html\n<form action="/search"><input name="pattern"><button>search</button></form>\n```',
    "```xml\n<project><name>shop</name><version>1.0</version></project>\n```",
    "<note>\n<to>Ada</to>\n<body>read the file</body>\n</note>",
    "<tools>\n<tool>hammer</tool>\n<tool>saw</tool>\n</tools>",
    "<answer>The loop runs once too often.</answer>",
    "<result><path>src/a.py</path><line>3</line></result>",
    "<summary>I read the file and fixed it.</summary>",
    "```xml\n<read_file>\n<path>a.py</path>\n</read_file>\n```\nThat is how Cline writes it; others differ.",
    '```xml\n<tool_call>\n{"name": "bash", "arguments": {"command": "ls"}}\n</tool_call>\n```\n'
    "The tags are part of the prompt format. Nothing was run.",
    "<details><summary>Log</summary>\n\nbash: command not found\n\n</details>",
    '<p>Use <code>bash(command="ls")</code> for that.</p>',
    "The element <search> is new in HTML; browsers treat it like a section.",
    '```svg\n<svg><path d="M0 0L1 1"/></svg>\n```',
    '<svg><path d="M0 0L1 1"/></svg>',
)

YAML: tuple[str, ...] = (
    "```yaml\nname: bash\nversion: 5.2\n```",
    "```yaml\nsteps:\n  - name: read_file\n    run: cat a.py\n  - name: bash\n    run: make\n```",
    "name: build\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest -q",
    "```yaml\nname: search\narguments:\n  - --pattern\n  - TODO\n```\nThis is the manifest.",
    "path: src/a.py\ncontent: |\n  print(1)\n",
    '```toml\n[tool.bash]\ncommand = "ls"\n```',
    '[tool.ruff]\nline-length = 110\n\n[tool.search]\npattern = "TODO"',
    "```ini\n[bash]\npath=/bin/bash\n```",
    "- read_file:\n    path: a.py\n- bash:\n    command: make",
)
