"""cargo test, build, check and clippy."""

from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

CARGO = result_filter(
    "cargo",
    r"^test result: |^\s+Compiling \S+ v\d|^\s+Checking \S+ v\d"
    r"|^error\[E\d+\]: |^error: (could not compile|test failed, to rerun)",
    rule(r"^\s+(Compiling|Checking|Download|Updating|Locking|Adding|Blocking|Fresh|Finished)", NOISE, NOISE),
    rule(r"^\s+(Running|Doc-tests) ", NOISE, NOISE),
    rule(r"^error(\[E\d+\])?: ", ESSENTIAL, DETAIL),
    rule(r"^warning(: |\[)", NOISE, NOISE),
    rule(r"^\s*--> ", ESSENTIAL, within=(DETAIL,)),
    rule(r"^test .* \.\.\. (ok|ignored)\b|^running \d+ tests?$", NOISE, NOISE),
    rule(r"^test .* \.\.\. FAILED$", ESSENTIAL),
    rule(r"^failures:$", FAILURE, DETAIL),
    rule(r"^---- .* ----$", FAILURE, DETAIL),
    rule(r"^thread '.*' .*panicked at ", FAILURE, FAILURE),
    rule(r"^note: .*`RUST_BACKTRACE=", NOISE, DETAIL),
    rule(r"^stack backtrace:$", NOISE, NOISE),
    rule(rf"^\s+at .*({FOREIGN})", NOISE),
    rule(r"^\s+at \S+:\d+(:\d+)?$", FAILURE),
    rule(r"^test result: ", ESSENTIAL, END),
)
