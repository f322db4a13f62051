"""What tells questions about this project from those about the world."""

from __future__ import annotations

from .. import words as w

SURELY_GENERAL = (
    r"(?:time|space) complexity of (?!the|this|my|our)|^who (?:wrote|made|invented|created|founded"
    r"|designed)\b|"
    rf"in general|in theory|good practice|in your own words|in simple (?:words|terms)|without looking at"
    rf"|(?:which"
    rf"|what) model are you|\bto me in \w+ (?:sentences|words)|difference between|unterschied zwischen"
    rf"|différence entre|diferen[cç](?:ia|a) entre|разница между|区别|違い|pros and cons|best practices?"
    rf"|\b(?:in|with|about|of) (?:{w.LANGUAGES})\b|\b(?:vs|versus|than)\b|meaning of|capital of|(?:point"
    rf"|purpose|use|advantages?|benefits?|concept|idea|meaning) of (?:an? |\w+ing\b|\w+$)"
    rf"|\bthe \w+(?: \w+)? (?:theorem|principles?|keyword|operator|paradigm|pattern|protocol|law|problem"
    rf"|algorithm|syntax)\b|what does (?:\w+ ){{1,2}}(?:mean|stand for)|better to use|is it true"
    rf"|\bdo you (?:know|like|prefer|recommend|think|use)\b"
)
"""A question about programming or the world. It may say "the"."""

GENERAL = (
    rf"^(?:what|who)(?:'s| is| are| was| were| do| does)? (?!wrong\b|going\b|in\b|on\b|happen|you\b"
    rf"|changed\b|next\b|else\b)|how (?:do|can|would|to) (?:i|you|one|someone|people|an?|\w+s)\b"
    rf"|^how to\b|\b(?:{w.LANGUAGES})$|explain (?:to me )?(?!how\b|why\b|it\b|what\b|when\b|to\b|line\b"
    rf"|your)\w|explain (?:to me )?(?:what|how|why) (?:an? |\w+s\b |\w+ (?:is|are|work|mean))|recommend"
    rf"|^(?:when|who|where|why|how) (?:was|were|did) |when (?:should|do|would) (?:i|you|one)|^(?:is|are"
    rf"|does|will) \w+ |example of|something (?:about|interesting|cool)|how do(?:es)? (?:\w+s|an? .*"
    rf"|https|dns|recursion|oauth|jwt|tls) work|why (?:is|are|do|does|would|should) "
)
"""A question that sounds as if it were not about this project."""

NOT_MINE = (
    r"nothing to do with (?:this|the|our|my)|without looking at (?:any of )?(?:my|the|our)"
    r"|unrelated to (?:this|our|my)"
    r"|not about (?:this|our|my) (?:project|repo|code)"
)
"""What says so itself."""

MINE = (
    r"\b(?:FILE|NAME|TRACE|CODE|COMMAND)\b|\b(?:this|these|our|my|here|codebase|repo(?:sitory)?|project"
    r"|us|above|selected|below|lines? \d+|selection)\b"
)
"""What makes a question one about this project."""

PERHAPS_MINE = (
    r"\bthe (?!difference|best|most|world|weather|right way|capital)|\b(?:it|its|they|we|that"
    r"|i'm getting)\b"
)
"""What does, unless the question is surely general."""
