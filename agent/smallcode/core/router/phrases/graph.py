"""Questions about symbols: where they are defined and used, and what hangs on them."""

from __future__ import annotations

from .. import words as w

WHERE_USED = (
    rf"(?:(?:from |to )?where|in (?:which|what) \w+|(?:which|what) \w+ (?:is|are))(?:'s"
    rf"|'re)?\b.{{0,100}}\b(?:{w.AT_WORK})\b",
)
WHO_USES = (
    rf"(?:who(?:'s| is| are| else)?|what(?: else| code)?|(?:what|which)(?: of)?(?: (?!do\b|does\b|did\b"
    rf"|should\b|can\b|is\b|are\b|to\b|would\b)\w+){{1,4}}?|(?:is|are|does|do)(?: there)? (?:any|some"
    rf"|no)(?:thing|one|body|where)?(?: \w+)?|how many \w+|everything|anything"
    rf"|all (?:the )?\w+) (?:that |which |who |are |is )?(?:\w+ly |still |else |also |can |could "
    rf"|would |end up |ends up |happens? to )?(?:{w.USES})\b(?=\s+\S)",
)
DEPENDS = (
    r"what (?:does|do|other|else).{0,40}\b(?:imports?|calls?|inherits?|extends?|depends? on"
    r"|references?)\b",
    r"how (?:often|many times)\b.{0,60}\b(?:called|used|invoked|imported)\b",
    r"where(?:'s| is) (?!it\b|this\b|that\b|everything)[a-z]\w*\W*$",
    r"who(?:'s| is) responsible",
    r"(?:does|do) (?:NAME|FILE|the \w+ \w+|any\w*(?: of the \w+)?|\w+) (?:\w+ )?(?:depend|call|import"
    r"|inherit|extend|implement|reference)\b",
    r"(?:which|what) \w+ (?:does|do)\b.{0,40}\b(?:import|call|extend|inherit|implement|depend)\b",
    r"(?:list|show|what(?:'s| is)|print) (?:me )?(?:the )?(?:public )?(?:api|interface) of",
    r"(?:what|who|which)\b.{0,60}\b(?:breaks?|affected|impacted|depends? on)\b",
    rf"what are the (?:\w+ )?(?:{w.CODE_THING}) (?:of|for|in)",
    rf"(?:is|are|how is|how are|when is|how does)\b.{{0,12}}(?:\bNAME|\b\w+ (?:{w.CODE_THING}|module"
    rf"|variable|constant|helper)|\bFILE|(?<=is )\w+(?: still| ever)?)\b.{{0,30}}\b(?:used|called"
    rf"|referenced|imported|invoked|reachable)\b",
    r"what\b.{0,40}\b(?:module|call|dependency|import|class) (?:graph|tree|hierarchy)",
    r"if (?:i|we) (?:change|remove|delete|rename|drop|modify)\b.{0,80}\b(?:what|who|which)",
)
OF_SYMBOL = (
    rf"(?:{w.GET}|{w.ASK}|draw|jump|go|how many|count|generate|build|visuali[sz]e|enumerate|take|(?:is"
    rf"|are) there|any|navigate|determine|plot)\b.{{0,50}}\b(?:{w.GRAPH})\b",
)
FIND_WHO = (
    rf"(?:{w.GET}|know|understand|learn|determine|work out|figure out|find out"
    rf"|count)\b.{{0,60}}\b(?:where|who|what|which|everything|every\w*|that|whether|if"
    rf"|all)\b.{{0,60}}\b(?:{w.AT_WORK}|{w.USES})\b",
)
MEMBERS = (
    rf"(?!what (?:does|do|is)\b|give me an? \b)(?:{w.GET}|what|which|enumerate|name"
    rf"|how many)\b.{{0,30}}\b(?:{w.CODE_THING})\b.{{0,30}}\b(?:in|of|from|does|do|are|inside|has|have"
    rf"|defined|within|takes?|accept\w*|under|on)\b",
)
NOUN_PHRASES = (
    r"(?:\w+ )?\w+ (?:importing|using|calling|extending|implementing|depending on) (?:NAME|FILE|\w+)$",
    rf"\S+ (?:{w.GRAPH})$",
)
GO_TO = (
    r"(?:go|jump|navigate) to\b",
    r"(?:(?:what|which) )?type (?:is|does|of)",
    r"what(?:'s| is) (?:the )?(?:type|return type|signature|parent class|base class|definition) (?:of"
    r"|for)",
    r"trace (?:the|how|where|what|NAME)",
    r"follow the (?:call|data|flow)",
    r"impact\b",
    r"find (?:NAME|(?:the )?(?:class|function|method|interface|struct|enum|symbol) )",
    r"who \w+ (?:NAME|FILE)",
    r"(?:dependency|call|class|import) (?:graph|tree|hierarchy)",
)
NOT_SURE_WHO = (
    rf"\b(?:remember|forgot|idea|sure|track of|wonder\w*|curious|know)\b.{{0,40}}\b(?:who|where|what"
    rf"|everything that)\b.{{0,60}}\b(?:{w.AT_WORK}|{w.USES})\b",
)
NOUNS = (rf"^(?:all |the )?(?:{w.GRAPH})(?: of| for| to| in)?\b(?! (?:are|is|should)\b)",)
