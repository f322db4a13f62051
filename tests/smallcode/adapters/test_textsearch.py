import codecs
import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.programs import find_program
from smallcode.adapters.textsearch import search_files
from smallcode.errors import NoSuchFile, OutsideWorkspace, SmallCodeError
from smallcode.messages import SearchMatch, SearchQuery

needs_ripgrep = pytest.mark.skipif(
    shutil.which("rg") is None and os.environ.get("CI") != "true", reason="ripgrep is not installed"
)
ENGINES = ["python", pytest.param("ripgrep", marks=needs_ripgrep)]

FILES = {
    "-e.txt": b"needle in a file with a name like an option\n",
    "a b.py": b"def needle():\n    return 'Needle'\n",
    "binary": b"needle\0\n",
    "bom.txt": codecs.BOM_UTF8 + b"needle first\n",
    "crlf.txt": b"one\r\nneedle\r\nneedles\r\n",
    "cr.txt": b"one\rneedle\rtwo\r",
    "ignored.log": b"needle\n",
    "latin1.txt": b"needle caf\xe9\n",
    "src/deep/x.ts": b"needle\n\nneedle(1, [2])\n",
    "src/deep/x.tsx": b"// ne(e)dle \xe2\x84\xaa\n",
    "utf16.txt": codecs.BOM_UTF16_LE + "a needle\n".encode("utf-16-le"),
    ".hidden/x": b"needle\n",
    ".gitignore": b"*.log\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    for path, data in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module", params=ENGINES)
def disk(root: Path, request: pytest.FixtureRequest) -> DiskWorkspace:
    return DiskWorkspace(root, use_ripgrep=request.param == "ripgrep")


ALL = [
    ("-e.txt", 1),
    (".hidden/x", 1),
    ("a b.py", 1),
    ("bom.txt", 1),
    ("cr.txt", 2),
    ("crlf.txt", 2),
    ("crlf.txt", 3),
    ("src/deep/x.ts", 1),
    ("src/deep/x.ts", 3),
    ("utf16.txt", 1),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (SearchQuery("needle"), ALL),
        (SearchQuery("needle", limit=3), ALL[:3]),
        (SearchQuery("needle", limit=0), []),
        (SearchQuery("^needle$", regex=True), [ALL[1], ALL[4], ALL[5], ALL[7]]),
        (SearchQuery("NEEDLE", ignore_case=True, glob="*.py"), [("a b.py", 1), ("a b.py", 2)]),
        (SearchQuery("needle(1, [2])"), [("src/deep/x.ts", 3)]),
        (SearchQuery(r"needle\(\d, \[\d\]\)", regex=True), [("src/deep/x.ts", 3)]),
        (SearchQuery("ne(e)dle"), [("src/deep/x.tsx", 1)]),
        (SearchQuery("ne(e)dle$", regex=True, under="src"), [("src/deep/x.ts", 1)]),
        (SearchQuery(r"(?<=def )needle", regex=True), [("a b.py", 1)]),
        (SearchQuery("k$", regex=True, ignore_case=True), [("src/deep/x.tsx", 1)]),
        (SearchQuery("needle", glob="*.{ts,tsx}"), [("src/deep/x.ts", 1), ("src/deep/x.ts", 3)]),
        (SearchQuery("needle", under="src/deep/x.ts"), [("src/deep/x.ts", 1), ("src/deep/x.ts", 3)]),
        (SearchQuery("needle", under="./.hidden/"), [(".hidden/x", 1)]),
        (SearchQuery("-e"), []),
        (SearchQuery("nowhere to be found"), []),
        (SearchQuery("\ud83d"), []),
    ],
)
async def test_both_engines_find_the_same(
    disk: DiskWorkspace, query: SearchQuery, expected: list[tuple[str, int]]
) -> None:
    assert [(match.path, match.line) for match in await disk.search(query)] == expected


async def test_a_match_has_its_line(disk: DiskWorkspace) -> None:
    assert await disk.search(SearchQuery("first")) == [SearchMatch("bom.txt", 1, "needle first")]


