"""How models announce, ask, claim and greet: tables of phrases, read in the prose alone.

English mostly, and the commonest forms of a few other languages. Quotations, code and block quotes are no
speech of the model's and are taken out first. Every pattern is linear: no nested repetition.
"""

from __future__ import annotations

import re
from typing import Literal

Permission = Literal["", "proceed", "offer", "extra"]

_FENCE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]{0,300}\"|“[^”\n]{0,300}”|„[^“\n]{0,300}“|«[^»\n]{0,300}»")
_BLOCK_QUOTE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_LIST_ITEM = re.compile(r"^[ \t]*(?:[-*•+]|\d{1,3}[.)])[ \t]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')*_]*\s+|(?<=[。！？])\s*|\n+")

# The newest sentences decide: what comes before them was overtaken.
LAST_SENTENCES = 2
# A question closes a reply, or comes right before a closing sentence.
LAST_QUESTIONS = 3

_VERBS = (
    "(?:re-?)?read|look|check|double-check|open|see|view|inspect|examine|explore|search|find|locate|grep|list"
    "|(?:re-?)?run|execute|test|verify|review|investigate|analy[sz]e|understand|start|begin|make|change"
    "|fix|edit"
    "|update|modify|create|write|add|implement|apply|replace|rename|remove|delete|refactor|patch|correct"
    "|extend"
    "|adjust|rewrite|move|install|build|call|try|take a|have a look|proceed|continue|dig|trace|debug"
    "|gather|scan"
    "|identify|determine|figure|set up|prepare|insert|convert|address|confirm|retry|put|do (?:that|this|it"
    "|so)"
    "|go (?:through|ahead|and)|use the"
)
_ADVERBS = (
    r"(?:(?:now|first|then|next|also|just|quickly|carefully|start by|begin by|try to|need to"
    r"|go ahead and)\s+)*"
)
_ANNOUNCES = re.compile(
    r"\b(?:i['’]?ll|i will|i['’]?m (?:now )?going to|i am (?:now )?going to|let me|let us|let['’]s"
    r"|i need to|i should"
    r"|i have to|i must|i want to|i['’]d like to|i plan to|we need to|we should|i can now|(?:next"
    r"|the next) step is to)\s+"
    rf"{_ADVERBS}(?:{_VERBS})\b",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"^\W*(?:(?:now|okay|ok|first|next|so|alright)[, ]+)*(?:reading|looking|checking|opening|searching"
    r"|running|inspecting|examining|creating|updating|editing|fixing|applying|writing|making|starting|calling)\b"
    r"(?![^!?]*\b(?:shows?|gives?|prints?|is|was|are|were|has|returns?|fails?|works?|passe?s?|takes?)\b)"
    r"[^!?]{0,100}(?:\bnow\b[.!]?|\.\.\.|…|:)\W*$",
    re.IGNORECASE,
)
_ANNOUNCES_ELSEWHERE = re.compile(
    r"\b(?:ich\s+(?:werde|muss|will|schaue|sehe|lese|öffne|prüfe|suche|führe|ändere|erstelle|passe"
    r"|schreibe)\b"
    r"[^.]{0,60}\b(?:jetzt|nun|zuerst|zunächst|dann|als [Nn]ächstes)\b"
    r"|(?:jetzt|nun|zuerst|zunächst|dann|als nächstes)\s+(?:werde|muss|schaue|sehe|lese|öffne|prüfe|suche"
    r"|führe"
    r"|ändere|erstelle|passe|schreibe)\s+ich\b|lass(?:en sie)? mich\b"
    r"|(?:je vais|laisse[zs]?[- ]moi)\s+(?:maintenant\s+|d['’]abord\s+|ensuite\s+)?(?:lire|regarder|ouvrir"
    r"|vérifier"
    r"|chercher|exécuter|lancer|modifier|corriger|créer|ajouter|commencer|examiner|analyser|écrire)"
    r"|(?:voy a|déjame|permíteme)\s+(?:ahora\s+|primero\s+)?(?:leer|mirar|abrir|revisar|buscar|ejecutar"
    r"|modificar"
    r"|corregir|crear|agregar|añadir|empezar|examinar|analizar|escribir|ver))\b"
    r"|(?:让我|我(?:将|会|要|来|先|现在|接下来)|接下来)[^。！？，]{0,12}(?:查看|看看|读取|检查|打开|搜索|运行|修改|创建|编辑"
    r"|修复|添加|分析|更新|执行)",
    re.IGNORECASE,
)
# No announcement of what comes now, whatever verbs follow.
_HEDGED = re.compile(
    r"\blet me know\b|\bif\b|\bunless\b|\b(?:once|when|whenever|after|as soon as) you\b"
    r"|\bin (?:the )?future\b"
    r"|\bfrom now on\b|\bnext time\b|\blater\b|\bwould\b|\b(?:falls|wenn|sobald)\b|\bsi\b|如果",
    re.IGNORECASE,
)
_ENDS_OPEN = re.compile(r"[:：]\s*[*_]*\s*$")

