"""What is asked of the web: addresses, documentation, versions that are out."""

from __future__ import annotations

from .. import words as w

LOOK_ONLINE = (
    rf"(?:{w.SEARCH}|{w.READ}|search|browse|go|are|is|do|ask|what|how|any)\b.{{0,100}}\b(?:{w.ONLINE})\b",
    r"(?:search|browse|surf|consult|query|ask|check|use|crawl) (?:the )?(?:web|internet|net|google"
    r"|online|stack ?overflow)",
    r"(?:google|duckduckgo|web ?search|research)\b",
)
ADDRESS = (
    rf"(?:{w.READ}|visit|fetch|get|go to|browse|download|scrape|crawl|access|pull|use)\b.{{0,80}}\bURL",
    r"URL",
)
LOOK_UP = (
    r"look up\b(?! (?:the )?(?:FILE|NAME|where\b|who\b|which\b)|.{0,60}\bin the (?:code|repo|project))",
)
DOCUMENTS = (
    rf"(?:{w.GET}|read|consult|what do|what does|{w.ASK})\b.{{0,50}}\b(?:official|online|upstream"
    rf"|release|api|the \w+) (?:\w+ ){{0,2}}(?:docs|documentation|notes|reference|changelog|manual"
    rf"|website|site)\b(?! (?:string|in FILE))",
    rf"(?:{w.GET}|read|look for) (?:me )?(?:the )?(?:docs|documentation|changelog|release notes"
    rf"|manual) (?:for|of|on)",
    r"(?:check|read|see|consult) (?:the|their|its) (?:\w+ )?docs",
)
LATEST = (
    rf"(?:{w.ASK}|is there|are there|{w.GET}|do we have|are we on)\b.{{0,40}}\b(?:latest|newest"
    rf"|most recent|current|lts|newer|up[- ]to[- ]date) (?:\w+ ){{0,2}}(?:versions?|releases?|lts|stable"
    rf"|news|price|rate|docs)\b(?! control)",
    r"(?:what|which) version of .{0,30}\b(?:current|latest|newest|out|recommended|stable)",
    r"what(?:'s| is| are) new in",
    r"what changed (?:in|between) (?:\w+ )?v?\d",
    r"(?:is|are|did|has|have|when|was)\b.{0,50}\b(?:been released|come out|comes? out|came out|released"
    r"|end of life|eol|vulnerable|still maintained|still supported)\b",
)
VULNERABILITY = (
    r"(?:are|is|any|check|find|look)\b.{0,40}\b(?:cves?|vulnerabilit(?:y|ies)|security advisor)",
)
LIBRARY = (
    r"(?:find|is there|are there|search|look for|recommend|suggest)\b.{0,30}\b(?:library|libraries"
    r"|packages?|crates?|frameworks?|tutorials?|blog posts?|articles?|npm module|gem"
    r"|plugins?)\b.{0,20}\b(?:for|to|that|about|on)\b(?!.{0,40}\bin (?:this|the|our))",
)
OF_THE_WORLD = (
    r".{0,60}\blook (?:it|this|that|them) up\b",
    r".{0,40}\b(?:github|gitlab) (?:repo|page|project|issue)s? (?:of|for)\b",
    r"(?:what|which|how|does|is|are)\b.{0,40}\b(?:latest|newest) (?:release|version) of (?!our|this|my)",
    r"(?:get|show|check)\b.{0,20}\b(?:weather|news)\b",
    r"(?:what|how|does)\b.{0,50}\b(?:page|docs|spec|rfc|mdn|site|article|manual"
    r"|documentation)\b.{0,40}\b(?:say|says|mention\w*|recommend\w*)\b",
    r"what (?:does|do) (?:the )?\w+ (?:docs )?say about",
    r"what(?:'s| is) the (?:latest|newest|most recent)\b(?!.{0,30}\b(?:commit|change|file|log|entry|test"
    r"|migration|error|branch|tag))",
    r"how much (?:does|do|is|are) .{0,40}\bcost",
    r"what (?:are|do) (?:people|others|users) (?:say|think)",
    r"what(?:'s| is| will be)? (?:the )?(?:weather|price|news|exchange rate|stock)\b",
)
NOUNS = (
    rf"(?!(?:{w.CHANGE}|the|our|my|this|dokument\w*)\b)(?:\w+|NAME) (?:docs|documentation|api reference"
    rf"|manual)(?: for| of| on|$)",
    r".{0,40}\brelease date\b",
)
IN_PASSING = (
    r"\bURL\b",
    r"^\w+ docs\b",
    r"^(?:current|latest|newest|recent) (?:lts|version|release|stable|news|docs|price)\b",
    r"\b(?:latest|newest) (?:\w+ ){0,2}(?:version|release|docs)\b",
    r"\b(?:docs|changelog|release notes|documentation)$",
)
ADDRESS_ANYWHERE = (r"\bURL\b",)
HERE = (
    r"\bin (?:the|this|our) (?:code\w*|repo\w*|project|source)\b",
    r"\bdon'?t (?:search|use|look on) the (?:web|internet)",
)
