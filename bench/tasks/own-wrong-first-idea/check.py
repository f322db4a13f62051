import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main, run

PROBE = """
from evenly.group import Group
from evenly.split import split_evenly

def shares(cents, count):
    people = [f"p{n}" for n in range(count)]
    found = split_evenly(cents, people)
    assert [name for name, _ in found] == people, f"ValueError: the people are {found}"
    assert all(type(share) is int for _, share in found), f"ValueError: not whole cents: {found}"
    return [share for _, share in found]

group = Group("a", "b", "c", "d")
group.pay("a", 1002)
group.pay("b", -1001)
group.pay("c", 50, among=["d", "a", "b"])
try:
    split_evenly(100, [])
    nobody = "accepted"
except ValueError:
    nobody = "refused"
result = {
    "shares": [shares(*one) for one in %r],
    "balances": group.balances(),
    "twice the same name": split_evenly(5, ["a", "a"]),
    "a tuple": split_evenly(5, ("a", "b")),
    "nobody": nobody,
}
"""
CASES = {
    (1000, 3): [334, 333, 333],
    (1000, 6): [167, 167, 167, 167, 166, 166],
    (1001, 7): [143] * 7,
    (2, 5): [1, 1, 0, 0, 0],
    (0, 3): [0, 0, 0],
    (-1000, 6): [-167, -167, -167, -167, -166, -166],
    (-1, 2): [-1, 0],
    (-900, 3): [-300] * 3,
    (17, 1): [17],
    (10**17 + 1, 2): [5 * 10**16 + 1, 5 * 10**16],
}
WANTED = {
    "shares": list(CASES.values()),
    # 1002 by 4: 251 251 250 250; -1001 by 4: -251 -250 -250 -250; 50 by d, a, b: 17 17 16.
    "balances": {
        "a": 1002 - 251 + 251 - 17,
        "b": -251 - 1001 + 250 - 16,
        "c": -250 + 250 + 50,
        "d": -250 + 250 - 17,
    },
    "twice the same name": [["a", 3], ["a", 2]],
    "a tuple": [["a", 3], ["b", 2]],
    "nobody": "refused",
}


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE % list(CASES))
    for name, wanted in WANTED.items():
        expect(name, found[name], wanted)
    ended = run(
        [sys.executable, "-B", "-m", "evenly.cli", "10.00", "Ada", "Bo", "Cy", "Di", "Eve", "Fay"], workspace
    )
    wanted_lines = ["Ada 1.67", "Bo 1.67", "Cy 1.67", "Di 1.67", "Eve 1.66", "Fay 1.66"]
    expect("the command line", ended.output.splitlines(), wanted_lines)


if __name__ == "__main__":
    main(verify)