async def test_files_that_someone_else_searches_are_skipped(disk: DiskWorkspace) -> None:
    found = await disk.search(SearchQuery("needle", limit=2), skip={"-e.txt", ".hidden/x"})
    assert [match.path for match in found] == ["a b.py", "bom.txt"]


@pytest.mark.parametrize("pattern", ["(", "", "a\nb"])
async def test_what_is_no_pattern_is_told(disk: DiskWorkspace, pattern: str) -> None:
    with pytest.raises(SmallCodeError, match="pattern"):
        await disk.search(SearchQuery(pattern, regex=True))


async def test_a_folder_that_does_not_exist_or_lies_outside_is_told(disk: DiskWorkspace) -> None:
    with pytest.raises(NoSuchFile):
        await disk.search(SearchQuery("x", under="nowhere"))
    with pytest.raises(OutsideWorkspace):
        await disk.search(SearchQuery("x", under="../"))


@needs_ripgrep
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.text(alphabet="abÅå \t-", max_size=8), max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    pattern=st.lists(
        st.sampled_from(
            ["a", "b", "å", "^", "$", ".", r"\s", r"\w+", r"\b", "[ab]", "[^a]", "(?:a|b)?", " "]
        ),
        min_size=1,
        max_size=4,
    ).map("".join),
    ignore_case=st.booleans(),
)
def test_ripgrep_loses_no_match(
    tmp_path: Path, lines: list[str], end: str, pattern: str, *, ignore_case: bool
) -> None:
    content = end.join(lines)
    (tmp_path / "f").write_bytes(content.encode())
    query = SearchQuery(pattern, regex=True, ignore_case=ignore_case)
    plain, with_ripgrep = (
        search_files(tmp_path, ["f"], query, lambda _: content, ripgrep=ripgrep)
        for ripgrep in (None, shutil.which("rg"))
    )
    assert with_ripgrep == plain


@needs_ripgrep
def test_more_files_than_a_command_line_holds(tmp_path: Path) -> None:
    paths = [f"{'x' * 100}{number:04}" for number in range(1000)]
    for number, path in enumerate(paths):
        (tmp_path / path).write_text("hay" if number % 2 else "needle")
    asked: list[str] = []

    def read(path: str) -> str | None:
        asked.append(path)
        return (tmp_path / path).read_text()

    found = search_files(tmp_path, paths, SearchQuery("needle", limit=400), read, ripgrep=shutil.which("rg"))
    assert [match.path for match in found] == paths[:800:2]
    assert asked == paths[:800:2]


def stand_in(folder: Path, body: str) -> str:
    """A program to be taken for ripgrep."""
    program = folder / "rg"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_ripgrep_that_fails_is_done_without(tmp_path: Path) -> None:
    ripgrep = stand_in(tmp_path, "exit 2")
    found = search_files(tmp_path, ["f"], SearchQuery("x"), lambda _: "x", ripgrep=ripgrep)
    assert found == [SearchMatch("f", 1, "x")]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_ripgrep_that_hangs_is_ended(tmp_path: Path) -> None:
    ripgrep = stand_in(tmp_path, "exec sleep 20")
    start = time.monotonic()
    with pytest.raises(SmallCodeError, match=r"longer than 0\.2 s"):
        search_files(tmp_path, ["f"], SearchQuery("x"), lambda _: "x", ripgrep=ripgrep, seconds=0.2)
    assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_that_came_with_the_project_is_not_run() -> None:
    assert find_program("sh", Path("/nowhere")) is not None
    assert find_program("sh", Path(shutil.which("sh") or "").resolve().parent) is None


def test_a_search_has_a_deadline(tmp_path: Path) -> None:
    def slow(path: str) -> str:
        time.sleep(0.02)
        return path

    with pytest.raises(SmallCodeError, match=r"longer than 0\.1 s"):
        search_files(
            tmp_path, [str(n) for n in range(1000)], SearchQuery("x"), slow, ripgrep=None, seconds=0.1
        )
