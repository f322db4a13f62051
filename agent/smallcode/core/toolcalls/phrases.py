"""What announces an example, and what announces an action, in the languages that models answer in.

One entry for each language. All sources here are for use with IGNORECASE; a word of a script without spaces
stands without word boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """``examples`` show a call, ``actions`` make one; ``spaced`` says that words have boundaries."""

    examples: str
    actions: str
    spaced: bool = True


_MODAL = r"(?:(?:can|could|would|should|may|must|might|will|needs? to|has to|have to) )?"

LANGUAGES: dict[str, Phrases] = {
    "en": Phrases(
        r"examples?|for instance|e\.g\.|looks? like|such as|like (?:this|so|that)|formats?|formatted|syntax|"
        r"template|schema|typed|wrote|written as|said|says|printed|logged|logs?|quot\w+|usage|documentation|"
        r"instead of|rather than|(?:don't|do not|never|not) (?:call|use|run|write|send)|"
        r"to (?:call|invoke|use) (?:a|an|the|any|this) (?:tool|function)s?|"
        rf"(?:you|the model|models?|assistants?|one|users?|they|it) {_MODAL}"
        r"(?:write|use|emit|send|call|wrap|output|reply|respond|produce|return|generate)s?",
        r"let me|let's|let us|i'll|i’ll|i will|i am going|i'm going|going to|i need to|i should|i have to|"
        r"i must|calling|trying|try again|here is the (?:tool )?call|invoking|executing|running|reading|"
        r"writing|checking|looking|searching",
    ),
    "de": Phrases(
        r"beispiel(?:e|s|sweise)?|zum beispiel|z\. ?b\.|etwa so|sieht so aus|sieht (?:\w+ ){0,3}aus|"
        r"in dieser form|format|schreibweise|syntax|vorlage|statt|anstatt|so schreibt man|"
        r"(?:man|du|sie|das modell) (?:\w+ )?(?:schreibt|ruft|würde|kann|könnte|sendet)",
        r"ich (?:werde|sehe|lese|prüfe|schaue|rufe|führe|suche|schreibe|öffne|starte|will|muss)|"
        r"lass mich|zuerst|jetzt",
    ),
    "fr": Phrases(
        r"exemples?|par exemple|p\. ?ex\.|comme ceci|comme suit|ressemble à|au format|le format|syntaxe|"
        r"modèle|au lieu de|plutôt que|"
        r"(?:on|vous|tu|le modèle) (?:écrit|écrivez|appelle|pouvez|peut|pourrait)",
        r"je (?:vais|dois|lis|vérifie|cherche|regarde|lance)|laissez-moi|laisse-moi|maintenant|d'abord",
    ),
    "es": Phrases(
        r"ejemplos?|por ejemplo|p\. ?ej\.|como (?:este|esto|sigue)|se ve así|tiene este aspecto|el formato|"
        r"formato|sintaxis|plantilla|en lugar de|en vez de|"
        r"(?:se|usted|el modelo) (?:escribe|llama|puede|podría)",
        r"voy a|déjame|permíteme|primero|ahora|leo|busco|reviso|ejecuto|tengo que",
    ),
    "pt": Phrases(
        r"exemplos?|por exemplo|p\. ?ex\.|assim:|como (?:este|isto|segue)|o formato|formato|sintaxe|modelo|"
        r"em vez de|ao invés de|(?:você|o modelo|se) (?:escreve|chama|pode|poderia)",
        r"vou|deixe-me|deixa eu|primeiro|agora|preciso|irei",
    ),
    "it": Phrases(
        r"esempi|esempio|per esempio|ad esempio|p\. ?es\.|come questo|così:|il formato|formato|sintassi|"
        r"modello|invece di|al posto di|(?:si|il modello) (?:scrive|chiama|può|potrebbe)",
        r"devo|vado a|lasciami|fammi|prima|adesso|ora|leggo|cerco|controllo|eseguo",
    ),
    "ru": Phrases(
        r"пример\w{0,3}|например|выглядит так|в формате|формат\w{0,2}|синтаксис|шаблон|вместо|"
        r"(?:можно|нужно|следует) (?:написать|вызвать|вызывать)",
        r"я (?:сейчас|посмотрю|прочитаю|проверю|запущу|найду|должен|должна)|давайте|сначала|сейчас|"
        r"посмотрю|прочитаю|проверю",
    ),
    "zh": Phrases(
        r"例如|比如|示例|例子|举例|格式|语法|模板|如下所示|像这样|而不是|应该写成|可以写成|形式",
        r"让我|我来|我将|我会|我先|我要|现在|首先|正在",
        spaced=False,
    ),
    "ja": Phrases(
        r"例えば|たとえば|例[:：]|の例|例として|形式|書式|構文|フォーマット|テンプレート|のように|次のような|代わりに",
        r"します|しましょう|してみます|確認し|まず|今から|これから|読み込み|調べ",
        spaced=False,
    ),
}


def pattern(kind: str) -> str:
    """The source for all languages; ``kind`` is "examples" or "actions"."""
    spaced = "|".join(getattr(one, kind) for one in LANGUAGES.values() if one.spaced)
    others = "|".join(getattr(one, kind) for one in LANGUAGES.values() if not one.spaced)
    return rf"(?<!\w)(?=\w)(?:{spaced})(?!\w)|(?=[^\x00-\x7f])(?:{others})"
