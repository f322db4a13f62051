import asyncio
import os
import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import NotAFile, OutsideWorkspace, Protected, StaleEdit, WorkspaceError
from smallcode.messages import Edit, Text

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs links, pipes and modes of Unix")


def change(base: Text, content: str) -> Edit:
    return Edit(base.path, base, minimal_edits(base.content, content), content)


def new_file(path: str, content: str) -> Edit:
    return Edit(path, None, minimal_edits("", content), content)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a sibling whose name begins like its own."""
    project = tmp_path / "my project"
    (project / "src").mkdir(parents=True)
    (project / "src" / "app.py").write_bytes(b"x = 1\n")
    (project / "README.md").write_bytes(b"# Title\r\n")
    (tmp_path / "my project 2").mkdir()
    (tmp_path / "my project 2" / "secret.txt").write_bytes(b"secret\n")
    return project


@pytest.fixture
def disk(root: Path) -> DiskWorkspace:
    return DiskWorkspace(root, max_bytes=100_000)


def nothing_left_over(root: Path) -> bool:
    return not list(root.rglob(".smallcode-*"))


@pytest.mark.parametrize(
    ("path", "located"),
    [
        ("src/app.py", "src/app.py"),
        ("./src/../src//app.py", "src/app.py"),
        ("not/there/yet.py", "not/there/yet.py"),
        (".", "."),
        ("..hidden/x", "..hidden/x"),
    ],
)
def test_paths_inside(disk: DiskWorkspace, path: str, located: str) -> None:
    assert disk.locate(path) == located


def test_an_absolute_path_inside_is_taken(disk: DiskWorkspace, root: Path) -> None:
    assert disk.locate(str(root / "src" / "app.py")) == "src/app.py"
    assert disk.locate(str(root)) == "."


@pytest.mark.parametrize(
    "path",
    [
        "..",
        "../my project 2/secret.txt",
        "src/../../my project 2/secret.txt",
        "/etc/passwd",
        "/dev/zero",
        "~/.ssh/id_rsa",
        "~",
        "C:\\Windows\\system.ini",
        "C:/Windows/system.ini",
        "\\\\server\\share\\x",
        "src/a\0b.py",
        "src/\ud800.py",
    ],
)
async def test_paths_outside_are_refused(disk: DiskWorkspace, path: str) -> None:
    with pytest.raises(OutsideWorkspace) as caught:
        await disk.read(path)
    assert "relative to the project's root" in caught.value.remedy
    with pytest.raises(OutsideWorkspace):
        await disk.apply_edit(new_file(path, "x"))
    with pytest.raises(OutsideWorkspace):
        await disk.files(path)


async def test_an_absolute_path_of_a_sibling_is_refused(disk: DiskWorkspace, root: Path) -> None:
    with pytest.raises(OutsideWorkspace):
        await disk.read(f"{root} 2/secret.txt")


@pytest.mark.parametrize("path", ["", "  ", "\n"])
async def test_an_empty_path_is_refused(disk: DiskWorkspace, path: str) -> None:
    with pytest.raises(NotAFile, match="empty path"):
        await disk.read(path)


@posix_only
async def test_links_out_are_refused_for_files_folders_and_new_files(disk: DiskWorkspace, root: Path) -> None:
    outside = root.parent / "my project 2"
    (root / "file").symlink_to(outside / "secret.txt")
    (root / "folder").symlink_to(outside)
    (root / "dangling").symlink_to(outside / "not yet")
    (root / "loop").symlink_to("loop")
    for path in ("file", "folder/secret.txt", "folder/new/deep.txt", "dangling"):
        with pytest.raises(OutsideWorkspace):
            await disk.read(path)
        with pytest.raises(OutsideWorkspace):
            await disk.apply_edit(new_file(path, "x"))
    with pytest.raises(WorkspaceError):
        await disk.read("loop")
    assert sorted(p.name for p in outside.iterdir()) == ["secret.txt"]
    assert await disk.files() == ["README.md", "src/app.py"]


@posix_only
async def test_a_link_inside_is_written_through(disk: DiskWorkspace, root: Path) -> None:
    (root / "link.py").symlink_to("src/app.py")
    base = await disk.read("link.py")
    assert base.path == "src/app.py"
    await disk.apply_edit(change(base, "x = 2\n"))
    assert (root / "link.py").is_symlink()
    assert (root / "src" / "app.py").read_bytes() == b"x = 2\n"


@posix_only
async def test_what_is_no_regular_file_is_refused_at_once(disk: DiskWorkspace, root: Path) -> None:
    os.mkfifo(root / "pipe")
    listener = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(root)  # The path of a socket has to be short.
    try:
        listener.bind("socket")
    finally:
        os.chdir(before)
    async with asyncio.timeout(5):
        with pytest.raises(NotAFile, match="named pipe"):
            await disk.read("pipe")
        with pytest.raises(NotAFile, match="socket"):
            await disk.read("socket")
        with pytest.raises(StaleEdit):
            await disk.apply_edit(new_file("pipe", "x"))
    listener.close()


async def test_a_folder_is_told_with_what_is_in_it(disk: DiskWorkspace, root: Path) -> None:
    (root / "empty").mkdir()
    with pytest.raises(NotAFile, match=r"src is a folder with app\.py\."):
        await disk.read("src")
    with pytest.raises(NotAFile, match=r"README\.md, empty/, src/"):
        await disk.read(".")
    with pytest.raises(NotAFile, match="folder and empty"):
        await disk.read("empty")
    with pytest.raises(NotAFile):
        await disk.apply_edit(new_file("src", "x"))


@pytest.mark.parametrize("path", [".git/config", ".git/hooks/pre-commit", ".GIT/config", "sub/.git"])
async def test_what_is_gits_own_is_not_written(disk: DiskWorkspace, root: Path, path: str) -> None:
    with pytest.raises(Protected, match="git's own"):
        await disk.apply_edit(new_file(path, "x"))
    assert not (root / path).exists()


@posix_only
async def test_nor_is_an_existing_file_of_git_changed_or_deleted(disk: DiskWorkspace, root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "config").write_bytes(b"[core]\n")
    (root / "innocent").symlink_to(".git")
    base = await disk.read(".git/config")
    for path in (".git/config", "innocent/config"):
        with pytest.raises(Protected):
            await disk.apply_edit(replace(change(base, "[core]\n\tfsmonitor = evil\n"), path=path))
    with pytest.raises(Protected):
        await disk.remove(base)
    assert (root / ".git" / "config").read_bytes() == b"[core]\n"
