"""What speaks for which category: the whole of the router's knowledge of English, one row for each signal.

Patterns read prose.py's words: FILE, NAME, URL, HOST (an address on this machine), TEXT (in quotation marks),
COMMAND, CODE and TRACE. An order to change files weighs more than any other order, in whatever clause it
stands, for who is to change something must also be able to read, search and run.
"""

from __future__ import annotations

from .signal import Signal, head, inside, message
from .tongues import TONGUES

WRITE, ORDER, PHRASE, WEAK = 8.0, 6.0, 5.0, 3.0

WRITE_VERBS = (
    "add|address|adapt|adjust|allow|annotate|append|apply|attach|auto-?format|bump|catch|centrali[sz]e|change"
    "|clean ?up|clean|cache|capitali[sz]e|combine|comment out|comment|complete|configure|consolidate|convert"
    "|correct|cover|create|customi[sz]e|cut|deduplicate|dedupe|decouple|decrease|delete|deprecate|disable"
    "|document|drop|edit|eliminate|embed|enable|encapsulate|ensure|escape|exclude|expand|export|expose|extend"
    "|extract|factor out|fill in|fill|finish|fix ?up|fix|flatten|generali[sz]e|generate|get rid of|give(?! me)"
    "|guard|handle|hard-?code|harden|hide|highlight|hook up|implement|improve|include|increase|initiali[sz]e"
    "|inject|inline|insert|instrument|integrate|introduce|invert|isolate|join|limit|locali[sz]e|log(?! in)"
    "|lowercase|make|memoi[sz]e|merge|migrate|mock|moderni[sz]e|modify|move|normali[sz]e|optimi[sz]e|overhaul"
    "|override|paginate|parallel+i[sz]e|parametri[sz]e|patch|persist|polish|populate|port|prefix|prepend"
    "|prevent|pull out|put|reduce|refactor|refine|reformat|register|relocate|remove|rename|reorder"
    "|reorgani[sz]e|repair|replace|reset|resolve|restore|restructure|restrict|restyle|retry|return|reuse"
    "|revamp|revert|reverse|rework|rewrite|rip out|roll ?back|round|sanitize|save|scaffold|secure|seed|separate"
    "|set(?! up)|shorten|shrink|silence|simplify|skip|solve|sort out|sort|speed up|split|squeeze|standardi[sz]e"
    "|store|streamline|strip|stub|style|substitute|support|suppress|swap|switch|throttle|throw|tidy up|tidy"
    "|toggle|transform|translate|trim|truncate|turn|tweak|unify|undo|uncomment|update|upgrade|use|validate"
    "|vectori[sz]e|wire up|wire|wrap|write|implment|draft|touch up|cleanse|prettify|beautify|debounce|rephrase"
    "|reword|append|code|program|develop|craft|fork out|backport|bring back|fall back|default|downgrade|pin"
    "|freeze|lazy[- ]load|mark|tag|type|inherit|subclass|declare|define|assert|raise|propagate|sync|align"
    "|cent(?:er|re)|enforce|require|respect|stop (?:it|the \\w+) from|let users?|allow users?"
    "|repeat|copy|duplicate|paste|compress|encrypt|hash|encode|decode|serialize|parse|filter|group|rate[- ]limit"
)
RUN_VERBS = (
    "run|re-?run|execute|launch|start|restart|stop|kill|build|rebuild|compile|recompile|install|uninstall"
    "|reinstall|test|retest|deploy|redeploy|lint|benchmark|bench|profile|commit|push|stash|rebase|cherry-?pick"
    "|clone|squash|publish|release|ship|invoke|boot|spin up|fire up|bring up|serve|unzip|untar|ping|curl"
    "|type-?check|smoke[- ]test|bundle|transpile|dockeri[sz]e and run|tail|chmod|set up|shut down|format|sudo"
    "|bisect|fetch origin|pull|re-?try it|verify|measure|time|debug|watch|do a (?:build|test run|dry[- ]run)"
)
READ_VERBS = (
    "read|open|view|show|display|cat|print|explain|describe|summari[sz]e|sum up|walk (?:me |us )?through|review"
    "|inspect|examine|analy[sz]e|interpret|clarify|understand|study|look (?:at|into|over|through)|look|see"
    "|take a (?:\\w+ )?look|have a (?:\\w+ )?look|go (?:through|over)|check(?: out)?|compare|audit|tell (?:me|us)"
    "|give me (?:an? )?(?:\\w+ )?(?:overview|summary|explanation|rundown|gist|tour|idea|walk-?through|breakdown)"
    "|outline|scan|skim|peek|break down|figure out|investigate|diagnose|teach me|help me understand|discuss"
    "|critique|evaluate|assess|preview|tl;?dr|eli5|learn|get (?:familiar|acquainted|an overview)|dig into"
    "|find out|dump|decipher|elaborate|walk|sanity[- ]check|double[- ]check|point out|get me up to speed"
)
SEARCH_VERBS = (
    "search|find|locate|grep|rg|look for|hunt|track down|scan for|seek|enumerate|list|ripgrep|spot|identify"
    "|collect|gather|get (?:me )?(?:a list|all)|show (?:me )?(?:all|every|each)|discover|detect|which files?"
    "|pinpoint|query|count|fgrep|ack|scour|filter for|check for"
)
_THING = "tests?|suite|specs?|build|code|program|script|app|server|linter|project|it|this|that"
_PLAN = (
    "plan|road ?map|strategy|approach|design(?: doc(?:ument)?| proposal)?|proposal|milestones|rfc|outline"
    "|architecture|steps|migration path|blueprint|game ?plan|breakdown of tasks|task list|work breakdown"
    "|todo list|options"
)
_USED = (
    "defined|declared|implemented|used|called|referenced|imported|instantiated|created|initiali[sz]ed|invoked"
    "|lives?|come(?:s|ing)? from|set|assigned|subclassed|overridden|exported|registered|mutated|consumed"
    "|constructed|injected|mocked|written to|modified|defin(?:e|ition)|raised|thrown|triggered|mounted|passed"
)
_USE = (
    "calls?|calling|uses?|using|imports?|importing|references?|depends? (?:up)?on|relies on|rely on|inherits?"
    "|extends?|implements?|overrides?|invokes?|consumes?|subclass(?:es)?|instantiates?|requires?|touch(?:es)?"
    "|reads? from|writes? to|sets?|modif(?:y|ies)|mutates?|triggers?|emits?|raises?|throws?|returns?|creates?"
)
_GRAPH = (
    "callers?|callees?|references?|usages?|call[- ](?:graph|sites?|tree|hierarchy|chain|stack)|definitions?"
    "|subclass(?:es)?|implementations?|implementers?|dependents?|dependenc(?:y|ies)(?! inj)|symbols?|importers?"
    "|inheritance|class hierarchy|type hierarchy|signatures?|overrides?|imports|circular imports?|uses"
)
_ONLINE = "online|on the (?:web|internet|net)|on (?:google|stack ?overflow|github|npm|pypi|crates|reddit)"
_FAILS = (
    "does(?:n'?t| not)|do(?:n'?t| not)|did(?:n'?t| not)|is(?:n'?t| not)|are(?:n'?t| not)|won'?t|can'?t|cannot"
    "|fail(?:s|ed|ing|ure|ures)?|broken|breaks?|crash(?:es|ed|ing)?|bugs?|buggy|wrong(?:ly)?|incorrect(?:ly)?"
    "|missing|throws?|throwing|hangs?|hanging|leaks?|leaking|typos?|errors?|exceptions?|raises?|slow|flaky"
    "|off[- ]by[- ]one|regression|deadlocks?|freezes?|stuck|never|twice|duplicated?|ignored|inconsistent"
    "|overflows?|race condition|segfaults?|misaligned|outdated|unused|ugly|too (?:\\w+)|instead of|unreadable"
    "|no longer|keeps? \\w+ing|stopped working|red|messy|hard to read|garbled|misspelled|undefined|null|nan"
)
_WANTED = (
    "should(?:n'?t)?|must|needs? to|has to|have to|ought to|needs? (?:an?|some|the|more|better|\\w+ing)"
    "|supposed to|would be (?:nice|great|good|better|cool|helpful)|i(?: want| need|'d like| would like)"
    "|we(?: want| need|'d like)|users? (?:want|need)s?|expected|gets? an?|becomes?|there is no|there's no"
)

