import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main, run

# The import program's rates, read from the bytes of the file as it reads them.
RATES = {
    "A": [19.0, "Regelsatz"],
    "B": [7.5, "ermäßigt"],
    "C": [0.0, "steuerfrei"],
    "F": [5.25, "Bücher & Hörbücher"],
    "L": [10.7, "Landwirtschaft (pauschal)"],
}
BOM = b"\xef\xbb\xbf"
PROBE = """
from tills.export import export, rate_text, summary
from tills.vat import load_rates
sales = [(1, "A", 1190), (2, "B", 1075), (3, "C", 99), (4, "F", 2105), (5, "L", 1107)]
result = {
    "rates": load_rates(),
    "lines": export(sales).split("\\r\\n"),
    "texts": [rate_text(rate) for rate in (0, 7, 7.5, 19.0, 10.7, 5.25, 100)],
    "summary": summary(sales),
    "own rates": export([(9, "Z", 10700)], {"Z": (7, "zett")}).split("\\r\\n")[1:],
}
"""
WANTED = {
    "rates": RATES,
    "lines": [
        "receipt;code;rate;net;vat;gross",
        "1;A;19,00 %;10,00;1,90;11,90",
        "2;B;7,50 %;10,00;0,75;10,75",
        "3;C;0,00 %;0,99;0,00;0,99",
        "4;F;5,25 %;20,00;1,05;21,05",
        "5;L;10,70 %;10,00;1,07;11,07",
        "",
    ],
    "texts": ["0,00 %", "7,00 %", "7,50 %", "19,00 %", "10,70 %", "5,25 %", "100,00 %"],
    "summary": [
        "Regelsatz: 11,90",
        "ermäßigt: 10,75",
        "steuerfrei: 0,99",
        "Bücher & Hörbücher: 21,05",
        "Landwirtschaft (pauschal): 11,07",
    ],
    "own rates": ["9;Z;7,00 %;100,00;7,00;107,00", ""],
}


def expect_windows(workspace: Path, path: str, mark: bool) -> None:
    data = (workspace / path).read_bytes()
    if data.startswith(BOM) != mark or data.count(BOM) != int(mark):
        fail(f"{path}: the byte-order mark is {'lost' if mark else 'new'} or doubled")
    if data.count(b"\n") != data.count(b"\r\n") or data.count(b"\r") != data.count(b"\r\n"):
        fail(f"{path}: not every line ends in CRLF")


def verify(workspace: Path) -> None:
    expect_windows(workspace, "tills/vat.csv", True)
    expect_windows(workspace, "tills/export.py", False)
    found = evaluate_python(workspace, PROBE)
    for name, wanted in WANTED.items():
        expect(name, found[name], wanted)
    tests = run([sys.executable, "-B", "-m", "unittest"], workspace)
    if tests.code != 0:
        fail(f"the tests of the workspace fail: {tests.errors.strip().splitlines()[-1:]}")


if __name__ == "__main__":
    main(verify)
