import asyncio
import codecs
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import (
    DiskFailed,
    NoSuchFile,
    NotText,
    StaleEdit,
    TooLarge,
)
from smallcode.messages import Edit, Text

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs links, pipes and modes of Unix")


def change(base: Text, content: str) -> Edit:
    return Edit(base.path, base, minimal_edits(base.content, content), content)


def new_file(path: str, content: str) -> Edit:
    return Edit(path, None, minimal_edits("", content), content)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "my project"
    (project / "src").mkdir(parents=True)
    (project / "src" / "app.py").write_bytes(b"x = 1\n")
    (project / "README.md").write_bytes(b"# Title\r\n")
    return project


@pytest.fixture
def disk(root: Path) -> DiskWorkspace:
    return DiskWorkspace(root, max_bytes=100_000)


def nothing_left_over(root: Path) -> bool:
    return not list(root.rglob(".smallcode-*"))


# --- reading -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "nearest"),
    [("app.py", ("src/app.py",)), ("src/ap.py", ("src/app.py",)), ("README", ("README.md",)), ("zzz", ())],
)
async def test_a_file_that_does_not_exist(disk: DiskWorkspace, path: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(NoSuchFile) as caught:
        await disk.read(path)
    assert caught.value.nearest == nearest
    assert all(name in str(caught.value) for name in nearest)


async def test_a_path_through_a_file_does_not_exist(disk: DiskWorkspace) -> None:
    with pytest.raises(NoSuchFile):
        await disk.read("README.md/app.py")


async def test_a_large_file_is_refused_by_its_size(disk: DiskWorkspace, root: Path) -> None:
    with (root / "large.txt").open("wb") as file:
        file.truncate(50_000_000)  # Sparse: it would take 50 MB to read.
    with pytest.raises(TooLarge, match=r"50,000,000 bytes, the limit is 100,000"):
        await disk.read("large.txt")
    with pytest.raises(TooLarge):
        await disk.apply_edit(new_file("new.txt", "x" * 100_001))
    assert not (root / "new.txt").exists()


async def test_what_is_no_text_is_refused(disk: DiskWorkspace, root: Path) -> None:
    (root / "latin1.txt").write_bytes(b"caf\xe9\n")
    (root / "image.png").write_bytes(b"\x89PNG\r\n\0\0")
    with pytest.raises(NotText, match="byte 3"):
        await disk.read("latin1.txt")
    with pytest.raises(NotText):
        await disk.read("image.png")


async def test_the_version_changes_with_the_text(disk: DiskWorkspace, root: Path) -> None:
    first = await disk.read("src/app.py")
    assert first.version == f"disk:{first.digest}"
    (root / "src" / "app.py").write_bytes(b"x = 2\n")
    assert (await disk.read("src/app.py")).version != first.version


# --- writing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        (b"a\r\nb\n", "b", "c", b"a\r\nc\n"),
        (b"a\rb", "b", "c\r", b"a\rc\r"),
        (codecs.BOM_UTF8 + b"a\r\n", "a", "é", codecs.BOM_UTF8 + "é\r\n".encode()),
        (
            codecs.BOM_UTF16_LE + "a\n".encode("utf-16-le"),
            "a",
            "😀",
            codecs.BOM_UTF16_LE + "😀\n".encode("utf-16-le"),
        ),
        (b"a\x0cb\xe2\x80\xa8c\n", "c", "$& \\1", b"a\x0cb\xe2\x80\xa8$& \\1\n"),
    ],
)
async def test_every_other_byte_stays(
    disk: DiskWorkspace, before: bytes, old: str, new: str, after: bytes
) -> None:
    file = Path(disk.root) / "f"
    file.write_bytes(before)
    base = await disk.read("f")
    result = await disk.apply_edit(change(base, base.content.replace(old, new)))
    assert file.read_bytes() == after
    assert result == await disk.read("f")


async def test_a_new_file_gets_its_folders(disk: DiskWorkspace, root: Path) -> None:
    text = await disk.apply_edit(new_file("deep/er/new.py", "x\r\n"))
    assert (root / "deep" / "er" / "new.py").read_bytes() == b"x\r\n"
    assert (text.path, text.newline) == ("deep/er/new.py", "\r\n")
    assert nothing_left_over(root)


async def test_a_new_file_may_have_an_encoding(disk: DiskWorkspace, root: Path) -> None:
    await disk.apply_edit(Edit("f", None, (), "é", bom=True, encoding="utf-16-be"))
    assert (root / "f").read_bytes() == codecs.BOM_UTF16_BE + "é".encode("utf-16-be")


@posix_only
async def test_a_new_file_has_the_usual_mode(disk: DiskWorkspace, root: Path) -> None:
    (root / "usual").write_bytes(b"")
    await disk.apply_edit(new_file("new", "x"))
    assert (root / "new").stat().st_mode == (root / "usual").stat().st_mode


async def test_a_file_that_appeared_is_not_overwritten(disk: DiskWorkspace, root: Path) -> None:
    with pytest.raises(StaleEdit, match="exists already"):
        await disk.apply_edit(new_file("src/app.py", "mine"))
    assert (root / "src" / "app.py").read_bytes() == b"x = 1\n"


