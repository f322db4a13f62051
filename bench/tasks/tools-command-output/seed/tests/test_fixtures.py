import json
import unittest
from pathlib import Path

from tools.fingerprint import fingerprint

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


class FixturesTest(unittest.TestCase):
    def test_fixtures_are_what_was_expected(self) -> None:
        expected = json.loads((FIXTURES / "expected.json").read_text("utf-8"))["fixtures"]
        found = {path.name: fingerprint(path) for path in FIXTURES.glob("*.csv")}
        self.assertEqual(found, expected)
