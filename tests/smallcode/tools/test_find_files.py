import pytest

FILES = {
    "README.md": "",
    "src/app.py": "",
    "src/lib/util.py": "",
    "src/lib/deep/core.py": "",
    "tests/test_app.py": "",
    "web/[id].tsx": "",
}


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({}, sorted(FILES)),
        ({"pattern": "."}, sorted(FILES)),
        ({"pattern": "app"}, ["src/app.py", "tests/test_app.py"]),
        ({"pattern": "APP.PY"}, ["src/app.py", "tests/test_app.py"]),
        ({"pattern": "*.py"}, ["src/app.py", "src/lib/deep/core.py", "src/lib/util.py", "tests/test_app.py"]),
        ({"pattern": "src/*.py"}, ["src/app.py"]),
        ({"pattern": "src/**/*.py"}, ["src/app.py", "src/lib/deep/core.py", "src/lib/util.py"]),
        ({"pattern": "./src/*.py"}, ["src/app.py"]),
        ({"pattern": "/memory/src/*.py"}, ["src/app.py"]),
        ({"pattern": "*.{md,tsx}"}, ["README.md", "web/[id].tsx"]),
        ({"pattern": "[id].tsx"}, ["web/[id].tsx"]),
        ({"pattern": "src/"}, ["src/app.py", "src/lib/deep/core.py", "src/lib/util.py"]),
        ({"path": "src/lib"}, ["src/lib/deep/core.py", "src/lib/util.py"]),
        ({"path": "./src/lib/", "pattern": "*.py"}, ["src/lib/deep/core.py", "src/lib/util.py"]),
        ({"path": "src", "pattern": "lib/*.py"}, ["src/lib/util.py"]),
        ({"path": "."}, sorted(FILES)),
    ],
)
async def test_find(project, arguments: dict[str, str], found: list[str]) -> None:
    output = await project(FILES).run("find_files", **arguments)
    assert output.ok
    assert output.content.splitlines() == found


@pytest.mark.parametrize(
    ("arguments", "ok", "told"),
    [
        (
            {"pattern": "utl.py"},
            True,
            "No file name matches 'utl.py' (6 files there). Nearest: src/lib/util.py.",
        ),
        ({"pattern": "*.rs"}, True, "No file name matches '*.rs' (6 files there)."),
        ({"pattern": "*.rs", "path": "src"}, True, "No file name matches '*.rs' in src (3 files there)."),
        ({"pattern": "scr/*.py"}, False, "There is no folder scr. Did you mean src, tests, web?"),
        (
            {"pattern": "libb/*.py", "path": "src"},
            False,
            "There is no folder src/libb. Did you mean src/lib?",
        ),
        ({"pattern": "*.py", "path": "scr/lib"}, False, "There is no folder scr/lib. Did you mean src/lib?"),
        ({"path": "nowhere"}, False, "There is no folder nowhere. Did you mean src, tests, web?"),
    ],
)
async def test_nothing_found(disk_project, arguments: dict[str, str], ok: bool, told: str) -> None:
    files = disk_project({path: b"" for path in FILES})
    output = await files.run("find_files", **arguments)
    assert (output.ok, output.content) == (ok, told)


async def test_an_empty_project(project) -> None:
    assert (
        await project({}).run("find_files", pattern="*.py")
    ).content == "There are no files in the project."


async def test_many_files_are_capped_and_the_rest_is_told_by_folder(project) -> None:
    many = {f"{folder}/file_{number:03}.py": "" for folder in ("a", "b") for number in range(100)}
    output = await project(many, max_result_chars=1000).run("find_files")
    assert len(output.content) <= 1000
    *shown, last = output.content.splitlines()
    assert shown == sorted(many)[: len(shown)]
    assert (
        last
        == f"… {200 - len(shown)} more in b/ (100), a/ ({100 - len(shown)}); narrow it by pattern or path"
    )
