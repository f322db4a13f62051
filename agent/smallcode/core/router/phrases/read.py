"""Reading, explaining and judging what is there."""

from __future__ import annotations

from .. import words as w

IS_THERE_A_FAULT = (
    r"(?:is|are) there (?:anything|something) (?:wrong|odd|off|missing|unusual|i)|(?:(?:is|are) there "
    r"|do you see |can you see )?(?:a|any) (?:\w+ )?(?:bugs?|problems?|issues?|reasons?|ways?"
    r"|differences?|points?|need|errors?|risks?|race|leaks?|mistakes?)",
)
FIND_OUT = (
    r"(?:find|figure|work) out (?:how|why|what)\b",
    r"(?:check|see) (?:if|whether|that) ",
)
OVERVIEW = (
    r"(?:(?:i |we )?(?:need|want|'d like|would like)|i'?d (?:like|love)|(?:can|could|may) i (?:get"
    r"|have)) (?:an? |the )?(?:\w+ ){0,2}(?:overview|summary|explanation|walk-?through|description"
    r"|introduction)\b",
)
VERBS = (
    r"make sense of\b",
    r"(?:list|show) (?:me )?what(?:'s| is) in\b",
    r"(?:purpose|meaning|role|point|contents?|explanation) of\b",
    r"differences? (?:between|of|in)\b",
    rf"(?:{w.READ})\b",
    r"what(?:'s)?\b",
    r"(?:why|how|whose|which|whether|who)\b",
    r"when (?:is|are|do|does|did|was|were|will|would|should|can)\b",
    rf"(?:is|are|was|were|does|do(?! the same)|did|can|could|has|will|would|have(?= (?:we|you"
    rf"|they))) (?:{w.THIS}|any|i|you|\w+ing|\w+ (?:\w+er|better|worse|safe|good|bad|the same))\b",
    r"(?:summary|overview|explanation|contents?) (?:of|for)",
    r"i (?:don'?t|do not|can'?t|dont) (?:\w+ )?(?:understand|get|know|see|follow)",
    r"i have no (?:idea|clue)",
    r"give (?:me|us)\b",
    r"i(?:'m| am) (?:\w+ )?(?:confused|not sure|unsure|curious|lost|puzzled|new to|trying to understand)",
)
NOT_SURE = (
    r"\b(?:not sure|unsure|no idea|don'?t know|wonder\w*|curious|mystery|unclear|puzzl\w*|confus\w*)\b",
)
BARE_NAME = (r"^@?(?:FILE|NAME)$",)
