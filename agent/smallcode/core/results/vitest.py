from .base import DETAIL, END, ESSENTIAL, FAILURE, FOREIGN, NOISE, result_filter, rule

VITEST = result_filter(
    "vitest",
    r"^ *Test Files +\d+ ",
    rule(r"^ *(RUN|DEV) +v\d", NOISE, NOISE),
    rule(r"^ *[✓√↓] ", NOISE),
    rule(r"^ *[×✗] ", FAILURE),
    rule(r"^ *FAIL ", ESSENTIAL, DETAIL),
    rule(r"^ *❯ .*(" + FOREIGN + ")", NOISE),
    rule(r"^ *❯ .*:\d+:\d+$", FAILURE),
    rule(r"^ *❯ ", DETAIL),
    rule(r"^\w*Error: ", FAILURE),
    rule(r"^ *[-+] ", FAILURE),
    rule(r"^ *std(out|err) \| ", NOISE, NOISE),
    rule(r"^ *⎯+.*⎯+$", NOISE),
    rule(r"^ *\d+\| |^ *\| ", DETAIL),
    rule(r"^ *(Test Files|Tests|Errors) +", ESSENTIAL),
    rule(r"^ *(Start at|Snapshots|Type Errors) ", NOISE),
    rule(r"^ *Duration ", NOISE, END),
)
