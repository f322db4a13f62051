import unittest

from shipping.quote import NoSuchArea, area_of, quote


class QuoteTest(unittest.TestCase):
    def test_area(self):
        self.assertEqual(area_of(" iv51 9hy"), "IV51")

    def test_portree(self):
        self.assertEqual(quote("IV51 9HY", 5), 875)

    def test_unknown(self):
        with self.assertRaises(NoSuchArea):
            quote("XX1 1XX", 1)


if __name__ == "__main__":
    unittest.main()
