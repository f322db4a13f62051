"""Writes the day's receipts for the tax office's import program (Windows, German locale)."""

from tills.vat import load_rates

COLUMNS = ("receipt", "code", "rate", "net", "vat", "gross")


def decimal(cents):
    """1234 as "12,34"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"


def rate_text(rate):
    return f"{rate:.2f}".replace(".", ",") + " %"


def split_gross(gross, rate):
    """Net and tax in cents of a gross amount; the tax is rounded half up."""
    tax = int(gross * rate / (100 + rate) + 0.5)
    return gross - tax, tax


def export(sales, rates=None):
    """The import file as text. `sales` has (receipt number, code, gross cents). Raises KeyError for a code."""
    rates = load_rates() if rates is None else rates
    lines = [";".join(COLUMNS)]
    for number, code, gross in sales:
        rate, _ = rates[code]
        net, tax = split_gross(gross, rate)
        lines.append(
            ";".join((str(number), code, rate_text(rate), decimal(net), decimal(tax), decimal(gross)))
        )
    return "\r\n".join(lines) + "\r\n"


def summary(sales, rates=None):
    """One line for each code that was sold, with its label and its gross sum."""
    rates = load_rates() if rates is None else rates
    totals = {}
    for _, code, gross in sales:
        totals[code] = totals.get(code, 0) + gross
    return [f"{rates[code][1]}: {decimal(totals[code])}" for code in sorted(totals)]
