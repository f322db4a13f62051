import unittest

from evenly.group import Group
from evenly.split import split_evenly


class SplitTest(unittest.TestCase):
    def test_even(self):
        self.assertEqual(split_evenly(900, ["Ada", "Bo", "Cy"]), [("Ada", 300), ("Bo", 300), ("Cy", 300)])

    def test_nothing_is_lost(self):
        shares = split_evenly(1000, ["Ada", "Bo", "Cy"])
        self.assertEqual(sum(cents for _, cents in shares), 1000)

    def test_balances_add_up(self):
        group = Group("Ada", "Bo", "Cy")
        group.pay("Bo", 1000)
        self.assertEqual(sum(group.balances().values()), 0)

    def test_nobody(self):
        with self.assertRaises(ValueError):
            split_evenly(100, [])


if __name__ == "__main__":
    unittest.main()
