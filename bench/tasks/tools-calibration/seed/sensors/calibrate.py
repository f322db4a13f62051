"""Fit offset and gain of each channel from a calibration run.

    python3 -m sensors.calibrate data/run7.csv

A run is a CSV file with the columns channel, raw (ADC counts) and reference (degrees Celsius of the reference
thermometer). The fit is a least-squares line: reference = offset + gain * raw.
"""

import csv
import sys

MIN_SAMPLES = 5


def read_run(path):
    samples = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            samples.setdefault(row["channel"], []).append((int(row["raw"]), float(row["reference"])))
    return samples


def fit(points):
    """Offset and gain of the least-squares line through (raw, reference) points."""
    count = len(points)
    mean_raw = sum(raw for raw, _ in points) / count
    mean_reference = sum(reference for _, reference in points) / count
    spread = sum((raw - mean_raw) ** 2 for raw, _ in points)
    gain = sum((raw - mean_raw) * (reference - mean_reference) for raw, reference in points) / spread
    return mean_reference - gain * mean_raw, gain


def main(argv):
    if len(argv) != 2:
        print("usage: python3 -m sensors.calibrate RUN.csv", file=sys.stderr)
        return 2
    samples = read_run(argv[1])
    for channel in sorted(samples):
        points = samples[channel]
        if len(points) < MIN_SAMPLES:
            print(f"{channel:8} skipped: {len(points)} samples, {MIN_SAMPLES} are needed")
            continue
        offset, gain = fit(points)
        print(f"{channel:8} offset {offset:9.3f}   gain {gain:.5f}   ({len(points)} samples)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
