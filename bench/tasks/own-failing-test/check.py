import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main

PROBE = """
from timesheet.clock import BadTime, minutes_of_day
from timesheet.report import by_task, week_report
from timesheet.sheet import parse_sheet

def refused(text):
    try:
        return minutes_of_day(text)
    except BadTime:
        return "refused"

texts = ["12 am", "12:05 am", "12 pm", "12:59PM", "1 am", "1 pm", "11:59 am", "11:59 pm", "12:30", "0:15"]
sheet = parse_sheet(%r)
result = {
    "times": [minutes_of_day(text) for text in texts],
    "refused": [refused(text) for text in ("13 pm", "0 am", "0:30 pm", "25:00", "9:60", "12:60 pm", "x")],
    "week": week_report(sheet),
    "tasks": by_task(sheet),
}
"""
SHEET = """# a hidden week
Mon 12:30 pm-6:00 pm  driving
Tue 8:15 am-12:30 pm  depot
Wed 10 pm-12:30 am  night shift
Thu 12:15 am-8:15 am  night shift
Fri 12 am-12 pm  watch
Sat 12:00 pm-12:45 pm  depot
Sun 9:00-12:00  depot
"""
WANTED = {
    "times": [0, 5, 720, 779, 60, 780, 719, 1439, 750, 15],
    "refused": ["refused"] * 7,
    "week": [
        "Mon   5:30",
        "Tue   4:15",
        "Wed   2:30",
        "Thu   7:30",
        "Fri  11:30",
        "Sat   0:45",
        "Sun   3:00",
        "Sum  35:00",
    ],
    "tasks": ["watch: 12:00", "night shift: 10:30", "depot: 8:00", "driving: 5:30"],
}


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE % SHEET)
    for name, wanted in WANTED.items():
        expect(name, found[name], wanted)


if __name__ == "__main__":
    main(verify)