SIGNALS: tuple[Signal, ...] = (
    # Talk. --------------------------------------------------------------------------------------------------
    head("respond", 7, r"(?:hi|hello|hey|heya?|hiya|howdy|yo|sup|greetings|good (?:morning|afternoon|evening|"
         r"day|night)|what'?s up|how are you|how'?s it going|how do you do|bye|goodbye|see (?:you|ya)|later"
         r"|thanks?|thank you|thx|ty|cheers|much appreciated|nice|great|cool|awesome|perfect|amazing|brilliant"
         r"|excellent|wow|lol|haha+|good (?:job|work|bot)|well done|never ?mind|nvm|forget it|no|nope|stop"
         r"|sorry|my bad|hmm+|ok(?:ay)?|yes|yep|sure|got it|i see|makes sense|that (?:works|worked|helps|helped)"
         r"|you(?:'re| are) (?:great|awesome|right|welcome|wrong|the best)|love it|test(?:ing)?|ping|k|interesting"
         r"|looks good|lgtm|all good|no worries|fair enough|works now|it works)"
         r"(?:[\s,]+(?:there|again|all|everyone|smallcode|so much|a lot|very much|man|mate|buddy|bot|you|that"
         r"|is|it|was|for|the|your|help|now|works?|work|great|perfectly|today|friend|job|nice|really|thanks?"
         r"|much|lot|one|assistant|agent|team|folks|have|a|good|day|see|tomorrow|in|touch|awesome|cool|done"
         r"|helped|helps))*[\s\W]*$"),
    head("respond", 7, r"(?:who|what) (?:are|r) you\b", r"what(?:'s| is) your (?:name|purpose|favou?rite)",
         r"what can you do\b", r"what (?:model|llm|languages?) (?:are|do|can) you", r"tell (?:me|us) (?:a|another)"
         r" (?:joke|story|fun)", r"(?:sing|joke)\b", r"are you (?:an? |there|ok|sure|human|real|able|sentient|chat)",
         r"do you (?:like|think|know|have|believe|prefer|understand|speak|remember|recommend|feel|ever|support)\b"
         r"(?!.{0,80}(?:FILE|NAME|\b(?:the|this|our|my)\b))", r"how (?:old|smart) are you", r"i(?:'m| am| feel) "
         r"(?:tired|bored|new|back|happy|sad|confused|stuck|done|a )\b(?!.{0,80}(?:FILE|NAME|on))", asks=True),
    # The web. -----------------------------------------------------------------------------------------------
    head("web", 7, rf"(?:search|look|find|check|browse|read|see|get|show|list|are|is|go)\b.{{0,100}}\b(?:{_ONLINE})",
         r"(?:search|browse|surf|check|consult|use|query|ask) (?:the )?(?:web|internet|net|google|online|stack ?overflow)",
         r"(?:google|duckduckgo|web ?search)\b", r"(?:open|visit|fetch|get|read|go to|browse|download|scrape|check"
         r"(?: out)?|look at|summari[sz]e|see|load|show|crawl|access|pull|have a look at|take a look at)\b.{0,60}"
         r"\bURL", r"look up\b(?!.{0,60}(?:FILE|NAME|\bin the (?:code|repo|project)))", r"(?:read|check|find|see|fetch"
         r"|get|consult|pull up|show|search|look (?:at|in|into|through))\b.{0,40}\b(?:official|online|upstream|latest|"
         r"release|api) (?:\w+ )?(?:docs|documentation|notes|reference|changelog)", r"URL", r"(?:fetch|find|get|check"
         r"|read|see|look for) (?:me )?(?:the )?(?:docs|documentation|changelog|release notes|api reference)\b"
         r" (?:for|of|on|about)", r"(?:what(?:'s| is| are)|which is|is there|tell me|find|check|get|show)\b.{0,40}"
         r"\b(?:latest|newest|most recent|current|lts|newer|new) (?:\w+ )?(?:version|release|lts|stable|news|price|"
         r"exchange|weather|docs)\b(?! control)", r"what(?:'s| is) new in", r"what(?:'s| is) the (?:weather|price|news)"
         r"|what changed in (?:\w+ )?v?\d", r"(?:has|have|did|is|are|when)\b.{0,50}\b(?:been released|come out|came out"
         r"|released|end of life|eol|deprecated in|vulnerable)\b", r"(?:is|are) there (?:any |a )?(?:known )?(?:cves?"
         r"|vulnerabilit(?:y|ies)|npm package|python (?:package|library)|library|package|newer version|updates?)\b"
         r".{0,40}\b(?:for|in|to|that|of)\b", r"what do(?:es)? the (?:\w+ )?(?:docs|documentation) say", asks=True),
    # Git and whole command lines, before their verbs are read as English. ------------------------------------
    head("write", WRITE, r"(?:create|make|add|put|generate|write)\b.{0,40}\b(?:commit hook|git ?hook|gitignore)"),
    head("run", 7, r"(?:make|create|do|open|prepare|start|cut|add) (?:a |an |the |me )?(?:\w+ )?(?:git |new |pull )?"
         r"(?:commit|branch|pull request|pr|tag|stash|release)\b", r"(?:show|see|check|view|print|give|display|what(?:'s"
         r"| is| are)|list|tell)\b.{0,30}\b(?:git (?:log|status|diff|blame|branch\w*|history|stash|remote\w*)|status of "
         r"(?:the )?(?:repo|git)|commit (?:log|history)|(?:last|recent|latest)\b.{0,10} commits?|current branch"
         r"|running processes|disk (?:space|usage)|env(?:ironment)? variables?|uncommitted)", r"(?:merge|check ?out|"
         r"switch to|delete|create|rebase)\b.{0,20}\b(?:branch|main|master|develop|upstream|origin)\b", r"revert (?:the |"
         r"that |my )?(?:last |previous )?commit", r"(?:create|make|set up|activate)\b.{0,20}\b(?:virtual ?env\w*|venv|"
         r"conda env\w*)", r"(?:what|which) (?:version of \w+|\w+ version)\b.{0,20}\b(?:installed|running|have|using|on|is (?:this|it))\b",
         r"(?:is|are) [\w.-]+ installed", r"git\b", r"make (?:all|build|test|install|clean|lint|run|check|dev|"
         r"release|docs|format|deploy|watch|coverage|help)\b$", r"(?:ls|cd|pwd|rm|mkdir|cp|mv|ps|df|du|curl|wget|ssh"
         r"|npm|npx|pnpm|yarn|bun|pip3?|uv|poetry|pytest|tox|cargo|docker|docker-compose|kubectl|tsc|mvn|gradle|python3?"
         r"|node|bash|sh|sudo|chmod|whoami|echo|env|jest|vitest|eslint|ruff|mypy|gcc|terraform|psql|helm|brew|"
         r"apt|apt-get|conda|dotnet|rails|rake|bundle|go (?:test|build|run|mod|vet|get|install))(?:\s|$)", r"COMMAND",
         r"(?:has|have|did|do|does|will|would|is|are|whether|if)\b.{0,30}\b(?:tests?|build|suite|lint\w*|types?)\b.{0,20}\b(?:pass"
         r"(?:es|ing)?|compiles?|green|succeed)", r"(?:does|whether|if) (?:it|this|the (?:code|project|app))\b.{0,20}\b(?:compile|build"
         r"|run|pass|work|start)\b", r"(?:use|try) (?:COMMAND|HOST)", rf"(?:check|see|verify|make sure|confirm|ensure|try)"
         rf"\b.{{0,30}}\b(?:{_THING}|everything|all|types?|tests?)\b.{{0,30}}\b(?:pass(?:es)?|compiles?|builds?|works?|"
         r"runs?|green|starts?)\b", r"how (?:much|many) .{0,40}\b(?:coverage|memory|disk|tests? (?:pass|fail))",
         r"what(?:'s| is) (?:the )?(?:test |code )?coverage", r"how (?:long|fast) (?:does|do|is|are)", r"check (?:the )?"
         r"(?:types|tests|coverage|style|lint|build|formatting|git status|status|logs)\b", r"(?:which|what) tests? (?:are |"
         r"is )?(?:fail\w*|pass\w*|broken|red)", r"(?:hit|call|request|probe)\b.{0,30}\b(?:HOST|endpoint)", r"HOST\b",
         r"(?:give|get|show|tell) (?:me |us )?(?:the )?(?:test |code )?(?:coverage|test results)\b",
         r"(?:what|which) (?:process\w*|port)"),
    # Plans. -------------------------------------------------------------------------------------------------
    head("plan", 9, rf"(?:make|write|create|draft|draw|come up with|give|prepare|propose|sketch|outline|develop|put"
         rf" together|produce|suggest|work out|i (?:need|want|would like)|i'?d like|need|want|show|provide|formulate|lay out|devise|define|"
         rf"let'?s|think (?:of|through|about)|help|map out|set up|start with|build|recommend|generate|discuss|figure"
         rf"|what(?:'s| is| are| would be))"
         rf"\b(?:(?!\b(?:implement|follow|execute|for the)\b).){{0,50}}\b(?:{_PLAN})\b(?! (?:model|class|table|field|"
         r"page|button|method|function|file|endpoint|in FILE|of (?:FILE|NAME)|is\b))", r"(?:plan|design|architect|"
         r"brainstorm|roadmap|strategi[sz]e|scope|estimate|prioriti[sz]e|think (?:through|about|hard)|break\b.{0,60}\b"
         r"(?:into|down)|decompose|propose|outline (?:how|what|the)|sketch|suggest (?:how|a way|ways|an approach|where)"
         r"|evaluate (?:options|whether)|weigh|lay out|map out|split .{0,40}into (?:steps|tasks|phases|milestones))\b",
         r"how (?:would|should|could|might|shall|can|do) (?:you|we|i|one) (?:\w+ )?(?:approach|tackle|go about|structure|"
         r"design|architect|organi[sz]e|plan|migrate|split|phase|break|best|start|attack|scale|model|proceed|roll)",
         r"how (?:would|should) (?:you|we|i)\b", r"how best to", r"how to (?:approach|tackle|structure|organi[sz]e|plan|"
         r"architect|design)", r"what (?:would|should|will) (?:be )?(?:you|we|i|the)\b.{0,50}\b(?:approach|do first|"
         r"steps?|order|architecture|strategy|start|plan|look like|next)", r"what (?:steps|approach|order|phases|are the "
         r"(?:\w+ )?(?:steps|phases|milestones|tasks|options|trade-?offs|risks))", r"what(?:'s| is| would be) the (?:best|"
         r"right|cleanest|safest|smartest|optimal) (?:way|approach|order|strategy|architecture|design|structure|path)",
         r"should (?:we|i)\b", r"what needs to (?:be done|happen|change)", r"where (?:should|would|do) (?:we|i|you) "
         r"(?:start|begin)", r"before (?:you |we |i )?(?:cod|chang|writ|start|implement|touch|do)\w*", asks=True),
    # The code graph. ----------------------------------------------------------------------------------------
    head("code_intel", 7, rf"where(?:'s|\b).{{0,100}}\b(?:{_USED})\b", rf"(?:who|what(?: else| code)?|which\b[^?]{{0,40}}?|"
         rf"(?:does|do|is|are) (?:any|some|no)(?:thing|one|body| other)?\b[^?]{{0,40}}?|how many \w+|everything that|"
         rf"anything that|all (?:the )?\w+ (?:that|which|who)) (?:\w+ly |still |else |also |can |could |would )?(?:{_USE})"
         r"\b(?! (?:you|we|i)\b)", r"what\b.{0,60}\b(?:break|be affected|affects?|impacted|depends? on)\b", r"what are the"
         r" (?:params|parameters|arguments|fields|methods|attributes|members) (?:of|for|in)", r"(?:is|are) (?:the )?"
         r"(?:NAME|\w+ (?:function|class|method|module|constant|variable)|FILE)\b.{0,30}\b(?:used|called|referenced|"
         r"imported|dead)\b", rf"(?:find|show|list|get|give|search|locate|display|what(?:'s| is| are)|look up|trace|draw"
         rf"|tell|print|map|see|jump|go|how many|count|check|identify|generate|build|visuali[sz]e|enumerate|take|look"
         rf"|open|navigate)\b.{{0,50}}\b(?:{_GRAPH})\b", r"(?:find|show|list|get|tell|determine|work out|figure out|"
         rf"check|search|look|identify|locate|see|trace)\b.{{0,60}}\b(?:where|who|what|which|everything|every\w* that|"
         rf"that|whether|if)\b.{{0,60}}\b(?:{_USED}|{_USE})\b", r"(?!what (?:does|do|is)\b)(?:list|show|get|give|what|which|print|enumerate|find|"
         r"name)\b.{0,30}\b(?:functions?|methods?|class(?:es)?|fields|attributes|members|exports?|interfaces?|structs?|"
         r"enums?|types|parameters|params|arguments)\b.{0,30}\b(?:in|of|from|does|do|are|inside|has|have|defined|exported"
         r"|within|take|takes|accept\w*|under)\b", r"(?:go|jump|navigate) to\b", r"(?:what|which) type (?:is|does|of)",
         r"what(?:'s| is) (?:the )?(?:type|return type|signature|parent class|base class|definition) ", r"trace\b",
         r"follow the (?:call|data|flow)", r"impact\b", r"find (?:NAME|(?:the )?(?:class|function|method|definition|"
         r"interface|struct|enum|symbol)\b)", r"(?:dependency|call|class|import) (?:graph|tree|hierarchy)", asks=True),
    # Searching. ---------------------------------------------------------------------------------------------
    head("write", WRITE, r"(?:search|find)(?: for)?\b.{0,60}\band (?:replace|rename|fix|change|remove|delete)"),
    head("read", ORDER, r"(?:find|figure|work) out (?:how|why|what)\b", r"check (?:if|whether|that) ", asks=True),
    head("search", ORDER, rf"(?:{SEARCH_VERBS})\b", r"where\b", r"(?:in )?(?:which|what) (?:\w+ )?(?:files?|modules?|"
         r"folder|directory|directories|places?|tests?|routes?|endpoints?|config\w*)\b", r"(?:is|are) there (?:a|an|any|"
         r"some|already|other|anything|another|code)\b", r"(?:do|does) (?:we|this|the|i|our|it)\b.{0,30}\b(?:have|contain"
         r"|include|exist|mention)\b", r"how many\b", r"any (?:files?|todos?|mentions?|occurrences?|uses?|places?|code|"
         r"leftover\w*|hard-?coded|tests?)\b", r"(?:show|give) (?:me )?(?:the )?(?:files|places|lines|occurrences|todos|"
         r"folder|directory|project structure|tree|matches|everything|anything|everywhere)\b", r"(?:anywhere|everywhere)"
         r" (?:that|we|where)", r"what files\b", r"(?:got|have) (?:any|a)\b", r"i(?:'m| am) looking for", asks=True),
    # Running. -----------------------------------------------------------------------------------------------
    head("write", WRITE, r"build (?:me |us )?(?:an?|some|out|another) ", r"set up (?:an?|the) (?:\w+ )?(?:class|module|"
         r"function|route|endpoint|config\w*|logging|handler|fixture|page|schema|logger|component|ci|workflow|pipeline)",
         r"(?:test|start|release|time|build|format|watch|verify|debug|profile)(?:ing)? (?:using|with an?|by) ",
         r"(?:format|stop|start)\b.{0,40}\b(?:as|from|to|into|with(?: two| leading)|instead)\b(?! scratch)",
         r"(?:debug|troubleshoot)\b", r"format (?:FILE|NAME|the (?:date|number|output|price|code|file|string)\w*|this)",
         r"release the (?:lock|connection|handle|memory)", r"pull (?:out|up|down|the .{0,30}(?:into|out))\b"),
    head("run", ORDER, rf"(?:{RUN_VERBS})\b", r"make sure\b.{0,60}\b(?:pass|compile|build|work|run|green)\w*"),
    # Reading, and questions. --------------------------------------------------------------------------------
    head("write", WRITE, r"give\b(?!.{0,3}me).{0,30}\b(?:a|an)\b", r"how about (?:we |you )?(?:add|renam|us|mak|chang)\w*",
         r"print (?:TEXT|an? |to )", r"show (?:an?|the) .{0,50}\b(?:when|if|while|on (?:click|hover|the page)|in the "
         r"(?:header|footer|sidebar|title|status ?bar|ui))\b", r"display\b", r"open (?:a |the )?(?:modal|dialog|popup)",
         r"see to it\b", r"look at\b.{0,60}\band (?:fix|change|rename|improve|update|add|remove|refactor|rewrite)"),
    head("read", ORDER, rf"(?:{READ_VERBS})\b", r"what(?:'s| is| are| does| do| did| happens| was| were| kind| makes| "
         r"went|\b)", r"(?:why|how|when|whose|which|whether)\b", r"(?:is|are|was|were|does|do(?! the same)|did|can|could|has|have|will|would)"
         r" (?:the|this|these|that|it|there|our|my|we|i|any|NAME|FILE|they|you)\b", r"(?:summary|overview|explanation) "
         r"(?:of|for)", r"i(?:'m| am)? (?:don'?t|do not|can'?t|not sure|want to|trying to|need to) (?:\w+ )?(?:understand|"
         r"get|know|see|follow|learn)", r"is (?:NAME|FILE)", r"in (?:FILE|NAME)[ ,]+(?:what|how|why)", asks=True),
    # Changing files. ----------------------------------------------------------------------------------------
    head("write", WRITE, rf"(?:{WRITE_VERBS})\b(?!(?:'s| is| are)\b)", r"(?:new|another) (?:file|function|class|test|"
         r"method|module|component|endpoint|page|script)\b", r"(?:no,? )?(?:make|do) (?:it|that|this)\b", r"i (?:need|want|"
         r"would like|'d like) (?:an?|the|another|some|to (?:have|be able)|all|every|it|this)\b", r"(?:FILE|NAME|TEXT)? ?(?:->"
         r"|=>|→)"),
    # What is said, not ordered. -----------------------------------------------------------------------------
    inside("run", ORDER, r"(?:without|instead of) (?:chang|edit)\w+.{0,20}\brun\b", r"\b(?:full|whole|entire|all) "
           r"(?:test suite|tests)\b(?! (?:fail|are|should))"),
    inside("write", PHRASE, rf"\b(?:{_FAILS})\b", rf"\b(?:{_WANTED})\b", r"\bTRACE\b",
           r"\b(?:refactor(?:ing)?|fix(?:es|ing)?|rename|cleanup|implementation of|bugfix|hotfix|docstrings?|type hints?"
           r"|unit tests? for|tests? for|todo:)\b"),
    inside("code_intel", PHRASE, rf"^(?:all |the )?(?:{_GRAPH})(?: of| for| to| in)?\b"),
    inside("plan", PHRASE, rf"\b(?:{_PLAN}) (?:for|to|of)\b", r"\bstep[- ]by[- ]step\b", rf"^(?:\w+ ){{0,3}}(?:{_PLAN})$"),
    inside("web", PHRASE, r"\bURL\b", r"\b(?:latest|newest) (?:\w+ )?(?:version|release|docs)\b", r"\b(?:docs|"
           r"documentation|changelog|release notes)$"),
    inside("run", WEAK, r"\b(?:tests?|build|lint|coverage|terminal|shell|console)\b$"),
    inside("search", WEAK, r"^(?:todos?|fixmes?|occurrences|mentions)\b"),
    inside("read", WEAK, r"^@?(?:FILE|NAME)$"),
    inside("write", WEAK, r"\bCODE\b"),
    # Of the whole message. ----------------------------------------------------------------------------------
    message("write", 2, r"\bTRACE\b"),
    message("write", -9, r"\b(?:do not|don'?t|without|not) (?:you )?(?:actually )?(?:chang|edit|modify|modifi|touch|writ"
            r"|mak|implement|cod)\w*(?: (?:anything|any\b.{0,12}|the (?:code|files?)|code|files?|it|changes|edits))?\s*"
            r"(?:yet|[.,;!)\n]|$)", r"\bread[- ]only\b", r"\bno (?:changes|edits|code)\b", r"\b(?:just|only) "
            r"(?:explain|describe|answer|tell|look|review|analy[sz]e|plan|read)\b"),
    message("run", -6, r"\b(?:do not|don'?t|without) (?:actually )?(?:run|execut|install|start)\w*"),
    message("plan", WEAK, r"\bbefore (?:you |we |i )?(?:cod|chang|writ|start|implement|touch|do)\w*\b.{0,40}\b(?:plan|"
            r"think|steps|propose|discuss)\b", r"\b(?:plan|think|steps|propose|discuss)\b.{0,60}\b(?:before|first)\b"),
    *TONGUES,
)  # fmt: skip

