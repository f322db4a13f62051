import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.listing import list_files
from smallcode.errors import NoSuchFile

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

IGNORED = {
    ".gitignore": "*.log\n/build/\n!keep.log\n[\n",
    "sub/.gitignore": "*.txt\n!important.txt\n",
    "app.py": "",
    "trace.log": "",
    "keep.log": "",
    "build/out.bin": "",
    "sub/build/in.py": "",
    "sub/notes.txt": "",
    "sub/important.txt": "",
    "sub/.hidden": "",
    "node_modules/lib/index.js": "",
    "sub/__pycache__/x.pyc": "",
}
LISTED = [".gitignore", "app.py", "keep.log", "sub/.gitignore", "sub/.hidden", "sub/build/in.py"]
LISTED += ["sub/important.txt"]


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, timeout=30)


def make(folder: Path, files: dict[str, str]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return folder


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return make(tmp_path / "plain", IGNORED)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = make(tmp_path / "repository", IGNORED)
    git(folder, "init", "-q")
    return folder


def test_without_git_the_gitignore_files_are_read(plain: Path) -> None:
    assert list_files(plain, plain) == LISTED


@needs_git
def test_git_says_the_same(repository: Path) -> None:
    assert list_files(repository, repository) == LISTED


@pytest.mark.parametrize("kind", ["plain", pytest.param("repository", marks=needs_git)])
@pytest.mark.parametrize(
    ("under", "listed"),
    [
        ("sub", ["sub/.gitignore", "sub/.hidden", "sub/build/in.py", "sub/important.txt"]),
        ("sub/build", ["sub/build/in.py"]),
        ("build", ["build/out.bin"]),
    ],
)
def test_below_a_folder(kind: str, under: str, listed: list[str], request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(kind)
    assert list_files(root, root / under) == listed


@needs_git
def test_tracked_files_are_listed_though_ignored_and_deleted_ones_are_not(repository: Path) -> None:
    git(repository, "add", "-f", "trace.log", "app.py")
    git(repository, "commit", "-qm", "first")
    (repository / "app.py").unlink()
    listed = list_files(repository, repository)
    assert "trace.log" in listed
    assert "app.py" not in listed


@needs_git
def test_a_repository_inside_and_odd_names(repository: Path) -> None:
    inner = make(repository / "inner", {"code.py": "", ".gitignore": "x", "x": ""})
    git(inner, "init", "-q")
    make(repository, {'a "b" é.txt': "", "new\nline.txt": "", "-n": ""})
    listed = list_files(repository, repository)
    assert {"inner/code.py", 'a "b" é.txt', "new\nline.txt", "-n"} <= set(listed)
    assert not {"inner/x", "inner/.git/HEAD"} & set(listed)


@needs_git
def test_a_folder_that_an_outer_repository_ignores_is_walked(repository: Path) -> None:
    project = make(repository / "build" / "project", {"main.py": "", ".gitignore": "*.o", "main.o": ""})
    assert list_files(project, project) == [".gitignore", "main.py"]


@needs_git
def test_listing_runs_no_program_of_the_repository(repository: Path) -> None:
    git(repository, "config", "core.fsmonitor", f"touch {repository / 'ran'}; false")
    list_files(repository, repository)
    assert not (repository / "ran").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="needs links, pipes and any bytes as names")
@pytest.mark.parametrize("kind", ["plain", pytest.param("repository", marks=needs_git)])
def test_links_pipes_and_names_that_are_no_text_are_left_out(
    kind: str, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(kind)
    (root / "link.py").symlink_to("app.py")
    (root / "up").symlink_to("..")
    os.mkfifo(root / "pipe")
    (root / os.fsdecode(b"bad\xff.txt")).write_text("")
    assert list_files(root, root) == LISTED


async def test_the_workspace_lists_a_file_and_names_a_folder_that_does_not_exist(plain: Path) -> None:
    disk = DiskWorkspace(plain)
    assert await disk.files() == LISTED
    assert await disk.files("./sub/build/") == ["sub/build/in.py"]
    assert await disk.files("app.py") == ["app.py"]
    with pytest.raises(NoSuchFile):
        await disk.files("sup")
