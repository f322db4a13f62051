from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

UNITTEST = result_filter(
    "unittest",
    r"^Ran \d+ tests? in [\d.]+s$",
    rule(r"\.\.\. (ok|skipped\b.*|expected failure|)$|^\w+ \([\w.]+\)$|^[.sxuFE]+$", NOISE),
    rule(r"\.\.\. (FAIL|ERROR)$", DETAIL),
    rule(r"^={70}$|^-{70}$", NOISE, DETAIL),
    rule(r"^(FAIL|ERROR): ", ESSENTIAL, DETAIL),
    rule(r"^Traceback ", NOISE, DETAIL),
    rule(rf'^  File ".*({FOREIGN})', NOISE, NOISE),
    rule(r'^  File "', FAILURE, FAILURE),
    rule(r"^[A-Za-z_][\w.]*(: .*)?$", FAILURE, DETAIL, within=(NOISE, FAILURE)),
    rule(r"^Ran \d+ tests? in ", ESSENTIAL, DETAIL),
    rule(r"^(OK|FAILED)( \(.*\))?$", ESSENTIAL, END),
)
