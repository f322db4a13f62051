"""Signals of other languages than English: what is asked for most often, in German, French, Spanish,
Portuguese, Italian, Russian, Chinese and Japanese.

Verbs are stems where a language inflects them, and may stand anywhere in a clause: German puts them last, and
Chinese and Japanese have no spaces. A question comes before an order, as who asks how to change something
orders nothing. The languages of one row stand in the order of the list above.
"""

from __future__ import annotations

from .signal import Signal, head, inside, whole

TONGUES: tuple[Signal, ...] = (
    whole(
        "respond",
        7,
        r"(?:hallo|moin|servus|guten (?:tag|morgen|abend)|danke\w*|vielen dank|salut|bonjour|bonsoir"
        r"|merci|hola|buenos d[ií]as|buenas|gracias|muchas gracias|ol[aá]|oi|bom dia|obrigad[oa]|ciao"
        r"|buongiorno|grazie|привет|здравствуй\w*|спасибо|добрый день|wie geht'?s|ça va|qu[eé] tal"
        r"|tudo bem|come stai|как дела|你好|您好|谢谢|多谢|こんにちは|おはよう|ありがとう\w*|안녕\w*"
        r"|감사\w*)(?:[\s,!.¿¡]+[\w']+){0,6}",
    ),
    head(
        "code_intel",
        7,
        r"(?:wo\b|où|d[oó]nde|onde|dove|где).{0,80}(?:definiert|deklariert|implementiert|aufgerufen"
        r"|verwendet|benutzt|genutzt|gesetzt|erzeugt|importiert|exportiert|geladen|défini|déclaré"
        r"|implémenté|appelé|utilisé|defin|declar|implement|llam|utiliz|usa|chamad|chiamat|usat|определ"
        r"|объявл|реализ|вызыва|использу)",
        r"(?:wer|was|welche\w*|qui|quoi|quelles?|qui[eé]n|qu[eé]|quem|quais|chi|cosa|кто|что"
        r"|какие)\b.{0,40}(?:aufruf|ruf\w*|verwendet|benutzt|nutzt|hängt .{0,30}ab|importiert|appelle"
        r"|utilise|dépend|importe|llama|usa\b|utiliza|depende|importa|chama|chiama|dipende|вызыва"
        r"|использу|зависит|импорт)",
        asks=True,
    ),
    inside(
        "code_intel",
        7,
        r"哪里(?:被)?(?:定义|调用|使用|引用|声明)|(?:在哪|哪儿|哪个文件).{0,12}(?:定义|调用|使用|引用"
        r"|声明|实现)|(?:谁|哪些.{0,10})(?:调用|使用|引用|依赖)|(?:定义|调用|引用|使用|声明)在哪"
        r"|的(?:引用|调用者|定义)|调用关系|(?:どこ|誰).{0,16}(?:定義|呼|使|参照|宣言)|(?:定義|参照"
        r"|呼び出し元).{0,8}(?:どこ|教え|探)",
        asks=True,
    ),
    head(
        "web",
        7,
        r"(?:such|google|schau|guck|finde|cherche|recherche|busca|procur|pesquis|cerca|найди|поищи"
        r"|посмотри)\w*\b.{0,60}(?:im (?:internet|netz|web)|online|sur (?:internet|le web)|en ligne"
        r"|en internet|en l[ií]nea|na (?:internet|web)|su internet|в интернете|в сети)",
        asks=True,
    ),
    head(
        "web",
        7,
        r"(?:was|welche\w*|quelle|cu[aá]l|qual|что|какая)\b.{0,30}(?:neueste|aktuell|dernière|última"
        r"|ultima|mais recente|последн)\w* (?:\w+ )?(?:version|versi[oó]n|versão|верси)",
        asks=True,
    ),
    inside(
        "web",
        7,
        r"(?:上网|网上|在线|联网|谷歌|百度).{0,10}(?:查|搜|找)|(?:查|搜索?).{0,6}(?:网上|官方文档"
        r"|最新版本)|最新版本|(?:ネット|ウェブ|オンライン)で|最新(?:版|バージョン)|(?:neueste|aktuelle"
        r"|dernière|última|ultima|mais recente)\w* (?:stabile )?(?:version|versi[oó]n|versão|versione)"
        r"|последн\w+ верси",
        asks=True,
    ),
    head(
        "plan",
        8,
        r"(?:erstell|mach|schreib|entwirf|entwickl|fais|établi|rédige|propose|crée|haz|crea|escrib|elabor"
        r"|prop[oó]n|faça|cri[ea]|fa(?:i)?|proponi|составь|сделай|напиши|предложи"
        r"|разработай)\w*\b.{0,40}\b(?:plan|plano|piano|konzept|strategi\w*|feuille de route|hoja de ruta"
        r"|roteiro|план\w*|стратеги\w*|roadmap|entwurf)\b",
        r"(?:plane|entwirf|planifie[rz]?|planifica|planeja|planeje|diseña|conçois|pianifica|спланируй"
        r"|wie würdest|wie sollten wir|comment ferais|c[oó]mo (?:har[ií]as|abordar\w*)|como voc[eê] faria"
        r"|как бы ты|как лучше)\b",
        asks=True,
    ),
    inside(
        "plan",
        8,
        r"(?:制定|写|做|给|列|出|拟)[^。]{0,16}(?:计划|方案|规划|步骤|路线图)|规划一下|设计(?:一个"
        r"|一下)?[^。]{0,12}(?:方案|架构)|怎么设计|如何设计|(?:計画|設計案|ロードマップ"
        r"|手順)を?[^。]{0,8}(?:立て|作|書|考え|示)|設計して",
        asks=True,
    ),
    head(
        "search",
        6,
        r"(?:suche?\w*|finde?\w*|zeig\w* (?:mir )?alle|liste?\b|wo\b|in welche\w*|gibt es|welche dateien"
        r"|wie viele|cherche\w*|trouve\w*|liste[rz]?|où|dans quel\w*|y a-t-il|combien|busca\w*"
        r"|encuentra\w*|enc[oó]ntra\w*|localiza\w*|lista\w*|d[oó]nde|en qu[eé]|hay\b|cu[aá]nt[oa]s"
        r"|procur[ea]\w*|encontr[ea]\w*|onde|em qua[il]\w*|quant[oa]s|cerca\w*|trova\w*|dove|elenca\w*"
        r"|найди\w*|найти|поищи|покажи все|перечисли|где|есть ли|сколько|в как\w+)\b",
        asks=True,
    ),
    inside(
        "search",
        6,
        r"查找|搜索|有哪些|找出|找到|找一下|列出|检索|在哪|哪里|哪些文件|有没有|多少个|検索|探し|見つけ"
        r"|どこ|一覧|いくつ|찾아|검색",
        asks=True,
    ),
    head(
        "read",
        6,
        r"(?:erklär\w*|zeig\w*|lies\b|lese\b|beschreib\w*|fass\w*|was\b|warum|wieso|wie\b|wozu|weshalb"
        r"|schau\w*|analysier\w*|öffne|vergleich\w*|prüfe?\b|überprüf\w*|explique[rz]?|explica\w*"
        r"|expl[ií]ca\w*|expliqu\w*|montre\w*|lis\b|décri\w*|résume\w*|pourquoi|comment(?! (?:this|the"
        r"|out|all|every|each|my|our|NAME|FILE))|qu'?est-ce|que fait|à quoi|quel\w*|analyse[rz]?|ouvre"
        r"|compare[rz]?|muestra\w*|mu[eé]strame|lee\b|describ\w*|resum\w*|qu[eé]\b|por qu[eéê]|c[oó]mo\b"
        r"|cu[aá]l\w*|analiza\w*|abre|revisa\w*|mostr[ea]\w*|leia|ler\b|descrev\w*|o que|qual\w*"
        r"|analis[ea]\w*|spiega\w*|mostra\w*|leggi|riassum\w*|cosa|perch[eé]|come\b|объясни\w*|покажи"
        r"|прочитай|опиши|что|почему|зачем|как\b|расскажи|посмотри|проанализируй|открой|кто)(?!\w)",
        asks=True,
    ),
    inside(
        "read",
        6,
        r"解释|说明一下|讲解|介绍一下|总结|概括|阅读|读一下|看一下|看看|查看|分析|为什么|什么意思"
        r"|怎么工作|如何工作|是什么|做什么|干什么|怎么实现|審查|审查|説明|教えて|要約|読んで|見て|見せて"
        r"|なぜ|とは|何です|何をし|どう(?:やって|いう)|レビュー|설명|보여",
        asks=True,
    ),
    head(
        "run",
        6,
        r"(?:mach\w*\b.{0,20}\b(?:commit|push|pull|build)|führe?\b.{0,60}\baus|starte?\w*"
        r"|lass\b.{0,40}laufen|baue? das|kompilier\w*|installier\w*|teste?\b|lance[rz]?|ex[eé]cut\w*"
        r"|démarre\w*|installe\w*|compile\w*|teste[rz]?|ejecuta\w*|corr[ea]\b|lanza\w*|arranca\w*"
        r"|inicia\w*|instala\w*|compila\w*|prueba|execut[ea]\w*|rod[ea]\w*|inicie\w*|instal[ea]\w*"
        r"|compil[ea]\w*|esegui\w*|avvia\w*|lancia\w*|запусти\w*|выполни\w*|собери|установи\w*|прогони\w*"
        r"|запустить)\b",
    ),
    inside(
        "write",
        8,
        r"修复|修改|添加|增加|加(?!载|密)|换成|换掉|替|创建|新建|删除|去掉|移除|重命名|替换|实现|更新"
        r"|改成|改为|改一下|重构|编写|写一个|写个|优化|转换|改进|生成|修一下|补充|合并|拆分|翻译成|移动到"
        r"|修正|追加|変更|作成|作って|削除|直して|書いて|書き換え|置き換え|リファクタ|実装|改善|変換"
        r"|更新して|移動して|名前を変|消して|加えて|추가|수정|고쳐|만들|삭제|작성|변경|구현",
        r"\b(?:änder\w*|ändere|beheb\w*|korrigier\w*|repari\w*|füg\w*|hinzufüg\w*|erstell\w*|schreib\w*"
        r"|ersetz\w*|benenn\w*|umbenenn\w*|lösch\w*|entfern\w*|implementier\w*|refaktorier\w*"
        r"|verbesser\w*|optimier\w*|verschieb\w*|aktualisier\w*|übersetz\w*|ergänz\w*|wandel\w*|umwandeln"
        r"|konvertier\w*|vereinfach\w*|mach\w*|einbau\w*|baue?\b|dokumentier\w*|formatier\w*|pack\w*"
        r"|umschreiben|aufteil\w*|teile?|trenne?\w*|umwandel\w*|ordne\w*|setze?\w*|lege?\b)\b",
        r"\b(?:corrig\w*|répar\w*|modifi\w*|ajout\w*|cré(?:e|er|ez)|remplac\w*|supprim\w*|renomm\w*"
        r"|écri[srtv]\w*|implément\w*|refactoris\w*|amélior\w*|optimis\w*|déplac\w*|convert\w*|tradui\w*"
        r"|génér\w*|transform\w*|nettoi\w*|mets|mettre|fais|documente\w*)\b",
        r"\b(?:arregl\w*|cambi\w*|añad\w*|agreg\w*|cre(?:a|ar|e)\b|reemplaz\w*|elimin\w*|borr[ae]\w*"
        r"|renombr\w*|escrib\w*|implement\w*|refactori[cz]\w*|mejor\w*|mueve|mover|conviert\w*|convertir"
        r"|actuali[zc]\w*|traduc\w*|genera\w*|haz\b|hacer|pon\b|soluciona\w*|documenta\w*)\b",
        r"\b(?:conserta\w*|consert[ea]\w*|alter[ea]\w*|mud[ea]\w*|adicion\w*|acrescent\w*|cri(?:e|ar)\b"
        r"|substitu\w*|remov\w*|apag\w*|renomei\w*|escrev\w*|refator\w*|melhor\w*|mov[ea]\w*"
        r"|atuali[zs]\w*|traduz\w*|ger[ea]\b|faça|coloqu\w*|resolv\w*)\b",
        r"\b(?:correggi\w*|sistema\b|modifica\w*|aggiung\w*|crea\w*|sostitu\w*|rimuov\w*|elimina\w*"
        r"|rinomin\w*|scrivi\w*|miglior\w*|converti\w*|sposta\w*)\b",
        r"(?:исправ|почин|измен|добав|созда|напиши|написать|замен|удали|убери|переимен|реализу|рефактор"
        r"|улучш|оптимизир|перемест|обнов|перевед|перепиш|сделай|сделать|поменяй|поправь|сгенерир|вынеси"
        r"|конвертир|документир)\w*",
    ),
    inside(
        "run",
        6,
        r"运行|执行|启动|编译|构建|安装|跑一下|跑测试|跑一遍|测试一下|部署|提交代码|実行|動かして|走らせ"
        r"|起動|ビルド|インストール|コンパイル|실행|설치|빌드",
        r"\b(?:ausführ\w*|auszuführen|laufen|starten|kompilieren|installieren|bauen|testen|exécut\w*"
        r"|lancer|ejecut\w*|executar|rodar|запуст\w*|выполн\w*|установ\w*|tests durch)\b",
    ),
    inside(
        "write",
        5,
        r"\b(?:funktioniert nicht|geht nicht|kaputt|fehler\w*|fehlt|schlägt fehl|stürzt|falsch|soll\w*"
        r"|hätte gern|brauche\w*|möchte|necesito|quiero|preciso|il faut|il me faut|no (?:hace|aparece|se"
        r"|est[aá])|muss|müssen|ne (?:marche|fonctionne)|erreur|bogue|plante|cassé|manque|devrait|doit"
        r"|no funciona|falla\w*|está (?:roto|mal)|error\w*|falta|deber[ií]a|debe|não funciona|quebrad\w*"
        r"|erro|deveria|deve|non funziona|errore|dovrebbe|не работает|ошибк\w*|падает|сломал\w*|нужно"
        r"|надо|должн\w*|баг\w*)\b",
        r"报错|出错|错误|不工作|崩溃|失败|有问题|不对|应该|需要|エラー|動かない|動きません|バグ|落ちる"
        r"|失敗|おかしい|べき|必要",
        r"変え|にして|てください|てくれ|해 ?줘|주세요",
    ),
)
