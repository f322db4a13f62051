"""Plans, designs and advice on how to go about something."""

from __future__ import annotations

from .. import words as w

NOUN_FIRST = (
    r"(?:(?!the\b|an?\b|this\b|our\b|my\b|your\b)\w+[ -]){0,3}(?:plan|roadmap|strategy)(?: (?:for|to)\b"
    r"|$)",
)
MAKE_A_PLAN = (
    rf"(?:make|write|create|draft|draw|come up with|give|prepare|propose|sketch|outline|develop"
    rf"|put together|produce|suggest|work out|(?:i|we)(?:'d| would)? (?:need|want|like)|need|want|show"
    rf"|provide|formulate|lay out|devise|define|think (?:of|through|about)|map out|set up|recommend"
    rf"|generate|discuss|figure out|write up|{w.ASK}|what would be|what should be)\b(?:(?!\b(?:implement"
    rf"|follow|execute|for the|explain)\b).){{0,50}}\b(?:{w.PLAN_NOUN})\b(?! (?:model|class|table|field"
    rf"|page|button|method|function|file|endpoint|is|of (?:FILE|NAME|this|the (?:code|project|app|repo))"
    rf"|in FILE|tests?))",
)
VERBS = (
    r"(?:plan|design|architect|brainstorm|road ?map|strategi[sz]e|scope|estimate|prioriti[sz]e|decompose"
    r"|weigh|think (?:through|about|hard|of)|break\b.{0,60}\b(?:into|down)|lay out|map out"
    r"|evaluate (?:options|whether))\b",
    r"(?:split|divide|organi[sz]e|turn)\b.{0,50}\binto (?:\w+ )?(?:steps|tasks|phases|milestones|tickets"
    r"|stories|issues|sub-?tasks|sprints)",
    r"(?:propose|suggest|outline (?:how|what|the))\b",
)
HOW_WOULD = (
    r"how (?:would|should) (?:you|we|i|one|the|this|it|my|our)\b(?! (?:explain|say|know|pronounce))",
    r"how (?:could|might|shall|can|do) (?:you|we|i|one) (?:\w+ )?(?:approach|tackle|go about|structure"
    r"|design|architect|organi[sz]e|plan|phase|attack|scale|model|proceed|roll|improve|make|reduce"
    r"|speed up|simplify|best|split|get from|migrate|move|modulari[sz]e|decouple|extract|break"
    r"|separate)\b",
    r"how (?:best )?to (?:best )?(?:approach|tackle|structure|organi[sz]e|plan|architect|design|migrate)",
    r"how best",
)
WHAT_SHOULD = (
    r"what (?:would|should|will) (?:be )?(?:you|we|i|the)\b.{0,50}\b(?:approach|first|steps?|order"
    r"|strategy|start|plan|look like|next)",
    r"what (?:steps|order|phases)\b",
    r"what(?:'s| is| would be) (?:the|your|a) (?:best|right|cleanest|safest|smartest|optimal|good"
    r"|sensible|recommended) (?:way|place|order|structure|path|solution|time)",
    r"should (?:we|i)\b",
    r"what (?:do|would) (?:i|we) (?:need|have) to (?:do|change)\b",
    r"what needs to (?:be done|happen|change)",
    r"where (?:should|would|do) (?:we|i|you) (?:start|begin|even start)(?! (?:reading|looking|searching"
    r"|debugging))",
    r"which (?:\w+ )?(?:approach|architecture|pattern|library|framework|database|option|design"
    r"|one)\b(?!.*\blearn\b).{0,40}\b(?:would|should|recommend|better|best)",
    r"before (?:you |we |i )?(?:cod|chang|writ|start|implement|touch|do)\w*",
    r"what (?:else )?(?:could|can) (?:we|i|be) improve",
    r"what would it take",
    r"(?:any |some |your )?(?:first )?(?:ideas?|thoughts|suggestions?|tips) (?:for|on|about|how)",
    r"(?:which|what)\b(?!.*\blearn\b).{0,50}\bfirst\W*$",
)
IN_PASSING = (
    rf"\b(?:{w.PLAN_NOUN}) (?:for|to) ",
    r"\bstep[- ]by[- ]step\b",
    rf"^(?:\w+ ){{0,3}}(?:{w.PLAN_NOUN})$",
    rf"^(?:we|i)(?:'d| would| will)? (?:need|want|like)\b.{{0,30}}\b(?:{w.PLAN_NOUN})\b",
)
BEFORE = (
    r"\bbefore (?:you |we |i )?(?:cod|chang|writ|start|implement|touch|do)\w*\b.{0,60}\b(?:plan|think"
    r"|steps|propose|discuss)\b",
    r"\b(?:plan|think|steps|propose|discuss)\b.{0,60}\b(?:before|first)\b",
)
