import unittest
from datetime import date

from timesheet.entries import Entry, parse


class ParseTest(unittest.TestCase):
    def test_hours_and_minutes(self) -> None:
        text = "2024-05-03 1h30 garden\n\n2024-05-04 45m office work\n2024-05-05 2h garden\n"
        self.assertEqual(
            parse(text),
            [
                Entry(date(2024, 5, 3), 90, "garden"),
                Entry(date(2024, 5, 4), 45, "office work"),
                Entry(date(2024, 5, 5), 120, "garden"),
            ],
        )

    def test_what_is_no_entry_is_named(self) -> None:
        with self.assertRaisesRegex(ValueError, "line 2"):
            parse("2024-05-03 1h garden\nyesterday 2h garden")
