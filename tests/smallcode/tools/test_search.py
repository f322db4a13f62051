import pytest

from smallcode.errors import SmallCodeError

FILES = {
    "src/app.py": "import os\n\ndef main():\n    return os.name\n",
    "src/lib/util.py": "def helper():\r\n    return 1  # main part\r\n",
    "README.md": "# Main\n\nRun main.\n",
}

IN_APP = "1 match in 1 file in src/app.py\nsrc/app.py\n3: def main():"
IN_UTIL = "src/lib/util.py\n2:     return 1  # main part"


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (
            {"pattern": "main"},
            "3 matches in 3 files\nsrc/app.py\n3: def main():\nREADME.md\n3: Run main.\n"
            "src/lib/util.py\n2:     return 1  # main part",
        ),
        ({"pattern": "main", "path": "src/app.py"}, IN_APP),
        ({"pattern": "main", "path": "src/lib"}, f"1 match in 1 file in src/lib\n{IN_UTIL}"),
        ({"pattern": "main", "path": "./src/lib/"}, f"1 match in 1 file in src/lib\n{IN_UTIL}"),
        ({"pattern": "main", "path": ".", "glob": "*.md"}, "1 match in 1 file\nREADME.md\n3: Run main."),
        ({"pattern": r"^def \w+\(", "regex": True, "path": "src/app.py"}, IN_APP),
        (
            {"pattern": "HELPER"},
            "1 match in 1 file, upper and lower case alike\nsrc/lib/util.py\n1: def helper():",
        ),
        (
            {"pattern": "helper|import"},
            "2 matches in 2 files, as a regular expression\nsrc/lib/util.py\n1: def helper():\n"
            "src/app.py\n1: import os",
        ),
        ({"pattern": "absent"}, "No line contains 'absent'; 3 files there."),
        ({"pattern": "absent(", "path": "src"}, "No line contains 'absent(' in src; 2 files there."),
        ({"pattern": "absent", "glob": "*.py"}, "No line contains 'absent' (files *.py); 3 files there."),
    ],
)
async def test_search(project, arguments: dict[str, object], shown: str) -> None:
    output = await project(FILES).run("search", **arguments)
    assert (output.ok, output.content) == (True, shown)


async def test_no_such_folder_is_another_answer_than_no_match(disk_project) -> None:
    files = disk_project({path: content.encode() for path, content in FILES.items()})
    output = await files.run("search", pattern="main", path="scr/lib")
    assert not output.ok
    assert output.content == "There is no folder scr/lib. Did you mean src/lib?"
    assert (await files.run("search", pattern="absent", path="src/lib")).ok


async def test_a_bad_pattern_is_told(project) -> None:
    with pytest.raises(SmallCodeError):
        await project(FILES).run("search", pattern="(", regex=True)


async def test_many_matches_are_capped(project) -> None:
    many = {f"src/file_{number:03}.py": "needle = 1\n" * 3 for number in range(60)}
    output = await project(many, max_result_chars=1000).run("search", pattern="needle")
    assert len(output.content) <= 1000
    first, *_, last = output.content.splitlines()
    assert first == "180 matches in 60 files"
    shown = [line for line in output.content.splitlines() if ": needle" in line]
    assert set(shown) == {"1: needle = 1"}, "each file has its line before one has a second"
    assert last == f"… {180 - len(shown)} more in 60 files; narrow it by path, glob or pattern"


async def test_more_matches_than_are_counted(project) -> None:
    output = await project({"f": "needle\n" * 2000}, max_result_chars=1000).run("search", pattern="needle")
    assert output.content.startswith("at least 1000 matches in 1 file\n")


async def test_long_lines_are_cut_around_the_match(project) -> None:
    for text in ("needle" + "x" * 100_000, "x" * 50_000 + "needle" + "x" * 50_000):
        output = await project({"f.min.js": f"{text}\n"}).run("search", pattern="needle")
        assert "needle" in output.content
        assert len(output.content) < 300


async def test_searching_does_not_count_as_shown(project) -> None:
    files = project({"f": "needle\n"})
    await files.run("search", pattern="needle")
    with pytest.raises(SmallCodeError, match="not read yet"):
        await files.run("write_file", path="f", content="gone\n")


async def test_the_files_are_named_apart(project) -> None:
    files = project({"a.py": "x\nx\n", "b.py": "x\n", "c.py": "y\n"})
    assert (await files.run("search", pattern="x")).found == ("a.py", "b.py")
    assert (await files.run("search_and_read", pattern="x")).found == ("a.py", "b.py")
    assert (await files.run("search", pattern="z")).found == ()
