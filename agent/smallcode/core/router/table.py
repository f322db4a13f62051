"""What speaks for which category: the router's knowledge of English, one row for each signal.

Patterns are read against the words of prose.py: FILE, NAME, URL, HOST (an address on this machine), TEXT (in
quotation marks), COMMAND, CODE, TRACE. Rows of a clause's head and inside are tried from top to bottom and the
first that matches counts, so the special stand above the general. An order to change files weighs more than any
other, in whatever clause it stands: who is to change something must also read, search and run.
"""

from __future__ import annotations

from . import words as w
from .signal import Signal, head, inside, message, whole
from .tongues import TONGUES

TALK, WRITE, PLAN, PHRASE, ORDER, HINT, WEAK = 7.0, 8.0, 9.0, 7.0, 6.0, 5.0, 3.0

_GET = "find|show|list|get|give|search|locate|display|look|trace|tell|print|map|see|check|identify|open|fetch|pull"
_ASK = "what(?:'s| is| are| was| would| will| happens)|which(?: is| are)?"

SIGNALS: tuple[Signal, ...] = (
    # The whole message is talk.
    whole("respond", TALK, rf"(?:{w.GREETING})(?:[\s,.!]+(?:{w.GREETING}|there|again|all|everyone|smallcode|so much|a lot"
          r"|very much|man|mate|buddy|bot|you|that|is|it|was|for|the|your|help|now|works?|great|perfectly|today|friend"
          r"|with|really|much|lot|one|assistant|agent|team|folks|have|a|good|day|tomorrow|in|touch|done|helped|helps"
          r"|this|just|what|i|wanted|needed|and|to|me|my|guys|dear|!))*"),
    whole("respond", TALK, r"(?:so )?(?:who|what) (?:are|r) (?:you|u)\b.*", r"what(?:'s| is) your (?:name|purpose|favou?r).*",
          r".{0,20}\bwhat can (?:you|u) do\b.{0,30}", r"what (?:model|llm|languages?) (?:are|do|can) you\b.*",
          r"(?:can you )?tell (?:me|us) (?:(?:a|another) (?:\w+ )?(?:joke|story|fact)|something (?:funny|fun)|about"
          r" (?:yourself|you))\b.*", r"are you (?:an? |there|ok|sure|human|real|able|sentient|chat|better|free).*",
          r"(?:can|do|could) you (?:speak|sing|dance|feel|dream|like|love|hate|believe|remember me|cook|sleep)\b.*"),
    whole("respond", TALK, rf"(?:(?:{w.GREETING})[\s,.!]+)?(?:(?:can|could|may|will) (?:you|u|i) (?:please )?(?:help(?: me)?(?: out)?|ask"
          r"(?: you)? (?:something|a question)(?: else)?)|i have a question|help(?: me)?|i don'?t need (?:anything|help|you)\b.*|(?:great|good|nice|cool|awesome|excellent) \w+|(?:(?:can|could) you )?(?:write|tell|compose|make|sing)\b.{0,20}"
          r"\b(?:poems?|jokes?|haikus?|limericks?|songs?|stor(?:y|ies))|do you understand(?: me)?|my mistake)"),
    # The web.
    head("web", PHRASE, rf"(?:{w.SEARCH}|{w.READ}|search|browse|go|are|is|do|ask|what|how|any)\b.{{0,100}}\b(?:{w.ONLINE})\b",
         r"(?:search|browse|surf|consult|query|ask|check|use|crawl) (?:the )?(?:web|internet|net|google|online|stack ?overflow)",
         r"(?:google|duckduckgo|web ?search|research)\b", asks=True),
    head("web", PHRASE, rf"(?:{w.READ}|visit|fetch|get|go to|browse|download|scrape|crawl|access|pull|use)\b.{{0,80}}\bURL",
         r"URL", asks=True),
    head("web", PHRASE, r"look up\b(?! (?:the )?(?:FILE|NAME|where\b|who\b|which\b)|.{0,60}\bin the (?:code|repo|project))", asks=True),
    head("web", PHRASE, rf"(?:{_GET}|read|consult|what do|what does|{_ASK})\b.{{0,50}}\b(?:official|online|upstream|release"
         r"|api|the \w+) (?:\w+ ){0,2}(?:docs|documentation|notes|reference|changelog|manual|website|site)\b(?! (?:string|in FILE))",
         rf"(?:{_GET}|read|look for) (?:me )?(?:the )?(?:docs|documentation|changelog|release notes|manual) (?:for|of|on)", r"(?:check|read|see|consult) (?:the|their|its) (?:\w+ )?docs",
         asks=True),
    head("web", PHRASE, rf"(?:{_ASK}|is there|are there|{_GET}|do we have|are we on)\b.{{0,40}}\b(?:latest|newest|most recent"
         r"|current|lts|newer|up[- ]to[- ]date) (?:\w+ ){0,2}(?:versions?|releases?|lts|stable|news|price|rate|docs)\b"
         r"(?! control)", r"(?:what|which) version of .{0,30}\b(?:current|latest|newest|out|recommended|stable)",
         r"what(?:'s| is| are) new in", r"what changed (?:in|between) (?:\w+ )?v?\d", r"(?:is|are|did|has|have|when|was)\b"
         r".{0,50}\b(?:been released|come out|comes? out|came out|released|end of life|eol|vulnerable|still maintained|"
         r"still supported)\b", asks=True),
    head("web", PHRASE, r"(?:are|is|any|check|find|look)\b.{0,40}\b(?:cves?|vulnerabilit(?:y|ies)|security advisor)", asks=True),
    head("web", PHRASE, r"(?:find|is there|are there|search|look for|recommend|suggest)\b.{0,30}\b(?:library|libraries"
         r"|packages?|crates?|frameworks?|tutorials?|blog posts?|articles?|npm module|gem|plugins?)\b.{0,20}\b(?:for|to|that"
         r"|about|on)\b(?!.{0,40}\bin (?:this|the|our))", asks=True),
    head("web", PHRASE, r".{0,60}\blook (?:it|this|that|them) up\b", r".{0,40}\b(?:github|gitlab) (?:repo|page|project|issue)s? (?:of|for)\b", r"(?:what|which|how|does"
         r"|is|are)\b.{0,40}\b(?:latest|newest) (?:release|version) of (?!our|this|my)", r"(?:get|show|check)\b.{0,20}\b(?:weather|news)\b",
         r"(?:what|how|does)\b.{0,50}\b(?:page|docs|spec|rfc|mdn|site|article|manual|documentation)\b.{0,40}\b(?:say|says|mention\w*|recommend\w*)\b", r"what (?:does|do) (?:the )?\w+ (?:docs )?say about", r"what(?:'s| is) the (?:latest|newest|most recent)\b(?!.{0,30}\b"
         r"(?:commit|change|file|log|entry|test|migration|error|branch|tag))", r"how much (?:does|do|is|are) .{0,40}\bcost", r"what (?:are|do) (?:people|others|users) (?:say|think)", r"what(?:'s| is| will be)? (?:the )?(?:weather|price|news|exchange rate|stock)\b", asks=True),
    head("web", PHRASE, rf"(?!(?:{w.CHANGE}|the|our|my|this|dokument\w*)\b)(?:\w+|NAME) (?:docs|documentation|api reference|manual)(?: for| of| on|$)", r".{0,40}\brelease date\b", asks=True),
    # Commands, git, and what only running tells.
    head("write", WRITE, r"(?:lint|build|test|compile\w*|type) (?:errors?|warnings?|failures?)", r"kill .{0,30}\b(?:var\w*|function|class|code|method"
         r"|imports?|lines?|helper|flag|feature|dependency)\b", r"(?:give me|gimme) (?:an? |the )?(?:\w+ )?(?:function|script|class|regex|query|component)"
         r"\b(?!.{0,20}\b(?:in|of) )"),
    head("write", WRITE, r"(?:create|make|add|put|generate|write)\b.{0,40}\b(?:hook|gitignore|commit message template)"),
    head("run", PHRASE, r"(?:make|create|do|open|prepare|start|cut|add|submit) (?:a |an |the |me )?(?:\w+ )?(?:git |new |pull )?"
         r"(?:commit|branch|pull request|pr|tag|stash|release)\b(?! (?:model|page|class|table|function|endpoint|field))"),
    head("run", PHRASE, rf"(?:{_GET}|view|{_ASK})\b.{{0,40}}\b(?:git (?:log|status|diff|blame|branch\w*|history|stash"
         r"|remote\w*)|(?:commit|git) (?:log|history)|(?:last|recent|latest)\b.{0,10} commits?|current branch|running"
         r" (?:process|container|service|job|server)\w*|disk (?:space|usage)|uncommitted|exit code|output of|test results"
         r"|(?:test |code )?coverage|working (?:dir|tree))\b", r"(?:status|git) of the repo"),
    head("run", PHRASE, r"(?:merge|check ?out|switch to|delete|rebase|push|pull|reset)\b.{0,30}\b(?:branch|main|master"
         r"|develop|upstream|origin|remote|head)\b", r"revert (?:the |that |my )?(?:last |previous )?commit", r"clone\b",
         r"(?:amend|undo) (?:the |my )?(?:last |previous )?commit"),
    head("run", PHRASE, r"(?:create|make|activate|set up)\b.{0,20}\b(?:virtual ?env\w*|venv|conda env\w*)",
         r"(?:what|which) (?:version of \w+|\w+ version)\b.{0,20}\b(?:installed|running|have|using|on)\b",
         r"(?:which|what) (?:git )?branch\b", r"how many commits", r"(?:see|check) (?:if|whether) .{0,40}\b(?:happy|okay|fine|still good)\b", r"switch to it\b", r"(?:check|print|show|get) (?:the |my )?(?:\w+ )?version\b", r"(?:is|are) [\w.+-]+ installed", r"bring\b.{0,30}\bup$", r"(?:stage|commit)\b"),
    head("run", PHRASE, r"make$", r"make (?:all|build|test|install|clean|lint|run|check|dev|release|docs|format|deploy|watch|coverage"
         r"|help)(?:$| ?&&)", rf"(?!make\b)(?:{w.TOOL})(?:\s|$)", r"(?:use |try |what does |what do |call )?COMMAND", r"HOST\b",
         r"(?:hit|request|probe|open|call|use|curl)\b.{0,40}\b(?:HOST|endpoints?)"),
    head("run", PHRASE, r"(?:has|have|did|do|does|will|would|is|are|whether|if)\b.{0,30}\b(?:tests?|build|suite|lint\w*|ci"
         r"|types?|code|it|this|project|app)\b.{0,20}\b(?:pass(?:es|ing)?|compiles?|green|succeeds?|builds?|runs?|starts?)\b",
         rf"(?:check|see|verify|make sure|confirm|ensure|try)\b.{{0,30}}\b(?:{w.THING})\b.{{0,30}}\b(?:pass(?:es)?"
         r"|compiles?|builds?|works?|runs?|green|starts?|succeeds?)\b", r"check (?:the )?(?:types|tests|coverage|style|lint"
         r"|build|formatting|git status|status|logs|ci)\b"),
    head("run", PHRASE, r"(?:reset|seed|wipe|restore|back ?up|dump|migrate) (?:the |my |our )?(?:\w+ )?(?:db|database|cluster)$",
         r"(?:apply|roll ?back|revert) (?:the |all |all the )?(?:\w+ )?migrations?\b", r"(?:upgrade|update) (?:pip|npm|node|brew|rustup)",
         r"(?:check|see|verify|test) (?:if|whether|that)?.{0,40}\b(?:responds?|is running|is up|listening|reachable|works|installed)\b",
         r"open .{0,30}\bin (?:the |a |my )?(?:browser|chrome|firefox)", r"(?:is|are) .{0,30}\b(?:running|listening|in use|up and)\b",
         r"validate (?:the )?docker"),
    head("run", PHRASE, r"(?:generate|create|produce) (?:an? |the )?(?:test |code )?(?:coverage|benchmark|profil)", r"(?:take|bring|shut)\b.{0,30}\bdown$",
         r".{0,80}\bby running\b", r"(?:check|see|show|list)\b.{0,20}\b(?:process(?:es)?|containers|ports)\b.{0,20}\b(?:run|use|open|listen)\w*"),
    head("run", PHRASE, r"get (?:the|this|it|my|our)\b.{0,30}\b(?:running|started|up|going)\b", r"use \w+ to (?:run|build|start|install|test|lint"
         r"|format|deploy|compile|check)\b", r"(?:do|make|perform) an? (?:\w+ )?(?:pull|push|fetch|commit|rebase|build|install|test run)\b"),
    head("run", PHRASE, r"(?:which|what|how many) (?:\w+ )?(?:tests?|specs?|checks?)\b.{0,12}\b(?:fail\w*|pass\w*|broken|red)",
         r"how much .{0,30}\b(?:coverage|memory|disk|time|space)", r"how (?:long|fast) (?:does|do|is|are)",
         r"what(?:'s| is| does| do)\b.{0,40}\b(?:running|listening|COMMAND|printed|output)\b.{0,20}$"),
    # Plans.
    head("plan", PLAN, r"(?:(?!the\b|an?\b|this\b|our\b|my\b|your\b)\w+[ -]){0,3}(?:plan|roadmap|strategy)(?: (?:for|to)\b|$)", asks=True),
    head("plan", PLAN, rf"(?:make|write|create|draft|draw|come up with|give|prepare|propose|sketch|outline|develop|put together"
         rf"|produce|suggest|work out|(?:i|we)(?:'d| would)? (?:need|want|like)|need|want|show|provide|formulate|lay out"
         rf"|devise|define|think (?:of|through|about)|map out|set up|recommend|generate|discuss|figure out|write up|{_ASK}"
         rf"|what would be|what should be)\b(?:(?!\b(?:implement|follow|execute|for the|explain)\b).){{0,50}}\b(?:{w.PLAN_NOUN})"
         r"\b(?! (?:model|class|table|field|page|button|method|function|file|endpoint|is|of (?:FILE|NAME|this|the (?:code|pro"
         r"ject|app|repo))|in FILE|tests?))", asks=True),
    head("plan", PLAN, r"(?:plan|design|architect|brainstorm|road ?map|strategi[sz]e|scope|estimate|prioriti[sz]e|decompose"
         r"|weigh|think (?:through|about|hard|of)|break\b.{0,60}\b(?:into|down)|lay out|map out|evaluate (?:options|whether))\b",
         r"(?:split|divide|organi[sz]e|turn)\b.{0,50}\binto (?:\w+ )?(?:steps|tasks|phases|milestones|tickets|stories|issues"
         r"|sub-?tasks|sprints)", r"(?:propose|suggest|outline (?:how|what|the))\b", asks=True),
    head("plan", PLAN, r"how (?:would|should) (?:you|we|i|one|the|this|it|my|our)\b", r"how (?:could|might|shall|can|do) (?:you|we|i|one) (?:\w+ )?"
         r"(?:approach|tackle|go about|structure|design|architect|organi[sz]e|plan|phase|attack|scale|model|proceed|roll"
         r"|improve|make|reduce|speed up|simplify|best|split|get from|migrate|move|modulari[sz]e|decouple|extract|break|separate)\b", r"how (?:best )?to (?:best )?(?:approach|tackle|structure"
         r"|organi[sz]e|plan|architect|design|migrate)", r"how best", asks=True),
    head("plan", PLAN, r"what (?:would|should|will) (?:be )?(?:you|we|i|the)\b.{0,50}\b(?:approach|first|steps?|order|strategy"
         r"|start|plan|look like|next)", r"what (?:steps|order|phases)\b", r"what(?:'s| is| would be) (?:the|your|a) (?:best|right"
         r"|cleanest|safest|smartest|optimal|good|sensible|recommended) (?:way|place|order|structure|path|solution|time)",
         r"should (?:we|i)\b", r"what (?:do|would) (?:i|we) (?:need|have) to (?:do|change)\b", r"what needs to (?:be done|happen|change)", r"where (?:should|would|do) (?:we|i|you)"
         r" (?:start|begin|even start)", r"which (?:\w+ )?(?:approach|architecture|pattern|library|framework|database|option"
         r"|design|one)\b(?!.*\blearn\b).{0,40}\b(?:would|should|recommend|better|best)", r"before (?:you |we |i )?(?:cod|chang|writ|start"
         r"|implement|touch|do)\w*", r"what (?:else )?(?:could|can) (?:we|i|be) improve", r"what would it take", r"(?:any |some |your )?(?:first )?(?:ideas?|thoughts"
         r"|suggestions?|tips) (?:for|on|about|how)", r"(?:which|what)\b(?!.*\blearn\b).{0,50}\bfirst\W*$", asks=True),
    # The code graph.
    head("search", ORDER, r"(?:is|are) there (?:any )?(?:code|function|test|place)s? that (?!uses?|calls?|imports?)", asks=True),
    head("read", ORDER, r"(?:is|are) there (?:anything|something) (?:wrong|odd|off|missing|unusual|i)|(?:(?:is|are) there |do you see |can you see )?(?:a|any)"
         r" (?:\w+ )?(?:bugs?|problems?|issues?|reasons?|ways?|differences?|points?|need|errors?|risks?|race|leaks?|mistakes?)",
         asks=True),
    head("code_intel", PHRASE, rf"(?:(?:from |to )?where|in (?:which|what) \w+|(?:which|what) \w+ (?:is|are))(?:'s|'re)?\b.{{0,100}}\b(?:{w.AT_WORK})\b", asks=True),
    head("code_intel", PHRASE, rf"(?:who(?:'s| is| are| else)?|what(?: else| code)?|(?:what|which)(?: of)?(?: (?!do\b|does\b|did\b"
         rf"|should\b|can\b|is\b|are\b|to\b|would\b)\w+){{1,4}}?|(?:is|are|does|do)(?: there)? (?:any|some|no)(?:thing|one|body"
         rf"|where)?(?: \w+)?|how many \w+|everything|anything|all (?:the )?\w+) (?:that |which |who |are |is )?(?:\w+ly |still"
         rf" |else |also |can |could |would )?(?:{w.USES})\b(?=\s+\S)", asks=True),
    head("code_intel", PHRASE, r"what (?:does|do|other|else).{0,40}\b(?:imports?|calls?|inherits?|extends?|depends? on"
         r"|references?)\b", r"how (?:often|many times)\b.{0,60}\b(?:called|used|invoked|imported)\b", r"where(?:'s| is) (?!it\b|this\b|that\b|everything)[a-z]\w*\W*$",
         r"who(?:'s| is) responsible", r"(?:does|do) (?:NAME|FILE|the \w+ \w+|any\w*(?: of the \w+)?|\w+) (?:\w+ )?(?:depend|call|import|inherit|extend|implement|reference)\b",
         r"(?:which|what) \w+ (?:does|do)\b.{0,40}\b(?:import|call|extend|inherit|implement|depend)\b", r"(?:list|show|what(?:'s| is)|print)"
         r" (?:me )?(?:the )?(?:public )?(?:api|interface) of", r"(?:what|who|which)\b.{0,60}\b(?:breaks?|affected|impacted|depends? on)\b", rf"what are the (?:\w+ )?"
         rf"(?:{w.CODE_THING}) (?:of|for|in)", rf"(?:is|are|how is|how are|when is|how does)\b.{{0,12}}(?:\bNAME|\b\w+"
         rf" (?:{w.CODE_THING}|module|variable|constant|helper)|\bFILE|(?<=is )\w+(?: still| ever)?)\b.{{0,30}}\b(?:used|called|referenced|imported"
         r"|invoked|reachable)\b", r"if (?:i|we) (?:change|remove|delete|rename|drop|modify)\b.{0,80}\b(?:what|who|which)",
         asks=True),
    head("code_intel", PHRASE, rf"(?:{_GET}|{_ASK}|draw|jump|go|how many|count|generate|build|visuali[sz]e|enumerate|take|(?:is|"
         rf"are) there|any|navigate|determine|plot)\b.{{0,50}}\b(?:{w.GRAPH})\b", asks=True),
    head("code_intel", PHRASE, rf"(?:{_GET}|know|understand|learn|determine|work out|figure out|find out|count)\b.{{0,60}}\b(?:where|who|what|which"
         rf"|everything|every\w*|that|whether|if|all)\b.{{0,60}}\b(?:{w.AT_WORK}|{w.USES})\b", asks=True),
    head("code_intel", PHRASE, rf"(?!what (?:does|do|is)\b|give me an? \b)(?:{_GET}|what|which|enumerate|name|how many)\b.{{0,30}}\b"
         rf"(?:{w.CODE_THING})\b.{{0,30}}\b(?:in|of|from|does|do|are|inside|has|have|defined|within|takes?|accept\w*|under|on)\b",
         asks=True),
    head("code_intel", PHRASE, r"(?:\w+ )?\w+ (?:importing|using|calling|extending|implementing|depending on) (?:NAME|FILE|\w+)$", rf"\S+ (?:{w.GRAPH})$",
         asks=True),
    head("code_intel", PHRASE, r"(?:go|jump|navigate) to\b", r"(?:(?:what|which) )?type (?:is|does|of)", r"what(?:'s| is) (?:the )?"
         r"(?:type|return type|signature|parent class|base class|definition) (?:of|for)", r"trace (?:the|how|where|what|NAME)",
         r"follow the (?:call|data|flow)", r"impact\b", r"find (?:NAME|(?:the )?(?:class|function|method|interface|struct|enum"
         r"|symbol) )", r"who \w+ (?:NAME|FILE)", r"(?:dependency|call|class|import) (?:graph|tree|hierarchy)", asks=True),
    # Searching.
    head("respond", ORDER, r"how (?:many|much)\b(?!.*\b(?:files?|tests?|lines?|todos?|endpoints?|class|classes|functions?|commits?"
         r"|modules?|dependenc\w+|times|places|the|this|our|we|it|errors?|warnings?|usages?|calls?|rows|tables?|routes?)\b)", asks=True),
    head("write", WRITE, r"(?:search|find)(?: for)?\b.{0,60}\band (?:replace|rename|fix|change|remove|delete|update)"),
    head("read", ORDER, r"(?:find|figure|work) out (?:how|why|what)\b", r"(?:check|see) (?:if|whether|that) ", asks=True),
    head("search", ORDER, rf"(?:{w.SEARCH})\b", r"(?:from |to |in )?where\b", r"what are (?:all )?(?:of )?the (?:\w+ )?(?:places|files|occurrences|locations)",
         r"(?:do|does|did|is|are)\b.{0,60}\b(?:appear|occur|exist|anywhere|somewhere|show up)\b",
         r"check\b.{0,40} for (?!updates?|me)", r"(?:check|see) (?:which|what) (?:\w+ )?(?:files?|modules?|places?|lines?)", r"(?:what(?:'s| is)|which is) the (?:\w+ )?(?:file|module|folder|script|place)\b",
         r"(?:do|run|perform|make) a (?:\w+ )?search", r"(?:see|view|know|get|have|display|print) (?:me )?(?:all|every|each)\b",
         r"(?:i |we )?(?:need|want|'d like|would like) (?:a |the )?(?:full |complete )?list of", r"(?!what (?:does|do|is|are|did)\b)(?:in )?(?:which|what) (?:of )?(?:\w+ ){0,2}(?:files?|modules?"
         r"|folders?|directory|directories|places?|tests?|routes?|endpoints?|scripts?|config\w*|lines?)\b", asks=True),
    head("search", ORDER, r"(?:is|are) there\b", r"are we (?:still |already )?using", r"(?:do|does|did|have|has) (?:we|this|the|i|our|it|any)\b.{0,30}\b(?:have|contain"
         r"|include|exist|mention|got|already)\b", r"how many\b", r"any (?:files?|todos?|mentions?|occurrences?|places?|code"
         r"|other|leftover\w*|left|hard-?coded|tests?|traces?)\b", r"(?:show|give|get) (?:me )?(?:the )?(?:files|places|lines(?! \d)"
         r"|occurrences|todos|project structure|tree|matches|everything|anything|everywhere)\b", r"(?:any|every)where\b",
         r"got any\b", r"all (?:the |of )?.{0,30}\b(?:files|tests|lines|places|strings)$", asks=True),
    # Running, in English.
    head("write", WRITE, r"build (?:me |us )?(?:an?|some|out|another) ", r"set ?up (?:an?|the|some) (?:\w+ )?(?:class|module"
         r"|function|route|endpoint|config\w*|logging|handler|fixture|page|schema|logger|component|ci|workflow|pipeline|tests?)",
         r"(?:test|start|release|time|build|verify|profile)(?:ing)? (?:using|with an?|by) ", r"(?:debug|troubleshoot)\b",
         r"(?:format|stop|start|time)\b.{0,40}\b(?:as|from|into|with (?:two|leading|a)|instead|if|when)\b(?! scratch)",
         r"format (?:FILE|NAME|the (?:date|number|output|price|code|file|string)\w*|this)", r"release the (?:lock|conn|handle)", r"stop \w+ing\b", r"kill (?:the |all )?(?:dead|old|unused|legacy)", r"have (?!an? (?:\w+ )?(?:look|question|day|evening|weekend|one)|you\b|we\b|i\b|they\b|been\b|any)\w", r"be able to\b",
         r"pull (?:out|up|down|the .{0,30}(?:into|out))\b", r"test (?:file|case|for)\b"),
    head("run", ORDER, rf"(?:{w.RUN})\b", r"make sure\b.{0,60}\b(?:pass|compile|build|work|run|green)\w*"),
    # Reading, and other questions.
    head("write", WRITE, r"(?:can|could) (?:this|it|that|these|we|FILE|NAME)\b.{0,20}\b(?:be )?(?:\w+ )?(?:written|improved|simplified|made|done|shortened|optimi[sz]ed|rewritten|cleaned|extracted|moved|merged)\b", r"give\b(?!.{0,3}(?:me|us)\b).{0,30}\b(?:an?|the)\b", r"how about (?:we |you )?(?:add|renam|us|mak|chang)",
         r"print (?:TEXT|an? |to )", r"show (?:an?|the) .{0,50}\b(?:when|if|while|on (?:click|hover|the page)|in the (?:header"
         r"|footer|sidebar|title|status ?bar|ui)|instead)\b", r"show (?:an?) (?:\w+ )?(?:message|error|warning|toast|spinner"
         r"|dialog|icon|badge|hint|notification)", r"display (?:an? |the .{0,40}\b(?:when|if|in the|on the|next to|after|as|instead)\b)", r"open (?:a |the )?(?:modal|dialog|popup)",
         r"(?:look at|read|check|see)\b.{0,60}\band (?:fix|change|rename|improve|update|add|remove|refactor|rewrite)\b",
         r"load (?:an?|the) .{0,40}(?:lazily|async|from|in|on|only)"),
    head("read", ORDER, r"(?:(?:i |we )?(?:need|want|'d like|would like)|i'?d (?:like|love)|(?:can|could|may) i (?:get|have)) (?:an? |the )?"
         r"(?:\w+ ){0,2}(?:overview|summary|explanation|walk-?through|description|introduction)\b", asks=True),
    head("read", ORDER, r"make sense of\b", r"(?:list|show) (?:me )?what(?:'s| is) in\b", r"(?:purpose|meaning|role|point|contents?|explanation) of\b", r"differences? (?:between|of|in)\b", rf"(?:{w.READ})\b", r"what(?:'s)?\b", r"(?:why|how|whose|which|whether|who)\b", r"when (?:is|are|do|does|did"
         r"|was|were|will|would|should|can)\b", rf"(?:is|are|was|were|does|do(?! the same)|did|can|could|has|will|would|have(?= (?:we|you|they)))"
         rf" (?:{w.THIS}|any|i|you|\w+ing|\w+ (?:\w+er|better|worse|safe|good|bad|the same))\b", r"(?:summary|overview"
         r"|explanation|contents?) (?:of|for)", r"i (?:don'?t|do not|can'?t|dont) (?:\w+ )?(?:understand|get|know|see|follow)", r"i have no (?:idea|clue)", r"give (?:me|us)\b",
         r"i(?:'m| am) (?:\w+ )?(?:confused|not sure|unsure|curious|lost|puzzled|new to|trying to understand)", asks=True),
    # The same in other languages, before words that are English verbs too ("comment").
    *TONGUES,
    # Changing files.
    head("write", WRITE, rf"(?:{w.CHANGE})\b(?!(?:'s| is| are)\b| ?[\u3040-\u9fff])", r"(?:new|another) (?:file|function|class|test|method|module"
         r"|component|endpoint|page|script)\b", r"(?:do|put|have) (?:the|an?|some) ", r"(?:i|we) (?:need|want|would like|'d like)"
         r" (?:an?|the|another|some|all|every|it|this|my|our)\b", r"(?:FILE|NAME|TEXT)? ?(?:->|=>|→)"),
    # What is said, not ordered.
    inside("respond", PHRASE, r"\b(?:i (?:really )?appreciate|great help|have an? (?:nice|good|great)|you(?:'ve| have) been)\b"),
    inside("code_intel", ORDER, rf"\b(?:remember|forgot|idea|sure|track of|wonder\w*|curious|know)\b.{{0,40}}\b(?:who|where|what|everything that)"
           rf"\b.{{0,60}}\b(?:{w.AT_WORK}|{w.USES})\b", asks=True),
    inside("search", ORDER, r"\b(?:remember|forgot|idea|sure|track of|wonder\w*|curious|know)\b.{0,40}\b(?:where|(?:which|what) (?:file|folder|module))"
           r"\b", r"\b(?:appears?|occurs?) in\b", r"^there must be (?:a|an|some) (?:place|file|function|code)", asks=True),
    inside("read", ORDER, r"\b(?:not sure|unsure|no idea|don'?t know|wonder\w*|curious|mystery|unclear|puzzl\w*|confus\w*)\b", asks=True),
    inside("run", ORDER, r"\bto (?:prod|production|staging)$", r"\b(?:full|whole|entire) (?:test suite|tests)\b(?! (?:fail|are|should))"),
    inside("plan", ORDER, rf"\b(?:{w.PLAN_NOUN}) (?:for|to) ", r"\bstep[- ]by[- ]step\b", rf"^(?:\w+ ){{0,3}}(?:{w.PLAN_NOUN})$",
           rf"^(?:we|i)(?:'d| would| will)? (?:need|want|like)\b.{{0,30}}\b(?:{w.PLAN_NOUN})\b"),
    inside("search", ORDER, r"^\S+(?: \w+)? files\??$", r"^(?:duplicates?|todos?|fixmes?|occurrences|mentions|all files|files (?:with|that|containing))\b"),
    inside("code_intel", ORDER, rf"^(?:all |the )?(?:{w.GRAPH})(?: of| for| to| in)?\b(?! (?:are|is|should)\b)"),
    inside("write", HINT, rf"\b(?:{w.FAULT})\b", rf"(?:\b|^)(?:{w.WANT})\b", r"^(?:no|less|more|fewer|shorter|longer|bigger|smaller) \w"),
    inside("write", WEAK, r"\bTRACE\b"),
    inside("write", HINT, r"\b(?:feature request|bug report|refactor(?:ing)?|fix(?:es|ing)?|rename|clean-?up|implementation of|bugfix|hotfix|docstrings?"
           r"|type hints?|tests? for|todo:|hints)\b", r"\b(?:pls|please|plz)$"),
    inside("web", HINT, r"\bURL\b", r"^\w+ docs\b", r"^(?:current|latest|newest|recent) (?:lts|version|release|stable|news|docs|price)\b", r"\b(?:latest|newest) (?:\w+ ){0,2}(?:version|release|docs)\b", r"\b(?:docs|changelog|release"
           r" notes|documentation)$"),
    inside("run", WEAK, r"\b(?:tests?|build|lint|coverage|terminal|shell|console)$"),
    inside("read", WEAK, r"^@?(?:FILE|NAME)$"),
    inside("search", WEAK, r"^(?:all|every|any) (?!of\b|the tests\b)"),
    # An order whose verb is none of the vocabulary: what it is done to stands behind it.
    inside("write", WEAK, r"^(?!(?:i|you|we|he|she|it|they|is|are|in|on|at|of|for|to|from|with|by|about|and|or|but|if|as|than|that"
           r"|not|all|both|only|what|who|how|why|when|like|after|before|because|since|while|during|inside|until|was|were|be)\b)"
           r"[a-z]+(?: up| out| off| down| back| in| away)? (?:the|an?|this|these|those|all|our|my|every|some|any|it|NAME|FILE|TEXT)\b"),
    inside("write", WEAK, r"\bCODE\b"),
    # Of the whole message: these add to the rest.
    message("web", PHRASE, r"\bURL\b"),
    message("web", -9, r"\bin (?:the|this|our) (?:code\w*|repo\w*|project|source)\b", r"\bdon'?t (?:search|use|look on) the (?:web|internet)"),
    message("write", 2, r"\bTRACE\b"),
    message("write", -9, r"\b(?:do not|don'?t|dont|without|not) (?:you )?(?:actually )?(?:chang|edit|modify|modifi|touch|writ|mak"
            r"|implement|cod|fix)\w*(?: (?:anything|any\b.{0,12}|the (?:code|files?)|code|files?|it|changes|edits))?\s*"
            r"(?:yet|[.,;!)\n]|$)", r"\bread[- ]only\b", r"\bno (?:changes|edits|code|coding)\b", r"\b(?:just|only) (?:explain"
            r"|describe|answer|tell|look|review|analy[sz]e|plan|read)\b"),
    message("run", -6, r"\b(?:do not|don'?t|dont|without) (?:actually )?(?:run|execut|install|start)\w*"),
    message("plan", WEAK, r"\bbefore (?:you |we |i )?(?:cod|chang|writ|start|implement|touch|do)\w*\b.{0,60}\b(?:plan|think|steps"
            r"|propose|discuss)\b", r"\b(?:plan|think|steps|propose|discuss)\b.{0,60}\b(?:before|first)\b"),
)  # fmt: skip

