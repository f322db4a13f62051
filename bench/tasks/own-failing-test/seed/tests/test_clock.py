import unittest

from timesheet.clock import BadTime, as_hours, minutes_of_day


class ClockTest(unittest.TestCase):
    def test_times(self):
        for text, minutes in [("9:30", 570), ("9.05", 545), ("17", 1020), ("9 am", 540), ("5:05 PM", 1025)]:
            with self.subTest(text=text):
                self.assertEqual(minutes_of_day(text), minutes)

    def test_not_a_time(self):
        for text in ("", "noon", "9:75", "25:00", "13 pm", "0 am"):
            with self.subTest(text=text), self.assertRaises(BadTime):
                minutes_of_day(text)

    def test_hours(self):
        self.assertEqual([as_hours(0), as_hours(450), as_hours(2105)], ["0:00", "7:30", "35:05"])


if __name__ == "__main__":
    unittest.main()
