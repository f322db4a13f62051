"""go test, build and vet."""

from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

GO_TEST = result_filter(
    "go test",
    r"^(ok  |FAIL|\?   )\t\S+|^\s*--- (FAIL|PASS): |^=== RUN ",
    rule(r"^=== (RUN|PAUSE|CONT|NAME)\b", NOISE, DETAIL),
    rule(r"^\s*--- (PASS|SKIP): ", NOISE, NOISE),
    rule(r"^\s*--- FAIL: ", ESSENTIAL, DETAIL),
    rule(r"^(ok  |\?   )\t|^PASS$|^coverage: ", NOISE, END),
    rule(r"^panic: ", ESSENTIAL, DETAIL),
    rule(rf"^\t.*({FOREIGN}).*\.go:\d+", NOISE),
    rule(r"^goroutine \d+ ", NOISE, DETAIL),
    rule(r"^\s+[\w./-]+\.go:\d+: ", FAILURE, FAILURE),
    rule(r"^\.?/?[\w./-]+\.go:\d+:\d+: ", ESSENTIAL),
    rule(r"^# ", FAILURE, DETAIL),
    rule(r"^FAIL\t", ESSENTIAL, END),
    rule(r"^FAIL$|^exit status \d+$", NOISE, END),
)
