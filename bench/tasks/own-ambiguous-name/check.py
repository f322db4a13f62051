import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, main

PROBE = """
import unicodedata
from shop.catalog.labels import duplicates, label, picture
from shop.search.history import History
from shop.search.index import Index
from shop.search.text import highlight

index = Index({
    1: "Café au lait", 2: "Cafe crema", 3: "Crème  Brûlée", 4: "JALAPEÑO", 5: "Smörgås", 6: "Tea",
    7: "Straße",
    8: unicodedata.normalize("NFD", "Pâté"),
})
history = History()
for query in ("Café", "cafe", "CAFÉ ", "tea"):
    history.add(query)
queries = ("cafe", "CAFÉ", "creme brulee", "brûlee creme", "jalapeno", "smorgas", "tea", "te", "", "strasse",
    "pate", "pâté", unicodedata.normalize("NFD", "café lait"))
result = {
    "find": [index.find(query) for query in queries],
    "history": history.top(5),
    "highlight": highlight("Un Café, deux cafes", "cafe"),
    "labels": [label(3, "crème  brûlée", 450), label(12, " SMÖRGÅS ", 5)],
    "pictures": [picture("Crème Brûlée"), picture(" Jalapeño")],
    "duplicates": duplicates(["Café", "Cafe", "CAFÉ", "Pêche", "Pêché", " café "]),
}
"""
WANTED = {
    "find": [[1, 2], [1, 2], [3], [3], [4], [5], [6], [], [], [7], [8], [8], [1]],
    "history": [["cafe", 3], ["tea", 1]],
    "highlight": "Un *Café*, deux cafes",
    "labels": ["00003  Crème Brûlée  4.50", "00012  Smörgås  0.05"],
    "pictures": ["crème-brûlée.jpg", "jalapeño.jpg"],
    "duplicates": ["CAFÉ", " café "],
}


def verify(workspace: Path) -> None:
    found = evaluate_python(workspace, PROBE)
    for name, wanted in WANTED.items():
        expect(name, found[name], wanted)


if __name__ == "__main__":
    main(verify)
