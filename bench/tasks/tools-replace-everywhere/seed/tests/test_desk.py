import unittest
from datetime import date, timedelta

from desk.loans import PERIOD, Desk
from desk.messages import Message, Outbox
from desk.reservations import Reservations

TODAY = date(2024, 5, 3)


class DeskTest(unittest.TestCase):
    def setUp(self) -> None:
        self.outbox = Outbox()
        self.desk = Desk(self.outbox, Reservations(self.outbox))

    def test_lending_tells_the_reader(self) -> None:
        self.desk.lend("ada", "Emma", TODAY)
        self.assertEqual(self.outbox.fetch(), [Message("ada", "Loan", "Emma is due on 2024-05-31.")])

    def test_returned_in_time_costs_nothing(self) -> None:
        self.desk.lend("ada", "Emma", TODAY)
        self.assertEqual(self.desk.take_back("Emma", TODAY + PERIOD), 0)

    def test_late_return_is_fined(self) -> None:
        self.desk.lend("ada", "Emma", TODAY)
        self.assertEqual(self.desk.take_back("Emma", TODAY + PERIOD + timedelta(days=5)), 100)


if __name__ == "__main__":
    unittest.main()
