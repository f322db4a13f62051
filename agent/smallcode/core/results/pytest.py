from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

PYTEST = result_filter(
    "pytest",
    r"^=+ (test session starts|FAILURES|ERRORS|short test summary info) =+$"
    r"|^(=+ )?(\d+ \w+, )*\d+ (passed|failed|errors?)\b.* in \d",
    rule(r"^=+ test session starts =+$", NOISE, NOISE),
    rule(r"^collected \d+ items? / ", FAILURE),
    rule(r"^collect(ed|ing) ", NOISE, NOISE),
    rule(r"^\S+::.* (FAILED|ERROR)\b", DETAIL),
    rule(r"^\S+::.* (PASSED|SKIPPED|XFAIL|XPASS)\b|^\S+\.py [.sxXFE]+(\s+\[ *\d+%\])?$", NOISE),
    rule(r"^[.sxXFE]+\s+\[ *\d+%\]$", NOISE),
    rule(r"^=+ (FAILURES|ERRORS) =+$", FAILURE, DETAIL),
    rule(r"^_{3,} .* _{3,}$", FAILURE, DETAIL),
    rule(r"^(E  |>  )", FAILURE),
    rule(rf"^\S*({FOREIGN})\S*:\d+: ", NOISE, NOISE),
    rule(r"^\S+:\d+: ", FAILURE, DETAIL),
    rule(r"^(_ )+_?$", NOISE, DETAIL),
    rule(r"^-+ Captured ", DETAIL, DETAIL),
    rule(r"^=+ (warnings summary|slowest|PASSES|tests coverage)|^-+ coverage: |^Name +Stmts ", NOISE, NOISE),
    rule(r"^=+ short test summary info =+$", NOISE, DETAIL),
    rule(r"^(FAILED|ERROR) ", ESSENTIAL),
    rule(r"^!+ .* !+$", ESSENTIAL),
    rule(r"^(=+ )?(\d+ \w+, )*\d+ (passed|failed|errors?|skipped|xfailed)\b.* in \d", ESSENTIAL, END),
)
