"""What only running something does or tells: commands, git, tests."""

from __future__ import annotations

from .. import words as w

MAKE_A_COMMIT = (
    r"(?:make|create|do|open|prepare|start|cut|add|submit) (?:a |an |the |me )?(?:\w+ )?(?:git |new "
    r"|pull )?(?:commit|branch|pull request|pr|tag|stash|release)\b(?! (?:model|page|class|table"
    r"|function|endpoint|field))",
)
STATE_OF_GIT = (
    rf"(?:{w.GET}|view|{w.ASK})\b.{{0,40}}\b(?:git (?:log|status|diff|blame|branch\w*|history|stash"
    rf"|remote\w*)|(?:commit|git) (?:log|history)|(?:last|recent|latest)\b.{{0,10}} commits?"
    rf"|current branch|running (?:process|container|service|job|server)\w*|disk (?:space|usage)"
    rf"|uncommitted|exit code|output of|test results|(?:test |code )?coverage|working (?:dir|tree))\b",
    r"(?:status|git) of the repo",
)
BRANCHES = (
    r"(?:merge|check ?out|switch to|delete|rebase|push|pull|reset)\b.{0,30}\b(?:branch|main|master"
    r"|develop|upstream|origin|remote|head)\b",
    r"revert (?:the |that |my )?(?:last |previous )?commit",
    r"clone\b",
    r"(?:amend|undo) (?:the |my )?(?:last |previous )?commit",
)
INSTALLED = (
    r"(?:create|make|activate|set up)\b.{0,20}\b(?:virtual ?env\w*|venv|conda env\w*)",
    r"(?:what|which) (?:version of \w+|\w+ version)\b.{0,20}\b(?:installed|running|have|using|on|active)\b",
    r"(?:which|what) (?:git )?branch\b",
    r"how many commits",
    r"(?:see|check) (?:if|whether) .{0,40}\b(?:happy|okay|fine|still good)\b",
    r"switch to it\b",
    r"(?:check|print|show|get) (?:the |my )?(?:\w+ )?version\b",
    r"(?:is|are) [\w.+-]+ installed",
    r"bring\b.{0,30}\bup$",
    r"(?:stage|commit)\b",
)
COMMAND_LINE = (
    r"make$",
    r"make (?:all|build|test|install|clean|lint|run|check|dev|release|docs|format|deploy|watch|coverage"
    r"|help)(?:$| ?&&)",
    rf"(?!make\b)(?:{w.TOOL})(?:\s|$)",
    r"(?:use |try |call |(?:see |check |show |tell me )?what (?:does |do )?)?COMMAND",
    r"HOST\b",
    r"(?:hit|request|probe|open|call|use|curl)\b.{0,40}\b(?:HOST|endpoints?)",
)
DOES_IT_PASS = (
    r"(?:has|have|did|do|does|will|would|is|are|whether|if)\b.{0,30}\b(?:tests?|build|suite|lint\w*|ci"
    r"|types?|code|it|this|project|app)\b.{0,20}\b(?:pass(?:es|ing)?|compiles?|green|succeeds?|builds?"
    r"|runs?|starts?)\b",
    rf"(?:check|see|verify|make sure|confirm|ensure"
    rf"|try)\b.{{0,30}}\b(?:{w.THING})\b.{{0,30}}\b(?:pass(?:es)?|compiles?|builds?|works?|runs?|green"
    rf"|starts?|succeeds?)\b",
    r"check (?:the )?(?:types|tests|coverage|style|lint|build|formatting|git status|status|logs|ci)\b",
)
DATABASE = (
    r"(?:reset|seed|wipe|restore|back ?up|dump|migrate) (?:the |my |our )?(?:\w+ )?(?:db|database"
    r"|cluster)$",
    r"(?:apply|roll ?back|revert) (?:the |all |all the )?(?:\w+ )?migrations?\b",
    r"(?:upgrade|update) (?:pip|npm|node|brew|rustup)",
    r"(?:check|see|verify|test) (?:if|whether|that)?.{0,40}\b(?:responds?|is running|is up|listening"
    r"|reachable|works|installed)\b",
    r"open .{0,30}\bin (?:the |a |my )?(?:browser|chrome|firefox)",
    r"(?:is|are) .{0,30}\b(?:running|listening|in use|up and)\b",
    r"validate (?:the )?docker",
)
PROCESSES = (
    r"(?:generate|create|produce) (?:an? |the )?(?:test |code )?(?:coverage|benchmark|profil)",
    r"(?:take|bring|shut)\b.{0,30}\bdown$",
    r".{0,80}\bby running\b",
    r"(?:check|see|show|list)\b.{0,20}\b(?:process(?:es)?|containers|ports)\b.{0,20}\b(?:run|use|open"
    r"|listen)\w*",
)
GET_IT_GOING = (
    r"(?:get|have) .{0,40}\b(?:built|installed|started|compiled|deployed|tested|linted)\b",
    r"get (?:the|this|it|my|our)\b.{0,30}\b(?:running|started|up|going)\b",
    r"use \w+ to (?:run|build|start|install|test|lint|format|deploy|compile|check)\b",
    r"(?:do|make|perform) an? (?:\w+ )?(?:pull|push|fetch|commit|rebase|build|install|test run)\b",
)
RESULTS = (
    r"(?:which|what|how many) (?:\w+ )?(?:tests?|specs?|checks?)\b.{0,12}\b(?:fail\w*|pass\w*|broken|red)",
    r"how much .{0,30}\b(?:coverage|memory|disk|time|space)",
    r"how (?:long|fast) (?:does|do|is|are)",
    r"what(?:'s| is| does| do)\b.{0,40}\b(?:running|listening|COMMAND|printed|output)\b.{0,20}$",
)
VERBS = (
    rf"(?:{w.RUN})\b",
    r"make sure\b.{0,60}\b(?:pass|compile|build|work|run|green)\w*",
)
TO_PRODUCTION = (
    r"\bto (?:prod|production|staging)$",
    r"\b(?:full|whole|entire) (?:test suite|tests)\b(?! (?:fail|are|should))",
)
NOUNS = (r"\b(?:tests?|build|lint|coverage|terminal|shell|console)$",)
FORBIDDEN = (r"\b(?:do not|don'?t|dont|without) (?:actually )?(?:run|execut|install|start)\w*",)
