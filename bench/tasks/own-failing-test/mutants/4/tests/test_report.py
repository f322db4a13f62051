import unittest
from pathlib import Path

from timesheet.report import by_task, week_report
from timesheet.sheet import parse_sheet

SAMPLE = Path(__file__).with_name("week11.txt")


class WeekReportTest(unittest.TestCase):
    def test_week_eleven(self):
        stretches = parse_sheet(SAMPLE.read_text(encoding="utf-8"))
        self.assertEqual(
            week_report(stretches),
            ["Mon   8:00", "Tue   7:35", "Wed  18:45", "Thu  17:00", "Fri   8:00", "Sum  59:20"],
        )

    def test_short_day_has_no_break(self):
        self.assertEqual(week_report(parse_sheet("Sat 8:00-14:00  yard")), ["Sat   6:00", "Sum   6:00"])

    def test_tasks(self):
        stretches = parse_sheet("Mon 9-12  depot\nTue 9-17  yard\nWed 9-10  depot")
        self.assertEqual(by_task(stretches), ["yard: 8:00", "depot: 4:00"])


if __name__ == "__main__":
    unittest.main()
