"""Looking for places, files and texts."""

from __future__ import annotations

from .. import words as w

WHERE_TEXT = (
    r"where\b.{0,40}\b(?:text|string|message|words?|phrase|label|wording|sentence) (?:TEXT|comes?|is)",
)
IS_THERE_CODE = (r"(?:is|are) there (?:any )?(?:code|function|test|place)s? that (?!uses?|calls?|imports?)",)
VERBS = (
    rf"(?:{w.SEARCH})\b",
    r"(?:from |to |in )?where\b",
    r"what are (?:all )?(?:of )?the (?:\w+ )?(?:places|files|occurrences|locations)",
    r"(?:do|does|did|is|are)\b.{0,60}\b(?:appear|occur|exist|anywhere|somewhere|show up)\b",
    r"check\b.{0,40} for (?!updates?|me)",
    r"(?:check|see) (?:which|what) (?:\w+ )?(?:files?|modules?|places?|lines?)",
    r"(?:what(?:'s| is)|which is) the (?:\w+ )?(?:file|module|folder|script|place)\b",
    r"(?:do|run|perform|make) a (?:\w+ )?search",
    r"(?:see|view|know|get|have|display|print) (?:me )?(?:all|every|each)\b",
    r"(?:i |we )?(?:need|want|'d like|would like) (?:a |the )?(?:full |complete )?list of",
    r"(?!what (?:does|do|is|are|did)\b)(?:in )?(?:which|what) (?:of )?(?:\w+ ){0,2}(?:files?|modules?"
    r"|folders?|directory|directories|places?|tests?|routes?|endpoints?|scripts?|config\w*|lines?)\b",
)
IS_THERE = (
    r"(?:is|are) there\b",
    r"are we (?:still |already )?using",
    r"(?:do|does|did|have|has) (?:we|this|the|i|our|it|any)\b.{0,30}\b(?:have|contain|include|exist"
    r"|mention|got|already)\b",
    r"how many\b",
    r"any (?:files?|todos?|mentions?|occurrences?|places?|code|other|leftover\w*|left|hard-?coded|tests?"
    r"|traces?)\b",
    r"(?:show|give|get) (?:me )?(?:the )?(?:files|places|lines(?! \d)|occurrences|todos"
    r"|project structure|tree|matches|everything|anything|everywhere)\b",
    r"(?:any|every)where\b",
    r"got any\b",
    r"all (?:the |of )?.{0,30}\b(?:files|tests|lines|places|strings)$",
)
NOT_SURE_WHERE = (
    r"\b(?:remember|forgot|idea|sure|track of|wonder\w*|curious|know)\b.{0,40}\b(?:where|(?:which"
    r"|what) (?:file|folder|module))\b",
    r"\b(?:appears?|occurs?) in\b",
    r"^there must be (?:a|an|some) (?:place|file|function|code)",
)
NOUNS = (
    r"^(?!without|in\b)\S+(?: \w+)? files\??$",
    r"^(?:duplicates?|todos?|fixmes?|occurrences|mentions|all files|files (?:with|that|containing))\b",
)
ALL_OF = (r"^(?:all|every|any) (?!of\b|the tests\b)",)
