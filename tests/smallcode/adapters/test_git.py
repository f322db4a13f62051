"""What git is asked, in real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from smallcode.adapters.git import GitRepository, Status
from smallcode.errors import NoGit

IDENTITY = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


def git(root: Path, *argv: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", *IDENTITY, *argv], cwd=root, check=True, capture_output=True, env=environment, timeout=30
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One commit of a.py, sub/b.py, old.py and gone.py on the branch main."""
    git(tmp_path, "init", "-b", "main")
    (tmp_path / "sub").mkdir()
    for name in ("a.py", "sub/b.py", "old.py", "gone.py"):
        (tmp_path / name).write_text(f"# {name}\n" + "x = 1\n" * 5)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path


async def test_what_differs_from_the_last_commit(repository: Path) -> None:
    (repository / "a.py").write_text("y = 2\n")
    (repository / "né w.py").write_text("")
    (repository / "gone.py").unlink()
    git(repository, "mv", "old.py", "new.py")
    git(repository, "add", "a.py")
    status = await GitRepository(repository).status()
    assert (status.branch, status.base) == ("main", "HEAD")
    assert dict(status.files) == {
        "a.py": "modified",
        "gone.py": "deleted",
        "new.py": "renamed",
        "né w.py": "new, untracked",
    }
    diff = await GitRepository(repository).diff("HEAD", ["a.py", "gone.py"])
    assert "+y = 2" in diff
    assert "deleted file" in diff
    assert "new.py" not in diff


async def test_paths_are_relative_to_the_folder(repository: Path) -> None:
    (repository / "sub/b.py").write_text("")
    (repository / "a.py").write_text("")
    inner = GitRepository(repository / "sub")
    assert (await inner.status()).files == (("b.py", "modified"),)
    assert "--- a/b.py" in await inner.diff("HEAD", ["b.py"])
    assert (await inner.committed("HEAD", "b.py") or b"").startswith(b"# sub/b.py")


async def test_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-b", "trunk")
    (tmp_path / "a.py").write_text("")
    assert await GitRepository(tmp_path).status() == Status("trunk", "", (("a.py", "new, untracked"),))


async def test_files_that_were_not_committed(repository: Path) -> None:
    assert await GitRepository(repository).committed("HEAD", "nope.py") is None
    assert await GitRepository(repository).diff("HEAD", []) == ""


async def test_names_are_no_patterns(repository: Path) -> None:
    (repository / "a.py").write_text("")
    assert await GitRepository(repository).diff("HEAD", ["*.py", ":(exclude)x"]) == ""


async def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(NoGit, match="in no git repository"):
        await GitRepository(tmp_path).status()


async def test_no_program_of_the_configuration_runs(repository: Path) -> None:
    mark = repository.parent / f"{repository.name}-ran"
    program = f"touch '{mark}'; cat"
    (repository / ".gitattributes").write_text("*.py diff=shown\n")
    for name in ("core.fsmonitor", "diff.external", "diff.shown.textconv", "diff.shown.command"):
        git(repository, "config", name, program)
    (repository / "a.py").write_text("y = 2\n")
    asked = GitRepository(repository)
    await asked.status()
    assert "+y = 2" in await asked.diff("HEAD", ["a.py"])
    assert not mark.exists()


async def test_a_huge_diff_is_cut(repository: Path) -> None:
    (repository / "a.py").write_text("a long line of text\n" * 100_000)
    diff = await GitRepository(repository).diff("HEAD", ["a.py"])
    assert len(diff) == 1_000_000
