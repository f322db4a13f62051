"""The custom methods: the one place that spells their names. Their params and results are in ``wire``.

docs/lsp-extensions.md describes each with an example; a test keeps the two in step.
"""

PROTOCOL_VERSION = 1

TURN = "smallcode/turn"
UPDATE = "smallcode/update"
PERMISSION = "smallcode/permission"
SAVE = "smallcode/save"
SESSION_NEW = "smallcode/session/new"
SESSION_LIST = "smallcode/session/list"
UNDO = "smallcode/undo"
STATUS = "smallcode/status"
COMMAND = "smallcode/command"
DIAGNOSTICS = "smallcode/diagnostics"

# Names for workspace/executeCommand. They differ from the commands that the frontends register for their
# users, because vscode-languageclient registers every name listed here in the editor by itself.
RUN_FIX = "smallcode.server.fix"
RUN_EXPLAIN = "smallcode.server.explain"
RUN_ASK = "smallcode.server.ask"
RUN_STOP = "smallcode.server.stop"
RUN_UNDO = "smallcode.server.undo"
