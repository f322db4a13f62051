"""A message's clauses, without the politeness before each, and with slips of the pen in its verb mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .spelling import mended_verb
from .words import CHANGE

MOST_CLAUSES = 14
CLAUSE_CHARS = 240

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|[。！？；]|\s+[-–—]+\s+")
_THEN = re.compile(
    r"(?:,|\.|;)?\s*\b(?:and then|then|und dann|dann|et ensuite|puis|y luego|luego|e depois|depois|e poi|poi"
    r"|и потом|затем|потом)\b[\s,]*|[,;]?\s*(?:然后|接着|并且|再)|てから|(?<=して)、|，|、"
)
_AND = re.compile(r",\s*(?:and |but |so |und |et |y |e |и )?|:\s+|\s+(?:and|but|so|und|et|y|и|plus|&)\s+")
# In an account of something, only what changes "it" is an order.
_ORDER_AFTER_QUESTION = re.compile(
    rf"(?:{CHANGE})\b\s+(?:it|them|this|that|all|each|every|any|what|whatever|those|these|our|my|NAME|FILE"
    rf"|TEXT)\b"
    r"|(?:fix|repair|correct|update|implement|add|write|remove|rename|refactor|rewrite|improve|simplify"
    r"|delete)\b"
    r"\s+(?:the|a|an|if|tests?|accordingly|everything|anything)\b|(?:fix|refactor|correct|change)$"
    r"|(?:make|write|propose|suggest|draw|come|give|create|sketch|outline)\b.{0,30}\b(?:plan|roadmap"
    r"|strategy|approach"
    r"|steps|improvements?|alternatives?|fix(?:es)?)\b"
)
_ASKED = re.compile(r"\b(?:(?:can|could|would|will|want|like) (?:you|u)|please|pls|plz|let'?s|let us)\b")
_TRAIL = re.compile(
    r"[\s,]+(?:please|pls|plz|plox|asap|thx|thanks|thank you|for me|bitte|por favor"
    r"|s'il te plaît)[\s.!?]{0,9}$"
)
# What asks for something within a sentence that tells of something else: what follows is the order.
_EMBEDDED = re.compile(
    r"(?<!how)(?<!what)(?<!where)(?<!when)(?<!why)(?<!who)(?<!which)"
    r"(?<=[\w,'\")\]])[\s,]+(?:(?:(?:can|could|would|will) (?:you|u)(?: please| kindly| maybe| perhaps"
    r"| possibly| just"
    r"| also| mind| be so (?:kind|nice|good)(?: as to| and)?)*"
    r"|is there (?:any|a) (?:chance|way)(?: that)? (?:you|u) (?:can|could|might)"
    r"|would it be possible(?: for you)? to|(?:can|could|may) i (?:ask|trouble|bother) you to"
    r"|i(?:'d| would) (?:really )?(?:like|love|want|prefer)(?: for)? you to|i (?:want|need|expect) you to"
    r"|(?:if|whether) (?:you|u) (?:can|could|would|might)(?: please| kindly)?|please|pls|plz)\s+)+"
    r"(?!be\b|have (?:a|any)\b(?! look)|know\b[^,.?]{0,3}$)(?=[a-z]{2})"
)
# Politeness and praise that say nothing of what is wanted.
_HEDGE = re.compile(
    r"(?:i )?hope (?:this|that|it|you|all)\b.*|if (?:it|that|this)(?:'s| is|'?s not| is not| isn'?t"
    r"| wouldn'?t be)"
    r" (?:not )?(?:too|ok|okay|alright|possible|a problem|asking|any trouble|no trouble|a bother)\b.*"
    r"|(?:sorry|apologies) (?:to|for|about)\b.*|(?:it'?s )?not (?:at all )?urgent\b.*|no (?:rush|hurry"
    r"|stress)\b.*"
    r"|(?:when(?:ever)?|if|once|as soon as) you(?:'ve| have)? (?:have |got |find )?(?:a |the "
    r"|some )?(?:time|minute|moment"
    r"|second|chance|spare)\b.*|by the way\W*|as you (?:know|can see|may know)\b.*|long story short\W*"
    r"|(?:just )?(?:a )?(?:quick|silly|dumb|small|stupid|simple) (?:question|thing|one|request)\W*"
    r"|(?:do|make) (?:me|us) a favou?r\W*|at some point\W*|at your convenience\W*"
)
_PRAISE = re.compile(r"(?:great|good|nice|well) (?:catch|point|call|work|job|one|spotted|done)\W*")
_WERE = re.compile(r"were (?=is|are|does|do )")
_HOW_TO = re.compile(r"\bhow (?:to|do i|can i|would i|one|i) \w")
_LISTED = re.compile(r"\s*(?:[-*•>]|\(?\d{1,2}[.)]|\[[ x]?\]|step \d+:?|\w\))\s+")
_LEAD = re.compile(
    r"(?:(?:(?:i'?d (?:really )?like|i would (?:really )?like|i(?:'d| would) love|i want|i need|i have|wanna)"
    r"(?: to)? (?:know|see|understand|learn|find out)(?: exactly)?(?= (?:what|how|why|where|which|who|when"
    r"|whether|if)\b)"
    r"|please|pls|plz|plese|pleas|kindly|hey|hi|hello|yo|so|morning|ok|okay|k|now|then|also|and|but|so|just"
    r"|first(?:ly)?"
    r"|next|finally|lastly|well|alright|right|great|cool|thanks|thank you|perfect|actually|maybe|perhaps"
    r"|quickly|quick|again|instead|afterwards|after that|yes|yeah|yep|sure|no|nope|hmm+|um+|oh|good|nice"
    r"|sorry"
    r"|smallcode|assistant|dude|guys|agent|still|simply|basically|fyi|question|quick question|task|todo"
    r"|lol|time to|it'?s time to|your task is to|the (?:task|goal) is to|i'?m trying to"
    r"|(?:can|could|would|will|cn|cud|culd) (?:you|u|we|ya|someone|i (?:ask|get|have) you to)(?: (?:please"
    r"|pls"
    r"|kindly|maybe|possibly|just|also|quickly|perhaps|help(?: me)?(?: to)?))*|(?:would|do) you (?:mind"
    r"|be able"
    r" to|be so kind (?:as )?to)|do you think you (?:can|could)|are you able to"
    r"|is it possible (?:for you )?to|is there any (?:chance|way) (?:that )?you (?:can|could)"
    r"|(?:could|can|may) i (?:ask|trouble|bother|get|have) you to|(?:may|can|could) i ask|(?:is"
    r"|would) there (?:be )?(?:any|a)"
    r" (?:way|possibility|chance) (?:for (?:me|us|you) )?(?:to|of)|(?:my|our|the) \w+ (?:asked|wants"
    r"|wanted|would like)"
    r"(?: me| us)?(?: to (?:know|find out))?(?= (?:which|what|who|how|whether|where|why|if)\b)"
    r"|(?:i(?:'d| would) be|i(?:'m| am)) (?:really |very )?(?:interested in|curious)(?: (?:knowing|seeing"
    r"|learning|finding out))?"
    r"|it would (?:really )?(?:help|be (?:good|great|nice|helpful|useful|interesting|cool))(?: (?:me"
    r"|us))?(?: a lot)?"
    r" to (?:know|see|understand|learn|find out)|be so (?:good|kind|nice) as to"
    r"|(?:would|will) you be (?:able|willing|so kind as) to"
    r"|would it be possible (?:for you )?to|any chance you (?:can|could)|i was (?:wondering"
    r"|hoping) (?:if )?(?:you|u)"
    r" (?:can|could|would)|i'?d (?:really )?(?:like|love|appreciate)(?: it if)?(?: for)?(?: you| u)?(?: to"
    r"| could)?(?!\s+(?:an?|the|some|this|it|all)\b)|i would (?:like|love)(?: you)? to|i (?:want|need|wanna"
    r"|wish|expect)(?: you| u)?(?: to)?(?!\s*(?:an?|the|some|this|it|all|another|every|my|our)\b)|i have to"
    r"|(?:we|you|u|i) (?:should|must|need to|have to|want to|ought to|could|can|gotta)(?: also| now"
    r"| probably)?"
    r"|let'?s|lets|let us|let me|lemme|help(?: me| us)?(?: to)?|go ahead and|try(?: to| and)?(?! (?:it|again"
    r"|that|this|COMMAND|HOST)\b)|make sure (?:to|you)"
    r"|don'?t forget to|be sure to|feel free to|remember to|go and|be so (?:nice|kind|good)(?: and| as to"
    r"| to)?|start (?:by|with)|begin by|consider"
    r"|how about (?:you|we)|what if (?:you|we)|mind|if (?:you|u) (?:can|could)|when you (?:can|have time)"
    r"|(?:tell|show|remind) me(?= (?:what|how|why|where|which|who|when|whether|if)\b)|let me know"
    r"|do you know|(?:any|got any) idea|i wonder|i'?m (?:wondering|curious)(?: about)?|\$"
    r"|(?:take|have) a (?:\w+ )?look at (?=(?:which|who|what|where|how many)\b)"
    r"|in (?:FILE|NAME)|for (?:FILE|NAME)|at (?:FILE|NAME)|FILE ?:|FILE(?=,)"
    r"|bitte|kannst du|könntest du|können sie|könnten sie|ich möchte,? dass du|wir sollten|mal|und|jetzt|nun"
    r"|s'il (?:te|vous) pla[iî]t|peux-tu|pourrais-tu|pouvez-vous|pourriez-vous|tu peux|je (?:veux"
    r"|voudrais)(?: que tu)?"
    r"|maintenant|por favor|puedes|podr[ií]as|puede|quiero que|ahora|necesito(?: que)?|voc[eê] pode"
    r"|pode(?:ria)?"
    r"|agora|preciso(?: que)?|per favore|puoi|potresti|пожалуйста|можешь|можете|мог бы ты|теперь|давай|мне"
    r"|请你?|帮我|麻烦你?|能不能|你能|可以|能否)(?:[\s,:!.…]+|(?<=[请我烦你能否以])|(?=$)))+"
)
_FIRST = re.compile(r"[a-z'-]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """``opens``: it begins a sentence or follows "then", and may be an order whatever came before it.
    ``ordered``: it follows words such as "could you", so that its verb is an order, whichever it is."""

    text: str
    opens: bool
    ordered: bool


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of prose in their order, at most MOST_CLAUSES."""
    left = MOST_CLAUSES
    for sentence in _SENTENCE.split(text):
        for part in _THEN.split(_LISTED.sub("", sentence, count=1) if sentence else ""):
            for number, piece in enumerate(_AND.split(part.strip())):
                for words, wanted in _embedded(piece.strip()):
                    clause, ordered = _plain(words)
                    if clause and left:
                        left -= 1
                        asked = wanted or ordered
                        yield Clause(clause, asked or number == 0, asked)


