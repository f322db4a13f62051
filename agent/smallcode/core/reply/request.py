"""What a request asks for, as far as its words say so beyond doubt.

Read to decide whether a reply that changed nothing may end the turn, so a doubt counts as "asks for nothing":
a needless reminder annoys and may make a model change what nobody wanted changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Verbs that ask for another state of the files. "run", "find" or "explain" do not.
CHANGES = (
    "add|adjust|append|apply|bump|change|clean up|comment out|convert|correct|create|delete|deduplicate"
    "|drop|edit|expand|extend|extract|fill in|fix|format|give(?! me)|handle|implement|improve|inline"
    "|insert|introduce"
    "|make|merge|migrate|modify|move|optimi[sz]e|port|put|refactor|remove|rename|reorder|reorganize|repair"
    "|replace|rewrite|save|set|simplify|sort|speed up|split|support|swap|translate|update|upgrade|use|wrap"
    "|write"
)
# Where an order may begin: a sentence, a clause after "please", "then", "and", "you to", or behind a
# condition.
_LEAD = (
    r"(?:^|[.!;:,(\n]|[-*•]|\d[.)])\s{0,9}(?:(?:please|pls|kindly|now|then|also|and|so|just|ok|okay|first|next"
    r"|finally|hey|hi)[,\s]{1,9}){0,4}"
)
_ORDER = re.compile(
    rf"{_LEAD}(?:{CHANGES})\b(?!\s*[?:=(])"
    rf"|\b(?:please|pls|can you|could you|would you|will you|you to|need to|have to|has to|want to|let's"
    rf"|and|then)"
    rf"\s+(?:please\s+|also\s+|just\s+)?(?:{CHANGES})\b",
    re.IGNORECASE | re.MULTILINE,
)
# The wanted state instead of an order: "total() should round", "books need a shelf", "rate B is 7 instead
# of 8".
_WANTED = re.compile(
    r"\b(?:should|must|needs? to|has to|have to|ought to)\s+(?:not\s+|now\s+|also\s+|only\s+"
    r"|always\s+)?[a-z]+"
    r"|\bneeds?\s+(?:an?|to|the|another)\b|\bis\s+\S+\s+instead\s+of\b|\bgets?\s+an?\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:ändere|behebe|korrigiere|füge|erstelle|schreibe|ersetze|benenne|lösche|entferne|repariere"
    r"|implementiere"
    r"|corrige[rz]?|modifie[rz]?|ajoute[rz]?|cré(?:e|er|ez)|remplace[rz]?|supprime[rz]?|renomme[rz]?|écris"
    r"|arregla|corrige|cambia|añade|agrega|crea|reemplaza|elimina|renombra|escribe)\b"
    r"|(?:修复|修改|添加|增加|创建|删除|重命名|替换|实现|更新|改成|改为|重构|编写)|(?:修正|追加|変更|作成|削除|直)して",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^\W*(?:what|why|how|where|which|who|when|whose|is|are|was|were|does|do(?! not)|did|has|have|can (?:i"
    r"|we|it|this)"
    r"|could (?:it|this)|should (?:i|we)|would (?:it|this)|was|warum|wie|wo|welche[rs]?|wer|wann|pourquoi"
    r"|comment|où"
    r"|quel(?:le)?s?|qué|cómo|por qué|dónde|cuál)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"^\W*(?:explain|describe|summari[sz]e|tell me|show me|compare|review|list|look at|analy[sz]e|discuss"
    r"|suggest"
    r"|propose|outline|erkläre?|explique[rz]?)\b",
    re.IGNORECASE,
)
# "Look at a.py and fix it" asks for a change, "explain how to find and fix a leak" does not.
_STUDY_AND_CHANGE = re.compile(
    r"^(?!.*\bhow\b).*\b(?:and|then)\s+(?:then\s+)?(?:fix|repair|correct|change|update|implement|apply)\s+"
    r"(?:it|them|this|that|the|any|all|what)\b",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"\b(?:plan|outline|propose|proposal|suggest|approach|how (?:would|should|could|do|can) (?:you|i|we)"
    r"|what (?:would|will) you|wie würdest)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(?:do not|don'?t|never|without)\s+(?:you\s+)?(?:actually\s+)?(?:chang|edit|modify|modifi|touch"
    r"|writ|mak)\w*"
    r"\s*(?:any(?:thing| (?:code|files?|changes?|edits?))|the (?:code|files?)|code|files?|changes?|it"
    r"|edits?)?"
    r"(?=\s*(?:[.,;!)\n]|yet|$))"
    r"|\bread[- ]only\b|\b(?:only|just) (?:explain|describe|answer|tell|look|review|analy[sz]e|plan)\b"
    r"|\bno (?:changes|edits)\b|\b(?:ändere|verändere) nichts\b|\bne (?:change|modifie[rz]?) rien\b|不要修改",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\b(?:re)?run(?:s|ning)?\b[^.?!\n]{0,40}\b(?:tests?|test suite|suite|specs?|checks?|linter|build)\b"
    r"|\b(?:tests?|specs?|suite|build|unittest|pytest|check)\b`?[^.?!\n]{0,30}\b(?:pass(?:es)?|fail(?:s"
    r"|ing|ed)?|green)\b"
    r"|\b(?:failing|broken|red)\s+(?:unit\s+)?(?:tests?|specs?|build|suite)\b|`[^`\n]+`\s+fails\b"
    r"|\b(?:run|execute)\s+`?(?:pytest|make|npm|cargo|go test|python3? -m (?:pytest|unittest))\b",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"^\W*(?:hi|hello|hey|hallo|moin|salut|bonjour|hola|ciao|good (?:morning|evening|day)|thanks?"
    r"|thank you|danke"
    r"|merci|gracias|ok(?:ay)?|cool|great|你好|谢谢|こんにちは)\b[^\n]{0,20}$",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"`([^`\n]{1,80})`|(?<![\w/.-])((?:[\w.-]+/)*[\w-]+\.[A-Za-z]\w{0,7})(?![\w/(])|(\b\w+\(\))"
)
MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Task:
    """``wants_change``: files are to be changed. ``wants_check``: a test or a build is to pass. ``plans``:
    it asks how something would be done. ``small_talk``: nothing is asked for. ``names`` are the files
    and symbols that it names, in its order."""

    prompt: str
    wants_change: bool = False
    wants_check: bool = False
    plans: bool = False
    small_talk: bool = False
    names: tuple[str, ...] = ()


def read_task(prompt: str, known: tuple[str, ...] = ()) -> Task:
    """``known`` are names that the editor adds: the file under the cursor, those mentioned."""
    names = dict.fromkeys(known)
    names |= dict.fromkeys(next(filter(None, found)) for found in _NAMES.findall(prompt))
    forbidden = _FORBIDS.search(prompt) is not None
    return Task(
        prompt,
        wants_change=not forbidden and any(map(_wants_change, _sentences(prompt))),
        wants_check=_CHECKS.search(prompt) is not None,
        plans=_PLANS.search(prompt) is not None,
        small_talk=not prompt.strip() or _GREETS.search(prompt.strip()) is not None,
        names=tuple(names)[:MOST_NAMES],
    )


def _sentences(prompt: str) -> list[str]:
    return [
        part.strip() for part in re.split(r"(?<=[.!?。！？])\s+|\n+|(?<=[。！？])", prompt) if part.strip()
    ]


def _wants_change(sentence: str) -> bool:
    if sentence.endswith(("?", "？")) and not re.match(
        r"\W*(?:please|can you|could you|would you|will you)\b", sentence, re.IGNORECASE
    ):
        return False
    if _QUESTION.match(sentence):
        return False
    if _STUDY.match(sentence):
        return _STUDY_AND_CHANGE.search(sentence) is not None
    return any(pattern.search(sentence) for pattern in (_ORDER, _WANTED, _ELSEWHERE))
