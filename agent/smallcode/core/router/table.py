"""What speaks for which category: the router's knowledge of English, one row for each signal.

Each row names its patterns, which stand in phrases/. They are read against the words of prose.py: FILE, NAME,
URL, HOST (an address on this machine), TEXT (in quotation marks), COMMAND, CODE, TRACE. Rows of a clause's
head and inside are tried from top to bottom and the first that matches counts, so the special stand above the
general. An order to change files weighs more than any other, in whatever clause it stands: who is to change
something must also read, search and run.
"""

from __future__ import annotations

from .phrases import graph, plan, read, run, search, talk, web, write
from .signal import Signal, head, inside, message, whole
from .tongues import TONGUES

TALK, WRITE, PLAN, PHRASE, ORDER, HINT, WEAK = 7.0, 8.0, 9.0, 7.0, 6.0, 5.0, 3.0

SIGNALS: tuple[Signal, ...] = (
    # The whole message is talk.
    whole("respond", TALK, *talk.SMALL_TALK),
    whole("respond", TALK, *talk.ABOUT_YOU),
    whole("respond", TALK, *talk.HELP_ME),
    # The web.
    head("web", PHRASE, *web.LOOK_ONLINE, asks=True),
    head("web", PHRASE, *web.ADDRESS, asks=True),
    head("web", PHRASE, *web.LOOK_UP, asks=True),
    head("web", PHRASE, *web.DOCUMENTS, asks=True),
    head("web", PHRASE, *web.LATEST, asks=True),
    head("web", PHRASE, *web.VULNERABILITY, asks=True),
    head("web", PHRASE, *web.LIBRARY, asks=True),
    head("web", PHRASE, *web.OF_THE_WORLD, asks=True),
    head("web", PHRASE, *web.NOUNS, asks=True),
    # Commands, git, and what only running tells.
    head("write", WRITE, *write.FAULTS_OF_A_TOOL),
    head("write", WRITE, *write.HOOK),
    head("run", PHRASE, *run.MAKE_A_COMMIT),
    head("run", PHRASE, *run.STATE_OF_GIT),
    head("run", PHRASE, *run.BRANCHES),
    head("run", PHRASE, *run.INSTALLED),
    head("run", PHRASE, *run.COMMAND_LINE),
    head("run", PHRASE, *run.DOES_IT_PASS),
    head("run", PHRASE, *run.DATABASE),
    head("run", PHRASE, *run.PROCESSES),
    head("run", PHRASE, *run.GET_IT_GOING),
    head("run", PHRASE, *run.RESULTS),
    head("write", WRITE, *write.IN_PIECES),
    # Plans.
    head("plan", PLAN, *plan.NOUN_FIRST, asks=True),
    head("plan", PLAN, *plan.MAKE_A_PLAN, asks=True),
    head("plan", PLAN, *plan.VERBS, asks=True),
    head("plan", PLAN, *plan.HOW_WOULD, asks=True),
    head("plan", PLAN, *plan.WHAT_SHOULD, asks=True),
    # The code graph.
    head("search", PHRASE, *search.WHERE_TEXT, asks=True),
    head("search", ORDER, *search.IS_THERE_CODE, asks=True),
    head("read", ORDER, *read.IS_THERE_A_FAULT, asks=True),
    head("code_intel", PHRASE, *graph.WHERE_USED, asks=True),
    head("code_intel", PHRASE, *graph.WHO_USES, asks=True),
    head("code_intel", PHRASE, *graph.DEPENDS, asks=True),
    head("code_intel", PHRASE, *graph.OF_SYMBOL, asks=True),
    head("code_intel", PHRASE, *graph.FIND_WHO, asks=True),
    head("code_intel", PHRASE, *graph.MEMBERS, asks=True),
    head("code_intel", PHRASE, *graph.NOUN_PHRASES, asks=True),
    head("code_intel", PHRASE, *graph.GO_TO, asks=True),
    # Searching.
    head("respond", ORDER, *talk.HOW_MANY_IN_THE_WORLD, asks=True),
    head("write", WRITE, *write.FIND_AND_CHANGE),
    head("read", ORDER, *read.FIND_OUT, asks=True),
    head("search", ORDER, *search.VERBS, asks=True),
    head("search", ORDER, *search.IS_THERE, asks=True),
    # Running, in English.
    head("write", WRITE, *write.NOT_A_RUN),
    head("run", ORDER, *run.VERBS),
    # Reading, and other questions.
    head("write", WRITE, *write.NOT_A_READ),
    head("read", ORDER, *read.OVERVIEW, asks=True),
    head("read", ORDER, *read.VERBS, asks=True),
    # The same in other languages, before words that are English verbs too ("comment").
    *TONGUES,
    # Changing files.
    head("write", WRITE, *write.VERBS),
    # What is said, not ordered.
    inside("respond", PHRASE, *talk.FAREWELL),
    inside("respond", HINT, *talk.THANKS),
    inside("code_intel", ORDER, *graph.NOT_SURE_WHO, asks=True),
    inside("search", ORDER, *search.NOT_SURE_WHERE, asks=True),
    inside("read", ORDER, *read.NOT_SURE, asks=True),
    inside("run", ORDER, *run.TO_PRODUCTION),
    inside("plan", ORDER, *plan.IN_PASSING),
    inside("search", ORDER, *search.NOUNS),
    inside("code_intel", ORDER, *graph.NOUNS),
    inside("write", HINT, *write.FAULT),
    inside("write", WEAK, *write.TRACE),
    inside("write", HINT, *write.NOUNS),
    inside("web", HINT, *web.IN_PASSING),
    inside("run", WEAK, *run.NOUNS),
    inside("read", WEAK, *read.BARE_NAME),
    inside("search", WEAK, *search.ALL_OF),
    # An order whose verb is none of the vocabulary: what it is done to stands behind it.
    inside("write", WEAK, *write.UNKNOWN_VERB),
    inside("write", WEAK, *write.CODE),
    # Of the whole message: these add to the rest.
    message("web", PHRASE, *web.ADDRESS_ANYWHERE),
    message("web", -9, *web.HERE),
    message("write", 2, *write.TRACE_ANYWHERE),
    message("write", -9, *write.FORBIDDEN),
    message("run", -6, *run.FORBIDDEN),
    message("plan", WEAK, *plan.BEFORE),
)