async def test_a_file_that_changed_or_vanished_is_not_written(disk: DiskWorkspace, root: Path) -> None:
    base = await disk.read("src/app.py")
    (root / "src" / "app.py").write_bytes(b"x = 9\n")
    with pytest.raises(StaleEdit, match="changed"):
        await disk.apply_edit(change(base, "x = 2\n"))
    with pytest.raises(StaleEdit):
        await disk.remove(base)
    assert (root / "src" / "app.py").read_bytes() == b"x = 9\n"
    (root / "src" / "app.py").unlink()
    with pytest.raises(StaleEdit, match="deleted"):
        await disk.apply_edit(change(base, "x = 2\n"))
    with pytest.raises(StaleEdit):
        await disk.remove(base)
    assert not (root / "src" / "app.py").exists()


async def test_of_two_changes_at_once_one_is_refused(disk: DiskWorkspace, root: Path) -> None:
    base = await disk.read("src/app.py")
    results = await asyncio.gather(
        *(disk.apply_edit(change(base, f"x = {number}\n")) for number in range(10, 20)),
        return_exceptions=True,
    )
    written = [result for result in results if isinstance(result, Text)]
    assert len(written) == 1
    assert all(isinstance(result, StaleEdit) for result in results if result not in written)
    assert (await disk.read("src/app.py")).content == written[0].content


@posix_only
async def test_the_mode_is_kept(disk: DiskWorkspace, root: Path) -> None:
    script = root / "run.sh"
    script.write_bytes(b"#!/bin/sh\n")
    script.chmod(0o751)
    await disk.apply_edit(change(await disk.read("run.sh"), "#!/bin/bash\n"))
    assert stat.S_IMODE(script.stat().st_mode) == 0o751
    assert nothing_left_over(root)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may give a file away")
async def test_root_leaves_the_files_of_others_theirs(disk: DiskWorkspace, root: Path) -> None:
    file = root / "README.md"
    file.chmod(0o640)
    os.chown(file, 12345, 54321)
    await disk.apply_edit(change(await disk.read("README.md"), "new"))
    state = file.stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (12345, 54321, 0o640)


@posix_only
async def test_a_read_only_file_is_refused(disk: DiskWorkspace, root: Path) -> None:
    (root / "README.md").chmod(0o444)
    base = await disk.read("README.md")
    with pytest.raises(DiskFailed, match="read-only"):
        await disk.apply_edit(change(base, "x"))
    with pytest.raises(DiskFailed, match="read-only"):
        await disk.remove(base)
    assert (root / "README.md").read_bytes() == b"# Title\r\n"


@posix_only
async def test_a_full_disk_loses_nothing(disk: DiskWorkspace, root: Path) -> None:
    base = await disk.read("README.md")
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(DiskFailed, match=r"README\.md cannot be written: File too large"):
            await disk.apply_edit(change(base, "x" * 5000))
        with pytest.raises(DiskFailed):
            await disk.apply_edit(new_file("new", "x" * 5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (root / "README.md").read_bytes() == b"# Title\r\n"
    assert not (root / "new").exists()
    assert nothing_left_over(root)


async def test_a_file_in_the_place_of_a_folder_is_told(disk: DiskWorkspace) -> None:
    with pytest.raises(DiskFailed, match=r"README\.md/new\.py cannot be written: .* is a file"):
        await disk.apply_edit(new_file("README.md/new.py", "x"))


async def test_a_name_that_is_too_long_is_told(disk: DiskWorkspace) -> None:
    with pytest.raises(DiskFailed, match="shorter name"):
        await disk.apply_edit(new_file("x" * 300, "x"))


async def test_a_file_is_removed(disk: DiskWorkspace, root: Path) -> None:
    await disk.remove(await disk.read("README.md"))
    assert not (root / "README.md").exists()


async def test_a_root_that_vanished_is_told(disk: DiskWorkspace, root: Path) -> None:
    base = await disk.read("src/app.py")
    root.rename(root.parent / "moved")
    for attempt in (
        disk.read("src/app.py"),
        disk.apply_edit(change(base, "x")),
        disk.apply_edit(new_file("new", "x")),
        disk.remove(base),
        disk.files(),
    ):
        with pytest.raises(DiskFailed, match="my project does not exist"):
            await attempt
    assert not root.exists()


def test_a_root_that_is_none_is_told(root: Path) -> None:
    with pytest.raises(DiskFailed):
        DiskWorkspace(root / "README.md")


async def test_nothing_blocks_the_event_loop(disk: DiskWorkspace) -> None:
    here = threading.get_ident()
    seen: list[bool] = []

    class Spy(str):
        """A path that notes in which thread it is looked at."""

        def strip(self, chars: str | None = None, /) -> str:
            seen.append(threading.get_ident() == here)
            return super().strip(chars)

    await disk.read(Spy("src/app.py"))
    await disk.files(Spy("src"))
    assert seen and not any(seen)