GENERAL = (
    r"difference between|pros and cons|best practices?|(?:what|who)(?:'s| is| are| was) (?:an? )?(?!the\b|this\b|"
    r"our\b|my\b|it\b|that\b|wrong\b|going\b|in\b|on\b)\w+|in (?:python|javascript|typescript|rust|go|golang|java|c|"
    r"ruby|php|bash|sql|react|css|general|c\+\+|kotlin|swift|haskell|django|programming)\b|how (?:do|does|can|would) "
    r"(?:i|you|one|someone|people|an?|\w+s)\b|explain (?!the\b|this\b|that\b|how the\b|how this\b|why\b|it\b|what\b)"
    r"|recommend|meaning of|capital|vs\.?|versus|better|why (?:is|are|do|does) (?!the\b|this\b|it\b|my\b|our\b|that\b)"
)
"""A question that sounds as if it were not about this project; unless something in it is (PROJECT)."""

PROJECT = (
    r"\b(?:FILE|NAME|TRACE|CODE)\b|\b(?:this|these|our|my|here|codebase|repo(?:sitory)?|project|we|us|above|selected"
    r"|below)\b|\bthe (?:\w+ ){0,2}(?:code|file|function|class|module|method|app|script|tests?|build|server|api|error|"
    r"config|component|page|handler|parser|loop|line|branch|changes?|diff|commit|database|schema|service|flow|logic|"
    r"endpoint|login|output|log|cache|test|query|regex|loop|variable|bug|imports?|migration|pipeline)\b"
)
"""What makes a question one about this project."""
