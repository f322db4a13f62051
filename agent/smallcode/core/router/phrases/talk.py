"""Talk: greetings, thanks, and what concerns the world rather than this project."""

from __future__ import annotations

from .. import words as w

SMALL_TALK = (
    rf"(?:{w.GREETING})(?:[\s,.!]+(?:{w.GREETING}|there|again|all|everyone|smallcode|so much|a lot"
    rf"|very much|man|mate|buddy|bot|you|that|is|it|was|for|the|your|help|now|works?|great|perfectly"
    rf"|today|friend|with|really|much|lot|one|assistant|agent|team|folks|have|a|good|day|tomorrow|in"
    rf"|touch|done|helped|helps|this|just|what|i|wanted|needed|and|to|me|my|guys|dear|!))*",
)
ABOUT_YOU = (
    r"(?:so )?(?:who|what) (?:are|r) (?:you|u)\b.*",
    r"what(?:'s| is) your (?:name|purpose|favou?r).*",
    r".{0,20}\bwhat can (?:you|u) do\b.{0,30}",
    r"what (?:model|llm|languages?) (?:are|do|can) you\b.*",
    r"(?:can you )?tell (?:me|us) (?:(?:a|another) (?:\w+ )?(?:joke|story|fact)|something (?:funny|fun)"
    r"|about (?:yourself|you))\b.*",
    r"are you (?:an? |there|ok|sure|human|real|able|sentient|chat|better|free).*",
    r"(?:can|do|could) you (?:speak|sing|dance|feel|dream|like|love|hate|believe|remember me|cook"
    r"|sleep)\b.*",
)
HELP_ME = (
    rf"(?:(?:{w.GREETING})[\s,.!]+)?(?:(?:can|could|may|will) (?:you|u"
    rf"|i) (?:please )?(?:help(?: me)?(?: out)?|ask(?: you)? (?:something|a question)(?: else)?)"
    rf"|i have a question|help(?: me)?|i don'?t need (?:anything|help|you)\b.*|(?:great|good|nice|cool"
    rf"|awesome|excellent) \w+|(?:(?:can|could) you )?(?:write|tell|compose|make"
    rf"|sing)\b.{{0,20}}\b(?:poems?|jokes?|haikus?|limericks?|songs?|stor(?:y|ies))"
    rf"|do you understand(?: me)?|my mistake)",
)
HOW_MANY_IN_THE_WORLD = (
    r"how (?:many|much)\b(?!.*\b(?:files?|tests?|lines?|todos?|endpoints?|class|classes|functions?"
    r"|commits?|modules?|dependenc\w+|times|places|the|this|our|we|it|errors?|warnings?|usages?|calls?"
    r"|rows|tables?|routes?)\b)",
)
THANKS = (
    r"\bthanks (?:a (?:million|lot|bunch|ton)|so much|very much|again|for)\b|\bthank you (?:so|very) much\b",
)
FAREWELL = (
    r"\b(?:i (?:really )?appreciate|great help|have an? (?:nice|good|great|lovely|wonderful|pleasant)"
    r"|you(?:'ve| have) been)\b",
    r"^(?:you were|you are|you're) (?:so |absolutely |totally |quite )?right\b|^(?:great|good"
    r"|nice) (?:catch|point"
    r"|call|work|job|one)$|talk to you (?:tomorrow|later|soon)|that(?:'s| is| was) all i needed",
)
