from .base import DETAIL, END, ESSENTIAL, result_filter, rule

TSC = result_filter(
    "tsc",
    r"(\(\d+,\d+\): |:\d+:\d+ - )error TS\d+: ",
    rule(r"(\(\d+,\d+\): |:\d+:\d+ - )error TS\d+: |^error TS\d+: ", ESSENTIAL, DETAIL),
    rule(r"^Found \d+ errors?", ESSENTIAL, DETAIL),
    rule(r"^Errors +Files$", DETAIL, DETAIL),
    rule(r"^npm (error|ERR!|notice)|^> ", DETAIL, END),
)
