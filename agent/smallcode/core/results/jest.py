from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

JEST = result_filter(
    "jest",
    r"^Tests: +.*\d+ total$",
    rule(r"^PASS ", NOISE, NOISE),
    rule(r"^FAIL ", ESSENTIAL, DETAIL),
    rule(r"^\s+[✓√○] ", NOISE),
    rule(r"^\s+[✕×] ", FAILURE),
    rule(r"^\s*● Console$|^\s+console\.(log|warn|info|debug|error)$", NOISE, NOISE),
    rule(r"^\s+● ", ESSENTIAL, DETAIL),
    rule(r"^\s+at .*(" + FOREIGN + ")", NOISE),
    rule(r"^\s+at ", FAILURE, within=(DETAIL,)),
    rule(r"^\s+> +\d+ \|", FAILURE),
    rule(r"^\s+\d* ?\|", DETAIL),
    rule(r"^\s+(expect\(|Expected\b|Received\b|\w*Error: |[-+] )", FAILURE),
    rule(r"^Summary of all failing tests$", NOISE, NOISE),
    rule(r"^(Test Suites|Tests|Snapshots): ", ESSENTIAL),
    rule(r"^Time: ", NOISE, END),
    rule(r"^Ran all test suites", NOISE, END),
)
