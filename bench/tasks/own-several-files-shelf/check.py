import csv
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from checking import evaluate_python, expect, fail, main, read_json, run

OLD = {
    "version": 1,
    "books": [
        {"number": 1, "title": "Momo", "author": "Michael Ende"},
        {"number": 2, "title": "Dune", "author": "Frank Herbert", "borrower": "Ada"},
    ],
}
TABLE = """\
No  Title  Author         Shelf  Borrower
1   Momo   Michael Ende   -      -
2   Dune   Frank Herbert  -      Ada
3   Emma   Jane Austen    B-12   -
4   Ilium  Dan Simmons    -      -"""
CSV = [
    ["number", "title", "author", "borrower", "shelf"],
    ["1", "Momo", "Michael Ende", "Eve", ""],
    ["2", "Dune", "Frank Herbert", "", ""],
    ["3", "Emma", "Jane Austen", "Bo", "B-12"],
    ["4", "Ilium", "Dan Simmons", "", ""],
]
SALE = """
from library.sale import from_donations, labels
result = labels(from_donations([("Emil", "Erich Kaestner", ""), ("Kim", "Rudyard Kipling", "Mo")]), 150)
"""


def library(workspace: Path, *arguments: str) -> str:
    ended = run([sys.executable, "-B", "-m", "library.cli", "hidden.json", *arguments], workspace)
    if ended.code != 0:
        fail(f"library {' '.join(arguments)} ended with {ended.code}: {ended.errors.strip()[-200:]}")
    return ended.output


def verify(workspace: Path) -> None:
    (workspace / "hidden.json").write_text(json.dumps(OLD))
    expect(
        "add with a shelf", library(workspace, "add", "Emma", "Jane Austen", "--shelf", "B-12"), "added 3\n"
    )
    expect("add without", library(workspace, "add", "Ilium", "Dan Simmons"), "added 4\n")
    expect("the table", library(workspace, "list").rstrip("\n"), TABLE)
    library(workspace, "lend", "3", "Bo")
    library(workspace, "lend", "1", "Eve")
    library(workspace, "back", "2")
    expect("the export", list(csv.reader(library(workspace, "export").splitlines())), CSV)
    stored = read_json(workspace, "hidden.json")
    wanted = [
        {"number": 1, "title": "Momo", "author": "Michael Ende", "borrower": "Eve"},
        {"number": 2, "title": "Dune", "author": "Frank Herbert"},
        {"number": 3, "title": "Emma", "author": "Jane Austen", "borrower": "Bo", "shelf": "B-12"},
        {"number": 4, "title": "Ilium", "author": "Dan Simmons"},
    ]
    expect("the stored file", stored, {"version": 1, "books": wanted})
    expect("labels of the sale table", evaluate_python(workspace, SALE), ["Emil - 1.50"])


if __name__ == "__main__":
    main(verify)
