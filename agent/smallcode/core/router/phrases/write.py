"""Changes to files, ordered or wished for."""

from __future__ import annotations

from .. import words as w

FAULTS_OF_A_TOOL = (
    r"(?:lint|build|test|compile\w*|type) (?:errors?|warnings?|failures?)",
    r"kill .{0,30}\b(?:var\w*|function|class|code|method|imports?|lines?|helper|flag|feature"
    r"|dependency)\b",
    r"(?:give me|gimme) (?:an? |the )?(?:\w+ )?(?:function|script|class|regex|query"
    r"|component)\b(?!.{0,20}\b(?:in|of) )",
)
HOOK = (r"(?:create|make|add|put|generate|write)\b.{0,40}\b(?:hook|gitignore|commit message template)",)
FIND_AND_CHANGE = (
    r"(?:search|find)(?: for)?\b.{0,60}\band (?:replace|rename|fix|change|remove|delete|update)",
)
IN_PIECES = (
    r"(?:break|split|cut)\b.{0,40}\binto (?:\w+ )?(?:smaller|separate|several|two|three|more"
    r"|shorter) (?:\w+ )?(?:functions?"
    r"|pieces|methods|modules|files|components|parts|classes|chunks)\b",
)
NOT_A_RUN = (
    r"build (?:me |us )?(?:an?|some|out|another) (?!\w* ?(?:binary|release|image|wheel|bundle|executable"
    r"|package|installer))",
    r"set ?up (?:an?|the|some) (?:\w+ )?(?:class|module|function|route|endpoint|config\w*|logging"
    r"|handler|fixture|page|schema|logger|component|ci|workflow|pipeline|tests?)",
    r"(?:test|start|release|time|build|verify|profile)(?:ing)? (?:using|with an?|by) ",
    r"(?:debug|troubleshoot)\b",
    r"(?:format|stop|start|time)\b.{0,40}\b(?:as|from|into|with (?:two|leading|a)|instead|if"
    r"|when)\b(?! scratch)",
    r"format (?:FILE|NAME|the (?:date|number|output|price|code|file|string)\w*|this)",
    r"release the (?:lock|conn|handle)",
    r"stop \w+ing\b",
    r"kill (?:the |all )?(?:dead|old|unused|legacy)",
    r"have (?!an? (?:\w+ )?(?:look|question|day|evening|weekend|one)|you\b|we\b|i\b|they\b|been\b|any)\w",
    r"be able to\b",
    r"pull (?:out|up|down|the .{0,30}(?:into|out))\b",
    r"test (?:file|case|for)\b",
)
NOT_A_READ = (
    r"what (?:i|we)(?:'d| would)?(?: really)? (?:need|want|like|love)(?: to (?:have|see))? is (?:an?|some"
    r"|another)"
    r" (?!list|overview|summary|plan|look)",
    r"(?:can|could) (?:this|it|that|these|we|FILE|NAME)\b.{0,20}\b(?:be )?(?:\w+ )?(?:written|improved"
    r"|simplified|made|done|shortened|optimi[sz]ed|rewritten|cleaned|extracted|moved|merged)\b",
    r"give\b(?!.{0,3}(?:me|us)\b).{0,30}\b(?:an?|the)\b",
    r"how about (?:we |you )?(?:add|renam|us|mak|chang)",
    r"print (?:TEXT|an? |to )",
    r"show (?:an?|the) .{0,50}\b(?:when|if|while|on (?:click|hover|the page)|in the (?:header|footer"
    r"|sidebar|title|status ?bar|ui)|instead)\b",
    r"show (?:an?) (?:\w+ )?(?:message|error|warning|toast|spinner|dialog|icon|badge|hint|notification)",
    r"display (?:an? |the .{0,40}\b(?:when|if|in the|on the|next to|after|as|instead)\b)",
    r"open (?:a |the )?(?:modal|dialog|popup)",
    r"(?:look at|read|check|see)\b.{0,60}\band (?:fix|change|rename|improve|update|add|remove|refactor"
    r"|rewrite)\b",
    r"load (?:an?|the) .{0,40}(?:lazily|async|from|in|on|only)",
)
VERBS = (
    r"(?:make sure|ensure|see to it)(?: that)?\b",
    rf"(?:{w.CHANGE})\b(?!(?:'s| is| are)\b| ?[\u3040-\u9fff])",
    r"(?:new|another) (?:file|function|class|test|method|module|component|endpoint|page|script)\b",
    r"(?:do|put|have) (?:the|an?|some) ",
    r"(?:i|we) (?:need|want|would like|'d like) (?:an?|the|another|some|all|every|it|this|my|our)\b",
    r"(?:FILE|NAME|TEXT)? ?(?:->|=>|→)",
)
FAULT = (
    rf"\b(?:{w.FAULT})\b",
    rf"(?:\b|^)(?:{w.WANT})\b",
    r"^(?:no|less|more|fewer|shorter|longer|bigger|smaller) \w",
)
TRACE = (r"\bTRACE\b",)
NOUNS = (
    r"\b(?:feature request|bug report|refactor(?:ing)?|fix(?:es|ing)?|rename|clean-?up|implementation of"
    r"|bugfix|hotfix|docstrings?|type hints?|tests? for|todo:|hints)\b",
    r"\b(?:pls|please|plz)$",
)
UNKNOWN_VERB = (
    r"^(?!(?:i|you|we|he|she|it|they|is|are|in|on|at|of|for|to|from|with|by|about|and|or|but|if|as|than"
    r"|that|not|all|both|only|what|who|how|why|when|like|after|before|because|since|while|during|inside"
    r"|until|was|were|be)\b)[a-z]+(?: up| out| off| down| back| in| away)? (?:the|an?|this|these|those"
    r"|all|our|my|every|some|any|it|NAME|FILE|TEXT)\b",
)
CODE = (r"\bCODE\b",)
TRACE_ANYWHERE = (r"\bTRACE\b",)
FORBIDDEN = (
    r"\b(?:do not|don'?t|dont|without|not) (?:you )?(?:actually )?(?:chang|edit|modify|modifi|touch|writ"
    r"|mak|implement|cod|fix)\w*(?: (?:anything|any\b.{0,12}|the (?:code|files?)|code|files?|it|changes"
    r"|edits))?\s*(?:yet|[.,;!)\n]|$)",
    r"\bread[- ]only\b",
    r"\bno (?:changes|edits|code|coding)\b",
    r"\b(?:just|only) (?:explain|describe|answer|tell|look|review|analy[sz]e|plan|read)\b",
)
