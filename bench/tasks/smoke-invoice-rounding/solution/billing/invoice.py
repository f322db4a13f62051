"""An invoice, its lines and its totals."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One position: quantity times unit price, less a discount in percent."""

    text: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal = Decimal(0)


@dataclass
class Invoice:
    number: str
    customer: str
    lines: list[Line] = field(default_factory=list)
    tax_rate: Decimal = Decimal("0.19")

    def add(self, text: str, quantity: str, unit_price: str, discount: str = "0") -> None:
        self.lines.append(Line(text, Decimal(quantity), Decimal(unit_price), Decimal(discount)))

    def net(self) -> Decimal:
        return sum((line_total(line) for line in self.lines), Decimal("0.00"))

    def tax(self) -> Decimal:
        return to_cents(self.net() * self.tax_rate)

    def gross(self) -> Decimal:
        return self.net() + self.tax()


def line_total(line: Line) -> Decimal:
    """The line's amount in euros and whole cents."""
    full = line.quantity * line.unit_price
    return to_cents(full * (100 - line.discount) / 100)


def to_cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
