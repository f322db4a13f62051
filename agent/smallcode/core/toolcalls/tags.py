"""The tokens around calls, recognised by how they are made rather than one by one.

Templates name their tokens alike: an optional bar, an optional namespace, "tool" or "function", "call",
and "begin" or "end". Servers that strip or rewrite tokens leave ASCII bars and underscores where a model
knows U+FF5C and U+2581. All sources here are for use with IGNORECASE.
"""

from __future__ import annotations

import re

BAR = r"[|｜]"
_WORDS = r"(?:tools?|functions?)[ _▁]?(?:calls?|uses?|requests?)(?:[ _▁](?:section|block|list))?"
_SPACE_OF_NAMES = rf"(?:(?!end|close)[\w.-]{{1,20}}[ ]?(?:[:_]|{BAR})[ ]?)?"
_NAME = rf"{_SPACE_OF_NAMES}{_WORDS}"
_BEGIN = r"(?:[ _▁:]?(?:begin|start|prefix))?"
# Hunyuan V3 may write a namespace behind the name.
SUFFIX = r"(?::(?!begin|start|end|value)[\w.-]{1,20})?"
_MCP = r"use_(?:mcp_)?tool"
_END = r"[ _▁:]?(?:end|stop|suffix)"

# MiniMax M3 writes this before every tag.
NOISE = r"(?:\]<\]minimax\[>\[\s*)?"

# Tags that mean a call: what follows is one, or it is mere talk of the tag.
OPEN = (
    rf"{NOISE}<(?:{BAR}[ ]?{_NAME}{_BEGIN}[ ]?{BAR}?|"
    rf"(?:{_NAME}{_BEGIN}|{_MCP}){SUFFIX}(?:\s[^<>\n]{{0,80}})?)>"
)
OPEN_TOKENS = (
    rf"<{BAR}(?:python_tag|python_start|start_action|tools_prefix|action_start|plugin|interpreter|"
    rf"content_invoke_tool_json|recipient){BAR}>|\[TOOL_CALLS?\]|\[TOOL_REQUEST\]|functools(?=\s*\[)|"
    r"<\|open\|>\s*tools\s*<\|sep\|>|function[ ]call<\|role_sep\|>|\[unused11\]|<<function>>|"
    r"->[ ]tool/function_call\s"
)
# Tags that mean a call only where a whole one that an offered tool accepts stands inside.
WEAK_OPEN = (
    r"<(?:tools?|json|response|action|call|execute|answer|tool_code|function|functions|command|output)>"
)

# What ends a call or a list of calls, in a pair or not.
CLOSE = (
    rf"{NOISE}</{BAR}?[ ]?(?:{_NAME}{SUFFIX}|{_MCP}|tools?|json|response|action|call|execute|answer|tool_code|"
    rf"functions?|invoke|(?:[\w.-]{{1,20}}[:|｜]|｜[\w.-]{{1,20}}｜)[\w-]{{1,20}}|command|output|steptml:invoke){BAR}?>|"
    rf"<{BAR}?[ ]?(?:{_NAME}{_END}|tool▁outputs▁begin)[ ]?{BAR}?>|<(?:end|close)_?{_WORDS}>|"
    rf"<{_NAME}{BAR}>|<{BAR}/(?:\w+){BAR}>|<(?:python_end|end_action|tools_suffix|action_end|eom_id|eot_id|"
    rf"call|end|return|im_end|content|stop|end_message)>|"
    rf"<{BAR}(?:python_end|end_action|tools_suffix|action_end|eom_id|eot_id|calls?|im_end|stop|end_message|"
    rf"end){BAR}>|"
    r"\[/TOOL_CALLS?\]|\[END_TOOL_REQUEST\]|\[/?TOOL_RESULTS?\]|<\|close\|>\s*(?:tools|call|message)\s*<\|sep\|>|"
    r"</s>|\[unused12\]|<bot_end>"
)
# Between a name and its arguments.
SEPARATOR = (
    rf"<{BAR}?tool[ _▁]sep{SUFFIX}{BAR}?>|<{BAR}{_WORDS}:arg(?:ument)?s?{BAR}>|"
    rf"<{BAR}tool_call_argument_begin{BAR}>|\[ARGS\]|\[CALL_ID\][\w-]{{0,64}}|"
    rf"<{BAR}constrain{BAR}>\s*\w*|<{BAR}(?:message|content|arguments?|plugin|content_invoke_tool_json){BAR}>"
)
# Tokens that end or frame a turn. They are no text; where words go on behind one, it is being talked about.
CONTROL = (
    r"<\|start_header_id\|>\s*\w{0,20}\s*<\|end_header_id\|>|"
    rf"<{BAR}(?:im_end|im_start|eot_id|eom_id|endoftext|end_of_text|begin_of_text|eot|eos|end_of_turn|end_of_msg|"
    rf"return|stop|end_of_turn_token|start_response|end_response|start_text|end_text|end_of_role|start_of_role|"
    rf"message_sep|end_message|message_model|content_text|assistant|end▁of▁sentence|begin▁of▁sentence|"
    rf"end_of_sentence|assistant_end|call|end|separator|eom){BAR}>|"
    rf"<{BAR}from{BAR}>\s*assistant|</s>|<eos>|<end_of_turn>|<start_of_turn>(?:model)?|\[e~\[|"
    r"\[(?:BEGIN|END) FINAL RESPONSE\]|"
    r"<\|start\|>\s*assistant|<\|channel\|>\s*(?:final|commentary)\s*(?:<\|constrain\|>\s*\w*)?<\|message\|>|"
    r"<\|(?:open|close)\|>\s*(?:response|message|tools)\s*<\|sep\|>"
)

FLAGS = re.IGNORECASE
_CLOSERS = re.compile(rf"(?:\s*(?:{CLOSE}))+", FLAGS)
_CLOSER = re.compile(rf"\s*(?:{CLOSE})", FLAGS)
# Solar writes an id, a token, and the name behind it.
_NAME_TOKEN = rf"(?:[\w-]{{1,64}})?<{BAR}{_WORDS}:name{BAR}>"
# Tags that may stand between the tag of a call and what it holds, where they mean nothing.
_INNER = (
    r"<server_name>[^<>\n]{0,80}</server_name>|<(?:tool|function|call|action)>(?=\s*[<{\[]\s{0,9}[\w\"'{])"
)
_BETWEEN = re.compile(
    rf"(?:\s|[;,]|(?:{_NAME_TOKEN})|function(?=\s*(?:{SEPARATOR}))|{_INNER}|(?:{OPEN})|(?:{OPEN_TOKENS})|"
    rf"(?:{SEPARATOR}))+",
    FLAGS,
)
_ANY_OPEN = re.compile(rf"(?:{OPEN})|(?:{OPEN_TOKENS})|(?:{WEAK_OPEN})", FLAGS)


def past_closers(text: str, at: int) -> int:
    """The offset behind the end tags at ``at``, or ``at`` itself."""
    found = _CLOSERS.match(text, at)
    return found.end() if found else at


def past_openers(text: str, at: int) -> int:
    """The offset behind white space, separators and further openers at ``at``."""
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def is_closer(text: str, at: int) -> bool:
    return _CLOSER.match(text, at) is not None


def is_opener(text: str, at: int) -> bool:
    return _ANY_OPEN.match(text, at) is not None