SURELY_GENERAL = (
    r"in general|in theory|good practice|in your own words|without looking at|(?:which|what) model are you|\bto me in \w+ (?:sentences|words)|"
    rf"difference between|unterschied zwischen|différence entre|diferen[cç](?:ia|a) entre|разница между|区别|違い|pros and cons|best practices?|\b(?:in|with|about|of) (?:{w.LANGUAGES})\b|\b(?:vs|versus|than)\b"
    r"|meaning of|capital of|(?:point|purpose|use|advantages?|benefits?|concept|idea|meaning) of (?:an? |\w+ing\b|\w+$)"
    r"|\bthe \w+(?: \w+)? (?:theorem|principles?|keyword|operator|paradigm|pattern|protocol|law|problem|algorithm|syntax)\b"
    r"|what does (?:\w+ ){1,2}(?:mean|stand for)|better to use|is it true|\bdo you (?:know|like|prefer|recommend|think|use)\b"
)
"""A question about programming or the world. It may say "the"."""

GENERAL = (
    r"^(?:what|who)(?:'s| is| are| was| were| do| does)? (?!wrong\b|going\b|in\b|on\b|happen|you\b|changed\b|next\b|else\b)"
    rf"|how (?:do|can|would|to) (?:i|you|one|someone|people|an?|\w+s)\b|^how to\b|\b(?:{w.LANGUAGES})$"
    r"|explain (?:to me )?(?!how\b|why\b|it\b|what\b|when\b|to\b|line\b|your)\w|explain (?:to me )?(?:what|how|why) (?:an? |\w+s\b |\w+ (?:is|are|work|mean))"
    r"|recommend"
    r"|^(?:when|who|where|why|how) (?:was|were|did) |when (?:should|do|would) (?:i|you|one)|^(?:is|are|does|will) \w+ |example of|something (?:about|interesting|cool)|how do(?:es)? (?:\w+s|an? .*|https|dns|recursion|oauth|jwt|tls) work"
    r"|why (?:is|are|do|does|would|should) "
)
"""A question that sounds as if it were not about this project."""

MINE = (
    r"\b(?:FILE|NAME|TRACE|CODE|COMMAND)\b|\b(?:this|these|our|my|here|codebase|repo(?:sitory)?|project|us|above|selected|below"
    r"|lines? \d+|selection)\b"
)
"""What makes a question one about this project."""

PERHAPS_MINE = (
    r"\bthe (?!difference|best|most|world|weather|right way|capital)|\b(?:it|its|they|we|that|i'm getting)\b"
)
"""What does, unless the question is surely general."""
