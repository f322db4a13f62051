"""The tax rates: vat.csv beside this file, which the office edits with a spreadsheet on Windows."""

import csv
from pathlib import Path

RATES = Path(__file__).with_name("vat.csv")


class RatesError(Exception):
    """vat.csv is not as the import program needs it; the message says what is wrong."""


def load_rates(path=RATES):
    """{code: (rate in percent, label)}.

    The office's import program takes UTF-8 only with a byte-order mark and lines only if they end in CRLF, so a file
    without them is refused here as well. Raises RatesError.
    """
    data = Path(path).read_bytes()
    if not data.startswith(b"\xef\xbb\xbf"):
        raise RatesError("vat.csv has no byte-order mark")
    if data.count(b"\n") != data.count(b"\r\n") or not data.endswith(b"\r\n"):
        raise RatesError("vat.csv has a line that does not end in CRLF")
    rows = csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter=";")
    return {row["code"]: (float(row["rate"].replace(",", ".")), row["label"]) for row in rows}
