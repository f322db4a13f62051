"""Thoughts that weigh a call, then an answer in words."""

THINKING: tuple[str, ...] = (
    "<think>I could call read_file on a.py, but the user asked what it is.</think>\n\nIt is a parser.",
    "<think>\nShould I run bash? No.\n</think>\n\nYou can run it yourself with make.",
    "The user greets me. No tool is needed.\n</think>\n\nHello! What shall we build?",
    '<think>Maybe {"name": "bash", "arguments": {"command": "ls"}} would help. But no.</think>Nothing to do.',
    'I might use {"name": "read_file", "arguments": {"path": "a.py"}} here.\nBut I know it.\n</think>\n\n'
    "The answer is 3.",
    '<think>\n[read_file(path="a.py")]\nHmm, not needed.\n</think>\n\nLine 3 is wrong.',
    '<think>\nAction: bash\nAction Input: {"command": "ls"}\nThat would be too much.\n</think>\n\nDone.',
    '<think>\n```json\n{"name": "bash", "arguments": {"command": "rm -rf /"}}\n```\nNever.\n</think>\n\n'
    "I won't delete anything.",
    '<think>I\'d call get_weather(location="Zürich").</think>\n\nMay I look up the weather?',
    "<think>The format is `<tool_call>{...}</tool_call>`, as I was told.</think>\n\nReady.",
    "<think>\n</think>\n\nThe file has 12 lines.",
    "<think></think>Yes.",
    "<think>Unfinished thought about read_file and bash, which goes on and",
    '<think>I\'ll answer with JSON.</think>\n\n{"ok": true}',
    'I\'ll answer with JSON.\n</think>\n\n{"name": "shop", "version": "1.0.0"}',
    '[THINK]I could use [TOOL_CALLS]bash[ARGS]{"command": "ls"} but he said no.[/THINK]All right, I won\'t.',
    "[THINK]The user wants a joke.[/THINK]Why did the parser cross the road? To get to the other bracket.",
    "<seed:think>A call would be <seed:tool_call><function=bash></function></seed:tool_call>.</seed:think>"
    "No call is needed.",
    '<|channel|>analysis<|message|>We could call functions.bash with {"command":"ls"}. Not needed.<|end|>'
    "<|start|>assistant<|channel|>final<|message|>It is in src.",
    "<|channel|>analysis<|message|>He asks for 2+2.<|end|><|start|>assistant<|channel|>final<|message|>4",
    "<|channel|>final<|message|>Use `to=functions.bash` only in the commentary channel.<|return|>",
    "<|channel|>commentary<|message|>I will look at the file next and then report.<|end|>",
    "<|START_THINKING|>I know it.<|END_THINKING|><|START_RESPONSE|>It is 3.<|END_RESPONSE|>",
    "<|START_TEXT|>No tool needed: the answer is 7.<|END_TEXT|>",
    "<|inner_prefix|>No tool fits.<|inner_suffix|>I can't do that.",
    "<|channel>thought\nCall bash? call:bash{command:ls} would list it. No.<channel|>The folder is empty.",
    "all\nHello! How can I help?",
    ">>>all\nThe tests pass.",
    "[BEGIN FINAL RESPONSE]\nThe tests pass.\n[END FINAL RESPONSE]",
    "<response>\nThe tests pass.\n</response>",
    "<think>\nplan:\n1. read_file\n2. patch\n</think>\n\nPlan: read the file, then patch it. Shall I?",
)
