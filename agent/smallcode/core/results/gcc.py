"""gcc, g++ and clang, by themselves or run by make, cmake or ninja."""

from .base import DETAIL, END, ESSENTIAL, FAILURE, NOISE, result_filter, rule

GCC = result_filter(
    "gcc",
    r"^\S+:\d+(:\d+)?: (fatal )?error: |undefined reference to |^collect2: error: |^clang(\+\+)?: error: ",
    rule(r"^\S+:\d+(:\d+)?: (fatal )?error: ", ESSENTIAL, DETAIL),
    rule(r"^\S+:\d+(:\d+)?: warning: |^\S+: warning: ", NOISE, NOISE),
    rule(r"^\S+:\d+(:\d+)?: note: ", DETAIL, DETAIL),
    rule(r"undefined reference to |multiple definition of |cannot find -l", ESSENTIAL, DETAIL),
    rule(r"^(collect2|clang(\+\+)?|cc1(plus)?|\S*ld): (fatal )?error: ", ESSENTIAL, END),
    rule(r"^\S+: In (member )?(function|constructor)|^In file included from ", DETAIL, DETAIL),
    rule(r"^(g?make|ninja)(\[\d+\])?: (\*\*\*|.*stopped)|^FAILED: ", ESSENTIAL, END),
    rule(r"^(g?make)(\[\d+\])?: ", NOISE, END),
    rule(r"^\S*(gcc|g\+\+|cc|c\+\+|clang|clang\+\+) -|^\[ *\d+(%|/\d+)\] ", NOISE, END),
    rule(r"^\d+ (errors?|warnings?)\b.* generated\.$", FAILURE, END),
)
