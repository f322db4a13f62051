"""Each measurement runs and gives figures. Whether they are good is not for a test to say."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from bench.__main__ import MEASUREMENTS, main

pytestmark = pytest.mark.slow

ROWS = {
    "start": 2,
    "per_request": 2,
    "memory": 1,
    "cancel": 4,
    "status": 4,
    "shell": 1,
    "validate": 20,
    "extract": 3,
}


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_measurement_gives_its_rows(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.json"
    assert main([name, "--rounds", "1", "--json", str(file)]) in (0, 1)
    report = json.loads(file.read_text())
    assert len(report["rows"]) == ROWS[name] and report["machine"]
    for row in report["rows"]:
        assert math.isfinite(row["value"]) and row["samples"] >= 1
        assert row["spread"][0] <= row["spread"][1]
        assert (row["met"] is None) == (row["target"] is None)
    assert "spread: 10th to 90th percentile" in capsys.readouterr().out


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["speed_of_light"])
    assert caught.value.code == 2
    assert "speed_of_light" in capsys.readouterr().err
