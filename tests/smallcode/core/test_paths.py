import pytest

from smallcode.core.paths import inside_git, nearest_paths, needs_person

PATHS = ["README.md", "src/app.py", "src/util/strings.py", "tests/test_app.py", "web/app.py"]


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("app.py", ("src/app.py", "web/app.py")),
        ("lib/web/app.py", ("web/app.py", "src/app.py")),
        ("src\\App.py", ("src/app.py", "web/app.py")),
        ("src/util/string.py", ("src/util/strings.py",)),
        ("readme.txt", ("README.md",)),
        ("REDME.md", ("README.md",)),
        ("nothing/like/it.rs", ()),
    ],
)
def test_a_path_that_does_not_exist_gets_the_nearest(wanted: str, nearest: tuple[str, ...]) -> None:
    assert nearest_paths(wanted, PATHS)[: len(nearest) or 1] == nearest


def test_the_nearest_of_very_many_is_found_quickly() -> None:
    paths = [f"src/module_{number}/file_{number}.py" for number in range(50_000)]
    assert nearest_paths("file_777.py", paths)[0] == "src/module_777/file_777.py"
    assert len(nearest_paths("fille_77777.py", paths)) == 3


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".github/workflows/ci.yml", True),
        (".gitlab-ci.yml", True),
        (".ci/run", True),
        ("sub/.vscode/settings.json", True),
        (".VSCode/settings.json", True),
        (".idea/workspace.xml", True),
        (".nvim.lua", True),
        (".exrc", True),
        ("smallcode.toml", True),
        ("sub/smallcode.toml", True),
        (".gitattributes", True),
        (".gitmodules", True),
        (".husky/pre-commit", True),
        ("Jenkinsfile", True),
        ("Makefile", False),
        (".gitignore", False),
        ("src/github/ci.py", False),
        ("docs/smallcode.toml.md", False),
    ],
)
def test_what_needs_a_person(path: str, expected: bool) -> None:
    assert needs_person(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".git/config", True),
        (".git", True),
        ("sub/.git/hooks/pre-commit", True),
        (".GIT/config", True),
        (".git./config", True),
        ("git~1/config", True),
        (".gitignore", False),
        ("src/git/x.py", False),
    ],
)
def test_what_is_gits_own(path: str, expected: bool) -> None:
    assert inside_git(path) is expected
