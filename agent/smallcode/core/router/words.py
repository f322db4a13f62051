"""The vocabulary that the rows of the table share: alternatives of a pattern, lower case."""

from __future__ import annotations

CHANGE = (
    "add|address|adapt|adjust|align|allow|annotate|append|apply|assert|attach|auto-?format|backport|beautify"
    "|bring back|bump|cache|capitali[sz]e|catch|cent(?:er|re)|centrali[sz]e|change|clean ?up|clean|code"
    "|combine"
    "|comment out|comment|complete|compress|configure|consolidate|convert|copy|correct|cover|craft|create"
    "|customi[sz]e|cut|debounce|declare|decode|decouple|decrease|deduplicate|dedupe|default|define|delete"
    "|deprecate|develop|disable|document|downgrade|draft|drop|duplicate|edit|eliminate|embed|enable"
    "|encapsulate"
    "|encode|encrypt|enforce|ensure|escape|exclude|expand|export|expose|extend|extract|factor out|fall back"
    "|fill in"
    "|fill|filter|finish|fix ?up|fix|flatten|fold|freeze|generali[sz]e|generate|get rid of|give(?! me)|group"
    "|guard"
    "|handle|hard-?code|harden|hash|have (?:the|it|this|an?|all)|hide|highlight|hook up|implement|improve"
    "|include"
    "|increase|initiali[sz]e|inject|inline|insert|instrument|integrate|introduce|invert|isolate|join"
    "|lazy[- ]load"
    "|limit|locali[sz]e|log(?! in)|lower|make|mark|memoi[sz]e|merge|migrate|mock|moderni[sz]e|modify|move"
    "|normali[sz]e|omit|optimi[sz]e|overhaul|override|paginate|paralleli[sz]e|parametri[sz]e|parse|paste"
    "|patch"
    "|persist|pin|polish|populate|port|prefix|prepend|prettify|prevent|program|propagate|pull out|put|raise"
    "|rate[- ]limit|reduce|refactor|refine|reformat|register|reimplement|relocate|remove|rename|reorder"
    "|reorgani[sz]e|repair|repeat|rephrase|replace|require|reset|resize|resolve|respect|restore|restrict"
    "|restructure|restyle|retry|return|reuse|revamp|reverse|revert|reword|rework|rewrite|rip out|roll ?back"
    "|round"
    "|saniti[sz]e|save|scaffold|secure|seed|separate|seriali[sz]e|deseriali[sz]e|set(?! up)|shorten|shrink"
    "|silence"
    "|simplify|skip|solve|sort out|sort|speed up|split|squeeze|standardi[sz]e|stop (?:it|the \\w+|this) from"
    "|store"
    "|streamline|strip|stub|style|subclass|substitute|support|suppress|swap|switch|sync|tag|take out"
    "|take care of"
    "|throttle|throw|tidy up|tidy|toggle|touch up|transform|translate|trim|truncate|turn|tweak"
    "|type(?![- ]?check)"
    "|unify|undo|uncomment|update|upgrade|use|validate|vectori[sz]e|wire up|wire|wrap|write|allow users?"
    "|let users?"
    "|keep|leave|do (?:the same|it|this|that)|rip|kill off|mirror|move|fork|specify|link|bind|redirect"
    "|localise"
)
RUN = (
    "run|re-?run|execute|launch|start|restart|stop|kill|build|rebuild|compile|recompile|install|uninstall"
    "|reinstall"
    "|test|retest|deploy|redeploy|lint|benchmark|bench|profile|commit|push|stash|rebase|cherry-?pick|squash"
    "|publish"
    "|release|ship|invoke|boot|spin up|fire up|bring up|kick off|serve|unzip|untar|ping|curl|type[- ]?check"
    "|tail"
    "|smoke[- ]test|bundle|transpile|chmod|set up|setup|shut down|format|sudo|bisect|pull|verify|measure"
    "|time|debug"
    "|watch|stage|trigger|do a (?:build|test run|dry[- ]run)|try (?:it|again|that|this)(?: out)?|re-?try"
    "|containeri[sz]e"
    "|dry[- ]run|cd|initiali[sz]e (?:a )?(?:git|repo\\w*|submodules?)|call (?:the )?(?:script|endpoint|api)"
    "|boot up"
)
READ = (
    "read|open|view|show|display|cat|print|explain|describe|summari[sz]e|sum up|walk (?:me |us )?through"
    "|review|tell"
    "|inspect|examine|analy[sz]e|interpret|clarify|understand|study|look (?:at|into|over|through)|look|see"
    "|walk|learn"
    "|take a (?:\\w+ )?look|have a (?:\\w+ )?look|go (?:through|over)|check(?: out)?|compare|audit|outline"
    "|scan|skim"
    "|give (?:me|us) (?:an? |the )?(?:\\w+[- ]?){0,2}(?:overview|summary|explanation|rundown|gist|tour|idea"
    "|intro\\w*"
    "|walk-?through|breakdown|description|tl;?dr)|peek|break down|figure out|investigate|diagnose|teach me"
    "|discuss"
    "|critique|evaluate|assess|preview|tl;?dr|eli5|get (?:familiar|acquainted|an overview)|dig into|find out"
    "|dump"
    "|decipher|elaborate|sanity[- ]check|double[- ]check|point out|get me up to speed|contrast|recap"
    "|proof-?read|rate"
    "|take me through|talk me through|know|remind me|bring me up|load|help me understand|head|follow"
)
SEARCH = (
    "search|find|locate|grep|rg|look (?:\\w+ )?for|hunt|track down|scan for|seek|enumerate|list|ripgrep|spot"
    "|identify|collect|gather|get (?:me )?(?:a list|all)|show (?:me )?(?:all|every|each)|discover|detect"
    "|pinpoint"
    "|query|count|fgrep|ack|scour|check for|(?:look|go|scan|search|comb|dig) (?:through|around|in|over"
    "|across)\\b.{0,60}"
    " for|i (?:can'?t|cannot|couldn'?t|could not) find|i'?m (?:looking|searching) for|give me (?:a list|all"
    "|every)"
)
PLAN_NOUN = (
    "plan|road ?map|strategy|approach(?:es)?|design(?! patterns?)(?: doc(?:ument)?| proposal)?|proposal"
    "|milestones|rfc|outline"
    "|architecture|(?:next )?steps|migration path|blueprint|game ?plan|breakdown|task list|(?:folder|project"
    "|file"
    "|directory) (?:structure|layout)|to-?do list|(?:list of )?tasks|options|tickets|user stories|sprint"
    "|timeline|spec(?:ification)?"
)
AT_WORK = (
    "defined|declared|implemented|used|called|referenced|imported|instantiated|created|initiali[sz]ed"
    "|invoked|lives?"
    "|come(?:s|ing)? from|set|assigned|subclassed|overridden|exported|registered|mutated|consumed|constructed"
    "|injected|mocked|written to|modified|define|definition|raised|thrown|triggered|mounted|gets? its value"
    "|emitted"
)
"""What a symbol has done to it, at a place."""
USES = (
    "calls?|calling|call|uses?|using|imports?|importing|references?|referencing|depends? (?:up)?on|relies on"
    "|rely on"
    "|inherits?|extends?|implements?|overrides?|invokes?|consumes?|subclass(?:es)?|instantiates?|requires?"
    "|triggers?"
    "|reads? from|writes? to|modif(?:y|ies)|mutates?|emits?|raises?|throws?|returns?|subscribes? to"
    "|touch(?:es)?|renders?|derives? from"
)
GRAPH = (
    "callers?|callees?|references?|usages?|call[- ](?:graph|sites?|tree|hierarchy|chain|stack)|definitions?"
    "|symbols?"
    "|subclass(?:es)?|implementations|implementers?|implementors?|dependents?|dependenc(?:y|ies)(?! inj)"
    "|importers?"
    "|inheritance|class hierarchy|type hierarchy|signatures?|overrides?|imports|uses|dead code|consumers"
    "|xrefs?"
    "|unused (?:functions?|exports?|imports?|variables?|class(?:es)?|methods?|code)|unreachable code"
    "|descendants|declarations?"
)
FAULT = (
    "does(?:n'?t| not)|do(?:n'?t| not)|did(?:n'?t| not)|is(?:n'?t| not)|are(?:n'?t| not)|won'?t|can'?t"
    "|cannot|dont"
    "|doesnt|isnt|cant|wont|fail(?:s|ed|ing|ure|ures)?|broken|breaks?|breaking|crash(?:es|ed|ing)?|bugs?"
    "|buggy"
    "|wrong(?:ly)?|incorrect(?:ly)?|missing|throws?|throwing|hangs?|hanging|leaks?|leaking|typos?|errors?"
    "|nan|null"
    "|exceptions?|raises?|slow|flaky|off[- ]by[- ]one|regression|deadlocks?|freezes?|stuck|never|twice"
    "|duplicated?"
    "|ignored|ignores|inconsistent|overflows?|race condition|segfaults?|misaligned|outdated|unused|ugly"
    "|too \\w+"
    "|instead of|unreadable|no longer|keeps? \\w+ing|stopped working|red|messy|hard to read|garbled"
    "|misspelled"
    "|undefined|nothing happens|does nothing|overlaps?|loses?|drops?|swallows?|stale|unhandled|invalid"
    "|unexpected"
)
WANT = (
    "should(?:n'?t)?|must|needs? to|has to|have to|ought to|needs? \\w+|supposed to"
    "|would be (?:nice|great|good|better|cool|helpful)|(?:i|we)(?: want| need|'d like| would like|'d prefer"
    "| would"
    " prefer| would rather|'d rather)|users? (?:want|need)s?|expected|gets? an?|becomes?|there is no"
    "|there's no|^need"
    "|rather than|is too|are too|no need (?:for|to)"
)
ONLINE = (
    "online|on the (?:web|internet|net)|on (?:google|stack ?overflow|github|npm|pypi|crates\\.io|reddit"
    "|the docs)|from the (?:web|internet|net)"
)
THING = (
    "tests?|suite|specs?|build|code|program|script|app|server|linter|project|it|this|that|everything|all"
    "|types?"
)
THIS = "the|this|these|that|those|our|my|NAME|FILE|it|its|here|there|we|they|TEXT"
CODE_THING = (
    "functions?|methods?|class(?:es)?|fields|attributes|members|exports?|interfaces?|structs?|enums?"
    "|parameters|params"
    "|arguments|traits?|constants|globals|types|constructors?|decorators?"
)
TOOL = (
    "ls|cd|pwd|rm|mkdir|cp|mv|ps|df|du|curl|wget|ssh|npm|npx|pnpm|yarn|bun|pip3?|uv|poetry|pytest|tox|cargo"
    "|docker"
    "|docker-compose|kubectl|tsc|mvn|gradle|python3?|node|bash|sh|sudo|chmod|whoami|echo|env|jest|vitest"
    "|eslint|ruff"
    "|mypy|gcc|terraform|psql|helm|brew|apt|apt-get|conda|dotnet|rails|rake|bundle|git|hatch|make|cmake"
    "|systemctl"
    "|go (?:test|build|run|mod|vet|get|install)"
)
LANGUAGES = (
    "python|javascript|typescript|rust|golang|java|kotlin|swift|ruby|php|bash|sql|react|css|html|haskell"
    "|django|flask"
    "|c\\+\\+|c#|linux|git|docker|kubernetes|vim|regex|http|vue|angular|scala|elixir|perl|julia|lua"
    "|programming|general"
)

