"""What carries on with what was under way: a yes, a go-ahead, "the same for orders.py"."""

from __future__ import annotations

import re

_YES = re.compile(
    r"(?:(?:yes|yep|yeah|yup|ya|ye|y|ok|okay|okey|k|kk|sure|right|correct|exactly|absolutely|definitely"
    r"|of course"
    r"|certainly|go(?: on| ahead| for it| with (?:it|that))?|do (?:it|that|this|so)|please do|please|proceed"
    r"|continue|carry on|keep going|resume|next|more|again|once more|one more time|try again|retry|repeat"
    r"|fine"
    r"|alright|all right|sounds good|looks good|lgtm|good|great|perfect|agreed|approved|confirm(?:ed)?"
    r"|accept(?:ed)?"
    r"|ship it|make it so|i agree|that'?s (?:it|right|fine|good|ok|correct)|it'?s (?:ok|fine)|now|then|and"
    r"|just|with it"
    r"|yes please|the (?:first|second|third|last|former|latter)(?: one| option)?|(?:option|number"
    r"|step)? ?[\dab]"
    r"|both|all(?: of them| of it)?|finish(?: it| the rest)?|the rest|not yet|no|nope|wait|hm+|why not"
    r"|let'?s do it|let'?s go"
    r"|you can|you may|as you (?:like|suggested|said)|like you (?:said|suggested)|up to you|go go go|it|that"
    r"|ja|jo|genau|klar|gerne|weiter|mach weiter|mach das|mach es|bitte|los|einverstanden|passt|oui|d'accord"
    r"|vas-y"
    r"|continue[rz]?|fais-le|s[ií]|vale|claro|dale|adelante|contin[uú]a|hazlo|de acuerdo|sim|pode|isso"
    r"|continue|faça isso"
    r"|va bene|certo|procedi|да|ага|хорошо|давай|продолжай|конечно|ладно|好|好的|是|是的|对|可以"
    r"|继续|行|没问题"
    r"|はい|続けて"
    r"|お願い(?:します)?"
    r"|うん|いいよ|いいです|네|응|계속)(?:[\s,.!…]+|$))+"
)
_ACT = re.compile(
    r"\b(?:do (?:it|that|this|so)|go (?:ahead|for it)|start|begin|proceed|implement|execute|ship it"
    r"|make it so|let'?s (?:do it|go)|step \d|build it"
    r"|mach (?:das|es)|fais-le|hazlo|faça isso)\b"
)
_SAME = re.compile(
    r"\b(?:the same|same (?:thing|for|with|in|here|again|goes)|likewise|as well|too|also (?:for|in|the)"
    r"|similarly|similar"
    r"|as before|like (?:before|that|the (?:last|previous|other))|the other (?:one|file|two|ones)?"
    r"|another one|dasselbe"
    r"|das gleiche|genauso|auch (?:für|in)|pareil|la même chose|de même|lo mismo|igual|o mesmo|a mesma coisa"
    r"|lo stesso"
    r"|то же(?: самое)?|также|同样|一样|也|同じ)(?!\w)"
)
_ELLIPSIS = re.compile(
    r"(?:(?:ok|okay|yes|and|now|then|what about|how about|but|also|what of|und|et|y|e|и)[\s,]+)*(?:now "
    r"|then |also |in |for "
    r"|with |on |the |to )*(?:FILE|NAME|the \w+(?: \w+)?|all (?:the )?(?:other|rest)\w*|other \w+"
    r"|\w+ too)[\s?!.]*"
)
_ONLY = re.compile(r"(?:and |but |now |then |ok |,)*(?:only|just|also|not)\b.{0,60}")
_ABOUT = re.compile(r"(?:ok|okay|yes|and|now|then|but|so|,|\s)*(?:what|how) about\b")


def says_act(text: str) -> bool:
    """Whether assent to a plan asks for it to be carried out."""
    return _ACT.search(text) is not None


def is_yes(text: str) -> bool:
    """Whether prose is nothing but assent or a wish to go on."""
    return _YES.fullmatch(text.rstrip(" .!…") + " ") is not None


def says_same(text: str) -> bool:
    """Whether prose asks for what was done before to be done elsewhere."""
    return _SAME.search(text) is not None


def names_only(text: str) -> bool:
    """Whether prose names something and no work, as "and orders.py?" does."""
    return (
        _ELLIPSIS.fullmatch(text) is not None
        or _ABOUT.match(text) is not None
        or _ONLY.fullmatch(text) is not None
    )
