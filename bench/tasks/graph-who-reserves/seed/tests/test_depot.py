import unittest

from depot import kiosk, ledger, orders, rooms, stock, tickets


class DepotTest(unittest.TestCase):
    def setUp(self):
        stock.LEVELS.update(mug=12, poster=40, score=3)
        ledger.ENTRIES.clear()

    def test_order(self):
        self.assertEqual(orders.place_order("mug", 2)["count"], 2)
        self.assertEqual(stock.LEVELS["mug"], 10)

    def test_till(self):
        self.assertGreater(kiosk.checkout([("mug", 1), ("poster", 2)]), 0)

    def test_rooms_and_tickets(self):
        self.assertTrue(rooms.Room("blue").book_evening())
        self.assertEqual(tickets.sell_row(1, [4, 5]), [4, 5])
        self.assertFalse(tickets.reserve((1, 4)))


if __name__ == "__main__":
    unittest.main()
