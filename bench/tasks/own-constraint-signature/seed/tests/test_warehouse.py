import unittest

from warehouse.legacy_api import handle, handle_many
from warehouse.orders import place_order
from warehouse.stock import Stock


class WarehouseTest(unittest.TestCase):
    def setUp(self):
        self.stock = Stock({"A1": 5, "B2": 1})

    def test_order(self):
        self.assertEqual(place_order(self.stock, [("A1", 2), ("B2", 1)]), [])
        self.assertEqual(self.stock.available("A1"), 3)

    def test_tills(self):
        self.assertEqual(handle(self.stock, "RESERVE A1 3"), "OK")
        self.assertEqual(handle_many(self.stock, ["A1 2", "B2 1"]), "11")


if __name__ == "__main__":
    unittest.main()