_PROCEED = re.compile(
    r"\b(?:shall|should|may|can|could) (?:i|we) (?:now |please )?(?:go ahead|proceed|continue|start|begin"
    r"|apply"
    r"|do (?:that|this|it|so)|make (?:the|this|these|that|those)|implement (?:this|it|that|these))\b"
    r"|\b(?:would you like|do you want|want) (?:me|us) to (?:now )?(?:go ahead|proceed|continue|start"
    r"|begin|apply"
    r"|do (?:that|this|it|so)|make (?:the|this|these|that|those)|implement (?:this|it|that|these))\b"
    r"|\b(?:is|would) (?:it|that|this) (?:be )?(?:ok|okay|fine|alright|all right|acceptable)\b"
    r"|\b(?:ready|ok|okay|good|safe) to (?:proceed|go|continue|start|begin)\b|^\W*(?:proceed|continue"
    r"|go ahead)\W*$"
    r"|\bdo(?:es)? (?:that|this|it|these)[^?]{0,30}\b(?:look|sound|seem) (?:good|ok|okay|right|fine)\b"
    r"|\bsoll(?:en)? (?:ich|wir)[^?]{0,60}\b(?:fortfahren|weitermachen|beginnen|anfangen|loslegen|umsetzen)\b"
    r"|\b(?:dois-je|puis-je|voulez-vous que je|veux-tu que je)\b[^?]{0,30}\b(?:continue|procéd|commence)\w*"
    r"|¿[^?]{0,20}\b(?:procedo|continúo|continúe|proceda|empiezo)\b|(?:继续|开始|可以)吗",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:shall|should|may) i\b|\bcan i (?!help|assist)\w+|\b(?:would you like|do you want|want) (?:me"
    r"|us) to\b"
    r"|\b(?:soll|darf) ich\b|\bmöchte(?:st|n) (?:du|sie),? dass ich\b|\bwillst du,? dass ich\b"
    r"|\b(?:dois-je|puis-je|(?:voulez-vous|veux-tu|souhaitez-vous) que je)\b|¿(?:quieres|quiere|debo|puedo"
    r"|deseas)\b"
    r"|(?:需要|要|是否)我|我可以.{0,30}吗",
    re.IGNORECASE,
)
_EXTRA = re.compile(
    r"\b(?:also|as well|additional(?:ly)?|further|another|anything else|any other|more|instead|other|too"
    r"|auch|noch"
    r"|weitere\w*|stattdessen|aussi|d['’]autres|también|además)\b|还|其他",
    re.IGNORECASE,
)
_DESTRUCTIVE = re.compile(
    r"\b(?:delet\w+|remov\w+|drop\w*|overwrit\w+|eras\w+|wip\w+|reset\w*|force\w*|push\w*|publish\w*"
    r"|deploy\w*"
    r"|uninstall\w*|lösch\w+|entfern\w+|supprim\w+|elimin\w+)\b|删除|覆盖",
    re.IGNORECASE,
)
_WANTS_FILES = re.compile(
    r"\b(?:please|could you|can you|would you|if you can|you can)\b[^.?!\n]{0,40}"
    r"\b(?:provide|share|paste|send|show me|upload|give me|post)\b"
    r"[^.?!\n]{0,60}\b(?:code|files?|contents?|snippet|source|script|class|function|error|traceback|output)\b"
    r"|\b(?:which|what|where)\b[^.?!\n]{0,60}\b(?:files?|path|folder|director(?:y|ies)|function|module"
    r"|class|tests?|lines?)\b"
    r"[^.?!\n]{0,80}\?",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\bhow (?:can|may|could) i (?:help|assist)\b|\bwhat (?:can|could|would you like me to|should i)"
    r" (?:i )?(?:do|help|work)\b[^?]{0,30}\?|\b(?:ready|here|happy|glad) to (?:help|assist)\b"
    r"|\bwie kann ich (?:dir|ihnen|euch)?\s*(?:heute )?(?:helfen|behilflich)|\bcomment puis-je (?:vous "
    r"|t['’])aider"
    r"|\b(?:en qué|cómo) puedo ayudar|(?:有什么|怎么|如何)[^。？]{0,8}(?:帮|帮助)",
    re.IGNORECASE,
)

