"""The README's table of settings is the settings."""

import re
from pathlib import Path

from smallcode.settings import Settings

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def test_every_setting_has_its_row() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", README, re.MULTILINE))
    assert set(rows) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, (int, float)) and not isinstance(field.default, bool):
            assert float(rows[name]) == field.default, name
        elif field.default == ():
            assert rows[name] == "none", name
        elif field.default is not None:
            assert rows[name].startswith(str(field.default).lower()), name
