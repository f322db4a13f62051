"""The invoice as text."""

from billing.invoice import Invoice, line_total


def render(invoice: Invoice) -> str:
    rows = [f"Invoice {invoice.number} for {invoice.customer}", ""]
    for line in invoice.lines:
        rows.append(f"{line.text:<30} {line.quantity:>8} x {line.unit_price:>9} {line_total(line):>10}")
    rows.append("")
    for name, amount in (("net", invoice.net()), ("tax", invoice.tax()), ("gross", invoice.gross())):
        rows.append(f"{name:<51} {amount:>10}")
    return "\n".join(rows)