def _embedded(piece: str) -> list[tuple[str, bool]]:
    """The piece, and what stands in it behind words that ask for something; whether it was asked for."""
    found = _EMBEDDED.search(piece)
    if found is None:
        return [(piece, False)]
    return [(piece[: found.start()], False), (piece[found.end() :], True)]


def orders_after_question(clause: str, question: str) -> bool:
    """Whether a clause that follows a question is an order all the same. Who asks how to do something may
    name several things to be done."""
    return _ORDER_AFTER_QUESTION.match(clause) is not None and _HOW_TO.search(question) is None


def _plain(clause: str) -> tuple[str, bool]:
    """Without what leads up to the verb, the verb itself spelled as the table spells it; and whether what
    led up to it asked for something."""
    lead = _LEAD.match(clause)
    # What is nothing but politeness is the whole of what was said.
    rest = clause[lead.end() :] if lead and lead.end() < len(clause) else clause
    polite = _TRAIL.search(rest)
    rest = rest[: polite.start()] if polite and polite.start() else rest
    rest = rest.lstrip(" ,:!.¿¡\"'(*#-…")[:CLAUSE_CHARS]
    if _HEDGE.fullmatch(rest) or _PRAISE.fullmatch(clause):
        return "", False
    ordered = polite is not None or (lead is not None and _ASKED.search(lead.group()) is not None)
    if ordered and rest.startswith("do "):
        rest = f"make {rest[3:]}"  # no question: "can you do the translations"
    rest = _WERE.sub("where ", rest, count=1) if rest.startswith("were ") else rest
    first = _FIRST.match(rest)
    if not first:
        return rest, ordered
    return f"{mended_verb(first.group())}{rest[first.end() :]}", ordered
