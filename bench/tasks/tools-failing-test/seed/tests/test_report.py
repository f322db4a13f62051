import unittest

from timesheet.entries import parse
from timesheet.report import render


class ReportTest(unittest.TestCase):
    def test_two_weeks(self) -> None:
        text = "2024-05-06 3h15 garden\n2024-05-02 45m office\n2024-04-30 2h garden\n"
        self.assertEqual(
            render(parse(text)).splitlines(),
            [
                "2024-W18   2:45",
                "  garden                 2:00",
                "  office                 0:45",
                "2024-W19   3:15",
                "  garden                 3:15",
            ],
        )

    def test_turn_of_the_year(self) -> None:
        text = "2024-12-27 1h garden\n2024-12-30 2h garden\n2025-01-02 3h garden\n"
        weeks = [row.split() for row in render(parse(text)).splitlines() if not row.startswith(" ")]
        self.assertEqual(weeks, [["2024-W52", "1:00"], ["2025-W01", "5:00"]])