_DONE = re.compile(
    r"\bi(?:['’]ve| have)?\s+(?:now\s+|already\s+|just\s+|successfully\s+|also\s+){0,3}(?:made|fixed"
    r"|updated|changed|added"
    r"|implemented|created|modified|replaced|renamed|removed|refactored|completed|finished|corrected"
    r"|applied|edited"
    r"|written|wrote|resolved|adjusted)\b"
    r"|\b(?:is|are|has been|have been|was|were)\s+(?:now\s+|all\s+|successfully\s+){0,2}(?:fixed|updated"
    r"|changed|added"
    r"|implemented|created|done|completed?|resolved|renamed|removed|replaced|corrected|in place|finished)\b"
    r"|^\W*(?:all )?(?:done|finished|completed?|fixed)\b|\bnow (?:works|handles|returns|accepts|uses"
    r"|supports|rounds)\b"
    r"|\bsuccessfully\b"
    r"|\b(?:habe|hab|wurden?|ist|sind)\b[^.!?\n]{0,80}\b(?:geändert|behoben|angepasst|erledigt|hinzugefügt"
    r"|erstellt"
    r"|aktualisiert|fertig|korrigiert|ersetzt)\b|^\W*(?:erledigt|fertig)\b"
    r"|\b(?:j['’]ai|a été|ont été|est|sont)\s+(?:maintenant\s+)?(?:corrigée?s?|modifiée?s?|ajoutée?s?"
    r"|créée?s?|terminée?s?"
    r"|fait)\b|^\W*(?:c['’]est fait|terminé)\b"
    r"|\b(?:he|ha sido|han sido)\s+(?:corregido|modificado|añadido|agregado|creado|actualizado"
    r"|terminado)\b|^\W*(?:listo|hecho)\b"
    r"|已(?:经)?[^。]{0,12}(?:修复|修改|完成|更新|添加|创建)|(?:修复|修改|完成|更新)(?:好了|完成|完毕|了)",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_DONE = re.compile(
    r"\b(?:not|cannot|can['’]?t|couldn['’]?t|could not|unable|didn['’]?t|wasn['’]?t|haven['’]?t|hasn['’]?t"
    r"|isn['’]?t|aren['’]?t"
    r"|never|without|nothing|no)\b|\b(?:nicht|kein\w*|konnte)\b|\bne\b|\bpas\b|\bno\b|没有|无法|未",
    re.IGNORECASE,
)
_NEEDLESS = re.compile(
    r"\balready\b|\bno (?:change|edit|fix|modification)s?\b|\bnothing (?:to|needs|needed|was|has)\b"
    r"|\bnot needed\b"
    r"|\bbereits\b|\bschon\b|\bdéjà\b|\bya (?:está|estaba)\b|无需|不需要|没有必要",
    re.IGNORECASE,
)
_CHECKED = re.compile(
    r"\b(?:tests?|suite|build|everything|it all|specs?)\b[^.!?\n]{0,30}\b(?:pass(?:es|ed)?|works|work"
    r"|working|green"
    r"|succeed(?:s|ed)?)\b|\bi(?:['’]ve| have)?\s+(?:also\s+)?(?:tested|verified|run|ran)\b",
    re.IGNORECASE,
)
_ADMITS = re.compile(
    r"\b(?:still|not|cannot|can['’]?t|couldn['’]?t|could not|unable|\w+n['’]t|fails?|failing|failed|should)\b"
    r"|\b(?:nicht|konnte)\b|\bne\b|没有|无法|失败",
    re.IGNORECASE,
)
_FOR_THE_USER = re.compile(
    r"\bhere(?:['’]s| is| are)\b[^.!?\n]{0,40}\b(?:code|version|file|function|content|contents|change"
    r"|changes|patch|diff"
    r"|implementation|script|module|fix|class|solution)\b"
    r"|\byou (?:can|should|need to|could|must|will need to)\b[^.!?\n]{0,40}\b(?:change|replace|update|add"
    r"|edit|modify|use"
    r"|put|paste|apply)\b"
    r"|^\W*(?:replace|change|update|add|put|insert|paste|edit|modify|use)\b[^.!?\n]{0,100}[:：]\s*$"
    r"|\bhier (?:ist|sind)\b|\bvoici\b|\baquí (?:está|tienes)\b|以下是|如下",
    re.IGNORECASE | re.MULTILINE,
)


def prose(text: str) -> str:
    """Without fences, quotations, inline code and block quotes: what the model says in its own voice."""
    bare = _BLOCK_QUOTE.sub(" ", _FENCE.sub("\n", text))
    return _QUOTED.sub("it", bare).strip()


def fences(text: str) -> list[str]:
    """The bodies of the code fences that hold anything."""
    bodies = [found[0].split("\n", 1)[1:] for found in _FENCE.finditer(text)]
    return [body[0] for body in bodies if body and body[0].replace("`", "").replace("~", "").strip()]


def sentences(text: str) -> list[str]:
    """The sentences of the prose. Items at the end of a list that a sentence introduces belong to it."""
    lines = prose(text).split("\n")
    while len(lines) > 1 and (_LIST_ITEM.match(lines[-1]) or not lines[-1].strip()):
        lines.pop()
    return [part.strip() for part in _SENTENCE_END.split("\n".join(lines)) if part.strip()]


def announces(text: str) -> bool:
    """Whether the reply ends with what the model is about to do. An open end counts in every language."""
    said = sentences(text)
    if not said:
        return False
    if _ENDS_OPEN.search(text) and not fences(text):
        return True
    newest = said[-LAST_SENTENCES:]
    if any(_is_question(sentence) for sentence in newest) or _DONE.search(newest[-1]):
        return False
    return any(
        not _HEDGED.search(sentence)
        and any(pattern.search(sentence) for pattern in (_ANNOUNCES, _GERUND, _ANNOUNCES_ELSEWHERE))
        for sentence in newest
    )


def _is_question(sentence: str) -> bool:
    return sentence.rstrip("\"'*_) ").endswith(("?", "？"))


def questions(text: str) -> list[str]:
    return [sentence for sentence in sentences(text)[-LAST_QUESTIONS:] if _is_question(sentence)]


def asks_permission(text: str) -> Permission:
    """Whether it asks to be allowed what it was asked to do: "proceed" to go on with it, "offer" to do
    something, "extra" to do something more."""
    for question in reversed(questions(text)):
        if _PROCEED.search(question):
            return "proceed"
        if _OFFER.search(question):
            return "extra" if _EXTRA.search(question) else "offer"
    return ""


def is_destructive(text: str) -> bool:
    """Whether a question is about something that cannot be taken back."""
    return any(_DESTRUCTIVE.search(question) for question in questions(text))


def wants_files(text: str) -> bool:
    """Whether it asks the user for what it could look up by itself."""
    return _WANTS_FILES.search(" ".join(sentences(text))) is not None


def greets(text: str) -> bool:
    said = sentences(text)
    return bool(said) and len(said) <= 1 + LAST_QUESTIONS and _GREETING.search(" ".join(said)) is not None


def claims_done(text: str) -> bool:
    """Whether a sentence says that a change was made, and none that there is no need for one."""
    said = sentences(text)
    if says_needless(text):
        return False
    return any(_DONE.search(sentence) and not _NOT_DONE.search(sentence) for sentence in said)


def says_needless(text: str) -> bool:
    """Whether it says that there is no need for a change, or that it is there already."""
    return any(_NEEDLESS.search(sentence) for sentence in sentences(text))


def claims_checked(text: str) -> bool:
    """Whether it says that something was seen to work."""
    return any(_CHECKED.search(sentence) and not _ADMITS.search(sentence) for sentence in sentences(text))


def admits_failure(text: str) -> bool:
    return any(_ADMITS.search(sentence) for sentence in sentences(text))


def hands_over_code(text: str) -> bool:
    """Whether it shows code for the user to put in."""
    return bool(fences(text)) and _FOR_THE_USER.search(prose(text)) is not None
