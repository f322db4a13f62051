import unittest

from tills.export import decimal, export, split_gross


class ExportTest(unittest.TestCase):
    def test_decimal(self):
        self.assertEqual([decimal(5), decimal(-1234), decimal(100)], ["0,05", "-12,34", "1,00"])

    def test_split(self):
        self.assertEqual(split_gross(1190, 19), (1000, 190))

    def test_lines_end_as_windows_wants(self):
        self.assertTrue(export([(1, "A", 1190)]).endswith("1;A;19,00 %;10,00;1,90;11,90\r\n"))


if __name__ == "__main__":
    unittest.main()
