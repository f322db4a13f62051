from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

UNITTEST = result_filter(
    "unittest",
    r"^Ran \d+ tests? in [\d.]+s$",
    rule(r"^\w+ \([\w.]+\)( \.\.\.|$)(?!.*(FAIL|ERROR)$).*(ok|skipped\b.*)?$", NOISE),
    rule(r"\.\.\. ok$|^[.sxuFE]+$", NOISE),
    rule(r"\.\.\. (FAIL|ERROR)$", DETAIL),
    rule(r"^={70}$|^-{70}$", NOISE, DETAIL),
    rule(r"^(FAIL|ERROR): ", ESSENTIAL, DETAIL),
    rule(r"^Traceback ", NOISE, DETAIL),
    rule(rf'^  File ".*({FOREIGN})', NOISE, NOISE),
    rule(r'^  File "', FAILURE, FAILURE),
    rule(r"^[\w.]+(Error|Exception|Warning|Exit|Interrupt|Failure)\b(: |$)", FAILURE, DETAIL),
    rule(r"^Ran \d+ tests? in ", ESSENTIAL, DETAIL),
    rule(r"^(OK|FAILED)( \(.*\))?$", ESSENTIAL, END),
)
