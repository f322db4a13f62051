import unittest
from decimal import Decimal

from billing.invoice import Invoice


class TotalsTest(unittest.TestCase):
    def test_whole_amounts(self) -> None:
        invoice = Invoice("2024-001", "Ada")
        invoice.add("Oil change", "1", "80.00")
        invoice.add("Filter", "2", "10.00")
        self.assertEqual(invoice.net(), Decimal("100.00"))
        self.assertEqual(invoice.gross(), Decimal("119.00"))

    def test_credit_note(self) -> None:
        invoice = Invoice("2024-002", "Ada")
        invoice.add("Returned filter", "-1", "10.00")
        self.assertEqual(invoice.net(), Decimal("-10.00"))


if __name__ == "__main__":
    unittest.main()