GREETING = (
    "hi|hello|helo|hallo|hey|how r u|how are u|heya?|hiya|howdy|yo|sup|greetings|good (?:morning|afternoon"
    "|evening|day|night)|what'?s up|how are"
    " (?:you|things)(?: doing| going)?|how(?:'s| is) (?:it going|life|your day)|how do you do|bye|goodbye"
    "|see (?:you|ya)|later|thanks?"
    "|thank you|thx|ty|cheers|much appreciated|appreciate it|nice|great|cool|awesome|perfect|amazing"
    "|brilliant|fine"
    "|excellent|wow|lol|haha+|good (?:job|work|bot|one)|well done|never ?mind|nvm|forget it|no|nope|sorry"
    "|my bad"
    "|hmm+|ok(?:ay)?|k|yes|yep|sure|got it|i see|makes sense|that (?:works|worked|helps|helped|is all"
    "|was it)|it works"
    "|works now|you(?:'re| are) (?:great|awesome|right|welcome|wrong|the best|so \\w+|very \\w+)|love it"
    "|interesting"
    "|looks good|lgtm|all good|no worries|fair enough|i(?:'m| am) (?:happy|done|back|tired|bored|good|fine"
    "|sad|here)"
    "|that'?s (?:all|it|great|perfect|nice|cool|awesome|fine|helpful|what i needed|right|wrong)"
    "|have a \\w+ \\w+|oh"
    "|that (?:was|is) (?:\\w+ )?(?:helpful|great|nice|good|perfect|awesome|wonderful|clear)"
    "|you did (?:a )?\\w+|(?:are )?(?:you|u) there|gg|sweet|nice to meet you|pleased to meet you"
    "|long time no see|happy \\w+|merry christmas|congrat\\w*|welcome back|damn"
)

GET = (
    "find|show|list|get|give|search|locate|display|look|trace|tell|print|map|see|check|identify|open|fetch"
    "|pull"
)
ASK = "what(?:'s| is| are| was| would| will| happens)|which(?: is| are)?"
