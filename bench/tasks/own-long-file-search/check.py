import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main

SEED = Path(__file__).resolve().parent / "make_seed.py"
WEIGHTS = (1, 999, 1000, 1001, 1999, 2000, 2500, 2501, 2999, 3000, 3001, 4000, 4999, 5000, 5001, 7500, 20000)
DUNVEGAN = [280] * 10 + [510] * 4 + [830] * 3
ALL = """
from shipping.rules import RULES
result = {code: [rule(grams) for grams in %r] for code, rule in sorted(RULES.items())}
"""
QUOTES = """
from shipping.quote import quote
result = [quote("iv55 8WA", 5), quote("IV55 8WA", 5.001), quote("IV55 8WA", 3), quote("IV51 9HY", 5)]
"""


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, ALL % (WEIGHTS,))
    expect("surcharges to Dunvegan", found.get("IV55"), DUNVEGAN)
    expect("quotes", evaluate_python(workspace, QUOTES), [905, 1225, 675, 875])
    with tempfile.TemporaryDirectory() as temporary:
        subprocess.run([sys.executable, "-I", "-B", str(SEED), temporary], check=True, timeout=20)
        wanted = evaluate_python(Path(temporary), ALL % (WEIGHTS,))
    expect("the areas", sorted(found), sorted(wanted))
    for code in wanted.keys() - {"IV55"}:
        expect(f"surcharges to {code}", found[code], wanted[code])


if __name__ == "__main__":
    main(verify)
